"""The heading of a list of hypotheses: what it is, what such lists were worth, and the files."""

import json
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from badger_core.export.tables import table_csv
from badger_core.export.workbook import MIME, tables_xlsx
from badger_core.ui import downloads, hypotheses_alike, last_resort, share
from badger_core.ui.text import html

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_work import Found, Wanted

_NAMED = 4


def show(wanted: "Wanted", found: "Found", passing: pd.DataFrame) -> None:
    """Heading, the line on what it is worth, and downloads.

    Args:
        wanted: the question.
        found: its answer.
        passing: the rows that pass the filters, which are the ones to take along.
    """
    table, manifest = found.hypotheses.table, found.hypotheses.manifest
    names = [line.display_name for line in wanted.lines]
    lines = ", ".join(names) if len(names) <= _NAMED else f"{len(names)} lines"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(
            f"<h2 class='result'>Reversing {html(wanted.signature.name)} in {html(lines)}: "
            f"<span class='count'>{html(first_words(table))}</span></h2>"
        )
        _downloads(wanted, found, passing)
        share.copy_link("hypotheses_link")
    st.html(f"<p class='note worth'><strong>What it is worth.</strong> {html(worth(manifest))}</p>")


def first_words(table: pd.DataFrame) -> str:
    """The first three compounds of a list that are no controls, and whether controls stand above.

    Args:
        table: of `repurpose.hypotheses.Hypotheses`.
    """
    ranked = table[table["rank"].notna()]
    free = ranked[ranked["control"] == ""].head(3)
    above = ranked.head(len(free))["control"].ne("").any()
    aside = ", controls aside" if above else ""
    return f"{', '.join(free['name'])} first of {len(ranked):,}{aside}"


def worth(manifest: dict) -> str:
    """What such lists were worth where the answer is known, else what they are in general."""
    if manifest["tested"]:
        return f"{manifest['tested'].replace('where .50 is', 'where 0.50 is')} Research use only."
    return manifest["worth"]


def _downloads(wanted: "Wanted", found: "Found", passing: pd.DataFrame) -> None:
    hypotheses = found.hypotheses
    stem = downloads.file_stem(f"hypotheses-{wanted.signature.name}-{_lines(wanted)}")
    manifest = {**downloads.origin(), **hypotheses.manifest}
    about = partial(json.dumps, manifest, indent=1, ensure_ascii=False)
    st.html("<span class='quiet'>Download</span>", width="content")
    for label, ending, mime, make in (
        ("CSV", "csv", "text/csv", partial(table_csv, passing)),
        ("Excel", "xlsx", MIME, partial(_workbook, wanted, found, passing, manifest)),
    ):
        st.download_button(
            label,
            last_resort.made(make),
            f"{stem}.{ending}",
            mime,
            key=f"hypotheses_{ending}",
            on_click="ignore",
            help=f"{stem}.{ending}: the {len(passing):,} rows that pass the filters",
        )
    files = (
        downloads.File(
            "Report (HTML)", f"{stem}.html", "text/html", partial(_report, wanted, found)
        ),
        downloads.File("Manifest (JSON)", f"{stem}.json", "application/json", about),
        downloads.File(
            "Genes turned back (GMT)", f"{stem}.gmt", "text/plain", partial(_gmt, found)
        ),
    )
    downloads.menu("More formats", files, "hypotheses_more")


def _workbook(wanted: "Wanted", found: "Found", passing: pd.DataFrame, manifest: dict) -> bytes:
    from badger_core.export.hypotheses import plain_missing, sheets

    beside = hypotheses_alike.tables(wanted, found)
    every = sheets(found.hypotheses, len(passing), beside)
    every["hypotheses"] = plain_missing(passing)
    return tables_xlsx(every, manifest)


def _report(wanted: "Wanted", found: "Found") -> str:
    from badger_core.export.hypotheses_report import ALIKE, hypotheses_html

    near = hypotheses_alike.tables(wanted, found)["diseases alike"]
    return hypotheses_html(found.hypotheses, wanted.settings.top, near.head(ALIKE))


def _gmt(found: "Found") -> str:
    from badger_core.export.hypotheses_report import supporting_gmt

    return supporting_gmt(found.hypotheses)


def _lines(wanted: "Wanted") -> str:
    names = [line.display_name for line in wanted.lines]
    return "-".join(names) if len(names) <= 3 else f"{len(names)}-lines"
