"""Structures pasted or uploaded: one becomes the chosen compound, many become a checked table."""

import streamlit as st

from badger_core.chem.batch import Checked, batch_table, check
from badger_core.chem.table_file import Entries, read_file
from badger_core.errors import BadgerError
from badger_core.limits import limits
from badger_core.ui import compounds_library as lib
from badger_core.ui import downloads, heavy, load
from badger_core.ui.text import html, plain

PASTED = "compounds_pasted"
UPLOAD = "compounds_upload"
FILE = "compounds_file"
"""Session key of (name, content) of the file that was uploaded last, or None."""
_TEMPLATE = "name,smiles\naspirin,CC(=O)Oc1ccccc1C(=O)O\nmy compound,CN1CCN(CC1)c1ccc(N)cc1\n"

_PASTE = "pasted text"
_SAID = 3

Picked = list[tuple[str, str]]


def paste_panel() -> Picked:
    """The text area; (text to ask by, label) of the rows that are picked."""
    st.text_area(
        "Paste one structure, or one per line",
        key=PASTED,
        height=150,
        placeholder="SMILES, InChI, a library name, or a whole MOL block or SD file.\n"
        "A name may follow each structure after a space.",
        on_change=_choose_single,
        persist_state="session",
        help="One structure becomes the chosen compound at once. Several lines become a table.",
    )
    text = st.session_state.get(PASTED) or ""
    if not text.strip():
        st.caption("Press Ctrl+Enter when done. Nothing leaves the machine this app runs on.")
        return []
    return _report(text.encode(), _PASTE)


def upload_panel() -> Picked:
    """The upload; (text to ask by, label) of the rows that are picked."""
    st.file_uploader(
        "SDF, MOL, SMI, CSV or TSV file",
        key=UPLOAD,
        on_change=_keep_file,
        max_upload_size=limits().structure_mb,
        help="A table needs a column smiles, structure or InChI, and may have a column name. A "
        "table of names alone is looked up in the library. Delimiter and encoding are found.",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"Up to {limits().structure_rows:,} rows and {limits().structure_mb} MB. A row that "
            "cannot be read is listed and the others go on."
        )
        st.download_button(
            "Template (CSV)",
            _TEMPLATE,
            "badger_compounds_template.csv",
            "text/csv",
            key="compounds_template",
            on_click="ignore",
        )
    kept = st.session_state.get(FILE)
    return _report(kept[1], kept[0]) if kept else []


def _choose_single() -> None:
    """One structure that reads is asked about at once."""
    text = st.session_state.get(PASTED) or ""
    try:
        rows = _checked(text.encode(), _PASTE)[1]
    except BadgerError:
        return
    if len(rows) == 1 and rows[0].molecule is not None:
        lib.use(_text_of(rows[0]))


def _keep_file() -> None:
    file = st.session_state[UPLOAD]
    st.session_state[FILE] = None if file is None else (file.name, file.getvalue())


def _report(data: bytes, name: str) -> Picked:
    """What was read, row by row, and the rows that are picked."""
    try:
        with st.spinner("Reading structures ..."):
            entries, rows = _checked(data, name)
    except BadgerError as error:
        st.error(plain(str(error)))
        return []
    if len(rows) == 1 and rows[0].molecule is None:
        st.error(plain(rows[0].problem))
        return []
    _summary(entries, rows, name)
    table = batch_table(rows, lib.trained())
    picked = st.dataframe(
        table,
        key=f"{lib.table_key('batch')}_{lib.digest(data)}",
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        height=min(330, 38 + 35 * len(table)),
        column_order=[column for column in table.columns if column != "inchikey"],
        column_config={
            "row": st.column_config.NumberColumn("Row", width=55),
            "name": st.column_config.TextColumn("Name", width=120),
            "verdict": st.column_config.TextColumn("Verdict", width=85),
            "remark": st.column_config.TextColumn("Why, or what was changed", width=230),
            "smiles": st.column_config.TextColumn("Standardised SMILES", width=180),
            "removed": st.column_config.TextColumn("Removed", width=90),
            "in library": st.column_config.TextColumn("In library as", width=110),
            "in training": st.column_config.CheckboxColumn("In training", width=80),
            "duplicate of": st.column_config.NumberColumn("Same as row", width=90),
        },
        alt="Rows read, with verdict, reason and standardised structure",
    ).selection.rows
    _say_unread(rows)
    downloads.table_menu(table, "structures-read", "compounds_batch_file")
    if bad := [i for i in picked if i < len(rows) and rows[i].molecule is None]:
        st.warning(
            f"Row {rows[bad[0]].number} has no structure to use: {plain(rows[bad[0]].problem)}"
        )
    good = [rows[i] for i in picked if i < len(rows) and rows[i].molecule is not None]
    return [(_text_of(row), _label_of(row)) for row in good]


def _summary(entries: Entries, rows: list[Checked], name: str) -> None:
    read = sum(row.molecule is not None for row in rows)
    double = sum(row.duplicate_of is not None for row in rows)
    form = f"{'an' if entries.form.startswith('SD') else 'a'} {entries.form}"
    said = f"{plain(name)}, read as {form}: {read} of {len(rows)} rows are structures"
    said += f", {double} of them duplicates" if double else ""
    if entries.left_out:
        said += f"; {entries.left_out:,} rows beyond the first {len(rows):,} were left out"
    st.caption(f"{said}. Tick rows to see or collect them.")


def _say_unread(rows: list[Checked]) -> None:
    """The first rows that cannot be read, in sentences: the table cuts them."""
    bad = [row for row in rows if row.molecule is None]
    said = [f"Row {row.number}: {row.problem}" for row in bad[:_SAID]]
    if len(bad) > _SAID:
        said.append(f"{len(bad) - _SAID} more: see the table.")
    if said:
        st.html(f"<ul class='said'>{''.join(f'<li>{html(text)}</li>' for text in said)}</ul>")


def _text_of(row: Checked) -> str:
    """What a row is asked by: the structure as given, or the name where a name was given."""
    molecule = row.molecule
    library = load.bundle().library
    known = library.by_structure(molecule.ik14)
    same = known is not None and molecule.original_smiles == known.smiles
    if same and library.find(known.name).ik14 == molecule.ik14:
        return known.name
    return molecule.original_smiles


def _label_of(row: Checked) -> str:
    return row.name or row.known_as or row.molecule.ik14


@st.cache_data(max_entries=8, show_spinner=False, scope="session")
def _checked(data: bytes, name: str) -> tuple[Entries, list[Checked]]:
    with heavy.alone():
        entries = read_file(data, name)
        return entries, check(entries.rows, load.bundle().library, seconds=limits().structures_s)
