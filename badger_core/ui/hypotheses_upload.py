"""An own signature: files in, what became of their genes in words, and an example."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from badger_core.errors import BadgerError
from badger_core.export.tables import table_csv
from badger_core.limits import limits
from badger_core.ui import downloads, hypotheses_load, last_resort, load
from badger_core.ui.hypotheses_library import remembered
from badger_core.ui.hypotheses_lines import set_lines
from badger_core.ui.hypotheses_state import COLUMN, FILES, LINES, OF, SHEET, UPLOAD
from badger_core.ui.text import html, plain

if TYPE_CHECKING:
    from badger_core.data.signature_file import SignatureFile
    from badger_core.diseases.signature import DiseaseSignature

_ENDINGS = ("csv", "tsv", "txt", "tab", "xlsx", "rnk", "gmt", "grp", "gct", "gz")
_EXAMPLE = "DOID:1793"


def _input() -> None:
    st.file_uploader(
        "Own signature: one table, or lists up and down",
        type=list(_ENDINGS),
        accept_multiple_files=True,
        key=FILES,
        on_change=_keep_signature,
        max_upload_size=limits().upload_mb,
        help="DESeq2, edgeR or limma as CSV, TSV or Excel; RNK; GCT; gene lists as GMT or GRP. "
        "The file stays on the machine that this app runs on, for this visit only.",
    )


def signature() -> "DiseaseSignature | None":
    """The uploader, and the signature with its report; None where there is none yet."""
    left, right = st.columns([42, 58], gap="small")
    with left:
        _input()
    with right:
        return _signature(st.session_state.get(UPLOAD) or ())


def _signature(kept: tuple[tuple[str, bytes], ...]) -> "DiseaseSignature | None":
    if not kept:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(
                "<p class='note'>Genes as symbols, aliases, Entrez or Ensembl ids; the signed "
                "statistic is found by its name. Above 0 is what the disease has more.</p>"
            )
            st.download_button(
                "Example file (CSV)",
                last_resort.made(example),
                "badger_signature_example.csv",
                "text/csv",
                key="hypotheses_template",
                on_click="ignore",
                help="Pancreatic cancer on the landmark genes, as a table of DESeq2.",
            )
        return None
    options = _columns(kept, st.session_state.get(SHEET))
    first, second = st.columns(2) if options.sheets else (st.container(), st.container())
    with first:
        column = _choice("Column to take", options.columns, COLUMN, "Found by its name")
    with second:
        sheet = _choice("Sheet", options.sheets, SHEET, "The first one")
    try:
        with st.spinner("Reading the signature ..."):
            found = _read(kept, column, sheet)
    except BadgerError as error:
        st.error(plain(str(error)))
        return None
    _report(found)
    return found


def example() -> str:
    """A DESeq2-like table from the bundle's signature of pancreatic cancer."""
    from scipy.special import ndtr

    bundle = load.bundle()
    rows = bundle.diseases.signatures
    rows = rows[(rows["doid"] == _EXAMPLE) & rows["entrez"].isin(bundle.genes.entrez)]
    symbols = dict(zip(bundle.genes.entrez.tolist(), bundle.genes.symbols, strict=True))
    z = rows["effect"] / rows["se"]
    table = pd.DataFrame(
        {
            "gene": rows["entrez"].map(symbols),
            "log2FoldChange": rows["effect"].round(4),
            "lfcSE": rows["se"].round(4),
            "stat": z.round(4),
            "pvalue": 2 * ndtr(-z.abs()),
        }
    )
    return table_csv(table)


def known_uses_input() -> str | None:
    """DOID of the disease whose known drugs are marked for an own signature."""
    known = hypotheses_load.diseases()
    return st.selectbox(
        "Mark known drugs of (optional)",
        list(known),
        index=None,
        key=OF,
        format_func=known.get,
        placeholder="No disease",
        on_change=_of_chosen,
        persist_state="session",
    )


def _choice(label: str, options: tuple[str, ...], key: str, default: str) -> str | None:
    if not options:
        return None
    if st.session_state.get(key) not in options:
        st.session_state[key] = None
    return st.selectbox(
        label, options, index=None, key=key, placeholder=default, persist_state="session"
    )


def _report(found: "DiseaseSignature") -> None:
    report = found.report
    title = (
        f"{plain(report.file)}: {report.n_landmarks} of {report.n_panel} landmark genes, "
        f"{len(found.up)} up and {len(found.down)} down; {len(report.unused):,} ids unused"
    )
    with st.popover(title, key="hypotheses_report"):
        items = "".join(f"<li>{html(text)}</li>" for text in report.sentences())
        st.html(f"<ul class='said'>{items}</ul>")
        left = [
            (reason, text)
            for reason, texts in (
                ("no landmark gene", report.unused),
                ("may be several genes", report.ambiguous),
                ("old name of a gene that is there too", report.displaced),
                ("no number", report.no_number),
                ("listed as up and as down", report.conflicts),
            )
            for text in texts
        ]
        table = pd.DataFrame(left, columns=["why it is not used", "id"])
        if len(table):
            st.dataframe(
                table.head(1000), hide_index=True, height=180, alt="Ids that are not used, and why"
            )
            downloads.table_menu(
                table, f"unused-{report.file}", "hypotheses_unused", report.record()
            )


def _of_chosen() -> None:
    if st.session_state[OF]:
        set_lines(st.session_state[OF])


def _keep_signature() -> None:
    files = st.session_state[FILES] or []
    st.session_state[UPLOAD] = tuple((file.name, file.getvalue()) for file in files[:2])
    st.session_state[COLUMN] = st.session_state[SHEET] = None
    if not st.session_state.get(LINES):
        set_lines(st.session_state.get(OF))


def _files(kept: tuple[tuple[str, bytes], ...]) -> "list[SignatureFile]":
    from badger_core.data.signature_file import SignatureFile

    return [SignatureFile(content, name) for name, content in kept]


def _columns(kept: tuple[tuple[str, bytes], ...], sheet: str | None) -> tuple:
    from badger_core.data.signature_file_choices import choices

    return remembered("columns", kept, (sheet,), lambda: choices(_files(kept), sheet))


def _read(
    kept: tuple[tuple[str, bytes], ...], column: str | None, sheet: str | None
) -> "DiseaseSignature":
    from badger_core.data.signature_file import signature_of_files

    genes = load.bundle().genes
    return remembered(
        "signature",
        kept,
        (column, sheet),
        partial(signature_of_files, _files(kept), genes, column, sheet),
    )
