"""The page Report: what goes into the report, the report as a preview, and the files."""

from collections.abc import Callable, Collection
from datetime import date
from functools import partial

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.errors import BadgerError
from badger_core.explain.compare import Comparison, ask_all, compounds_that_fit
from badger_core.explain.dossier import PARTS, Dossier, gather
from badger_core.export.bundle_zip import MIME as ZIP
from badger_core.export.bundle_zip import report_zip
from badger_core.export.report import MIME as HTML
from badger_core.export.report import SECTIONS, parts_for, report_html
from badger_core.plots.report import drawings
from badger_core.predict.ask import Asked, read_compound
from badger_core.ui import basket, evidence, heavy, last_resort, load, question, uploads
from badger_core.ui.text import html, plain

CHOSEN = "report_sections"
_STEPS = 6  # of building, as `gather` and the comparison tell them
_PREVIEW = 620
_MOST_KEPT = 16


def show(found: question.Question) -> None:
    """Choice of sections, downloads and preview."""
    asked, line = found
    chosen = _sections()
    dossier = _built(asked, line).only(parts_for(chosen), "compare" in chosen)
    drawn = drawings(dossier)
    page = report_html(dossier, drawn, chosen)
    _downloads(dossier, drawn, page)
    with st.container(border=True, key="report_preview"):
        st.iframe(page, height=_PREVIEW, alt="Preview of the report")
    st.html(
        "<p class='note'>The report is one file: it opens without a connection, loads nothing, and "
        "prints to paper or PDF from the browser (Ctrl+P). The ZIP holds it with all tables, the "
        "figures, and a manifest with a checksum of each file.</p>"
    )


def _sections() -> list[str]:
    """Which sections are wanted; the comparison can be, once both baskets are filled."""
    offered = [name for name in SECTIONS if name != "compare" or _has_baskets()]
    wanted = st.pills(
        "Sections",
        offered,
        selection_mode="multi",
        default=offered,
        format_func=SECTIONS.__getitem__,
        key=f"{CHOSEN}_{len(offered)}",
        persist_state="session",
        help="Question, trust, limits and provenance always stand in the report. A comparison "
        "joins them once both baskets of the page Compare are filled.",
    )
    return [name for name in offered if name in wanted]


def _downloads(dossier: Dossier, drawn: dict[str, str], page: str) -> None:
    stem = dossier.ranking.file_stem
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.download_button(
            "Report (HTML)",
            page,
            f"{stem}.html",
            HTML,
            key="report_html",
            on_click="ignore",
            type="primary",
            help=f"{stem}.html",
        )
        st.download_button(
            "Report and all tables (ZIP)",
            last_resort.made(partial(report_zip, dossier, drawn, page)),
            f"{stem}.zip",
            ZIP,
            key="report_zip",
            on_click="ignore",
            help=f"{stem}.zip",
        )
        size = f"{len(page.encode()) / 1e6:.1f} MB"
        st.html(f"<span class='quiet'>{html(size)}, self-contained</span>", width="content")


def _built(asked: Asked, line: CellLine) -> Dossier:
    """Everything about the question, remembered; a bar tells how far the building is."""
    ranking = load.ranking(asked, line)
    compounds, lines = _from_baskets() if _has_baskets() else ([], [])
    names = (
        tuple(one.text for one in compounds),
        tuple(uploads.own(one.name) for one in lines),
    )
    key = (date.today().isoformat(), asked.text, uploads.own(line.name), *names)
    kept = _kept()
    if key in kept:
        return kept[key]
    bar = st.progress(0.0, "Building the report ...")
    done: list[str] = []

    def tell(doing: str) -> None:
        done.append(doing)
        bar.progress(min(len(done) / _STEPS, 1.0), f"{doing} ...")

    waits = "Waiting: a report or a file of another visitor is worked on first ..."
    try:
        with heavy.alone(lambda: bar.progress(0.0, waits)):
            comparison = _compared(compounds, lines, tell)
            predictor, baselines = load.predictor(), evidence.baselines()
            built = gather(predictor, baselines, ranking, asked, line, comparison, PARTS, tell)
    finally:
        bar.empty()
    kept[key] = built
    for oldest in list(kept)[:-_MOST_KEPT]:
        kept.pop(oldest, None)
    return built


@st.cache_resource(show_spinner=False)
def _kept() -> dict[tuple, Dossier]:
    """The last dossiers of all visitors; what is cached by a decorator cannot move a bar."""
    return {}


def _compared(
    compounds: list[Asked], lines: list[CellLine], tell: Callable[[str], None]
) -> Comparison | None:
    if not compounds or not lines:
        return None
    fit = compounds_that_fit(len(compounds), len(lines))
    tell("Ranking the baskets")
    return ask_all(load.ranking, compounds[:fit], lines)


def _has_baskets() -> bool:
    return bool(basket.compounds() and basket.cells())


def _from_baskets() -> tuple[list[Asked], list[CellLine]]:
    """What both baskets name; what cannot be read is said and left out."""
    library = load.bundle().library
    compounds = _read(basket.compounds(), partial(read_compound, library))
    return compounds, _read(basket.cells(), question.line_of)


def _read(texts: Collection[str], read: Callable[[str], object]) -> list:
    found = []
    for text in texts:
        try:
            found.append(read(text))
        except BadgerError as error:
            st.warning(f"Left out of the comparison: {plain(str(error))}")
    return found
