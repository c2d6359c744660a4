"""Upload of own expression: files in, a report of each in words and tables out."""

from hashlib import sha256

import streamlit as st

from badger_core.cells.centring import AUTO, OWN
from badger_core.cells.profiles import LEAST_SHARE
from badger_core.cells.template import template
from badger_core.cells.upload import Upload
from badger_core.data.expression_file_lines import lines_of_file
from badger_core.errors import BadgerError
from badger_core.export.tables import table_csv
from badger_core.limits import limits
from badger_core.ui import last_resort, load, uploads
from badger_core.ui.cells_report import report
from badger_core.ui.cells_state import PICKED, READINGS, TOLD
from badger_core.ui.text import plain

FILES, PLATFORM, SHEET = "cells_files", "cells_platform", "cells_sheet"
_ENDINGS = ("csv", "tsv", "txt", "tab", "xlsx", "gct", "h5ad", "gz")
_MOST_FILES, _MOST_READINGS = 10, 24
_LABELS = {AUTO: "Choose for me", OWN: "The uploaded samples themselves (8 or more)"}


def area() -> None:
    """What a file must hold, the template, the uploader and what it is centred against."""
    panel = load.bundle().genes
    st.html(
        "<p class='note'>A table of genes and samples: <b>CSV, TSV, Excel, GCT or h5ad</b> (also "
        "gzipped), either way round. Genes as symbols, aliases, Entrez or Ensembl ids. Only the "
        "order of the genes within a sample counts: counts, TPM or logarithms are equally good. "
        f"A sample needs {int(len(panel) * LEAST_SHARE)} of the {len(panel)} landmark genes; a "
        "file of the whole genome has them.</p>"
    )
    st.download_button(
        "Download a template",
        last_resort.made(_template),
        "badger_expression_template.csv",
        "text/csv",
        key="cells_template",
        on_click="ignore",
        help="The 978 landmark genes with MCF7 as the example.",
    )
    st.file_uploader(
        f"Expression files, {limits().upload_mb} MB each",
        type=list(_ENDINGS),
        accept_multiple_files=True,
        max_upload_size=limits().upload_mb,
        key=FILES,
        help="They stay on the machine that this app runs on, for this visit only.",
    )
    st.selectbox(
        "Centre each sample on",
        list(_choices()),
        key=PLATFORM,
        format_func=_choices().get,
        persist_state="session",
        help="A profile compares with the lines only after the level that all samples of its "
        "platform share was taken away.",
    )
    with st.expander("Options for workbooks"):
        st.text_input("Sheet", key=SHEET, placeholder="The first one", persist_state="session")


def take_in() -> None:
    """Read what is in the uploader and keep its samples, before anything lists them."""
    files = (st.session_state.get(FILES) or [])[:_MOST_FILES]
    if not files:
        return
    told = [_read(file.name, file.getvalue()) for file in files]
    fresh = told != st.session_state.get(TOLD)
    st.session_state[TOLD] = told
    for found in told:
        if fresh and isinstance(found, Upload):
            for line in found.lines:
                uploads.keep(line)
            st.session_state[PICKED] = found.lines[0].name


def readings() -> None:
    """What became of each file of the last upload."""
    given = len(st.session_state.get(FILES) or [])
    if given > _MOST_FILES:
        st.warning(f"{given} files were given, and the first {_MOST_FILES} were read.")
    for number, found in enumerate(st.session_state.get(TOLD) or []):
        if isinstance(found, str):
            st.error(plain(found))
        else:
            report(found, f"cells_report{number}")


def _read(name: str, content: bytes) -> Upload | str:
    """What is in a file, or what is wrong with it; kept in the visit, not for others."""
    platform = st.session_state.get(PLATFORM) or AUTO
    sheet = (st.session_state.get(SHEET) or "").strip() or None
    key = (sha256(content).hexdigest(), name, platform, sheet)
    known = st.session_state.setdefault(READINGS, {})
    if key not in known:
        with st.spinner(f"Reading {plain(name)} ..."):
            try:
                known[key] = lines_of_file(content, load.bundle(), name, platform, sheet)
            except BadgerError as error:
                said = str(error)
                known[key] = said if name in said else f"{name}: {said}"
        for old in list(known)[:-_MOST_READINGS]:
            del known[old]
    return known[key]


def _template() -> str:
    bundle = load.bundle()
    return table_csv(template(bundle.genes, bundle.cells))


def _choices() -> dict[str, str]:
    """Choice to what it is called on the screen."""
    platforms = load.bundle().cells.expression_rows["platform"].unique()
    return _LABELS | {name: f"Bundled lines: {name}" for name in platforms}
