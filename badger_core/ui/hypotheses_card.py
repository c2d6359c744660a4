"""The card of one compound of the list: structure, scores, reasons, genes, and ways on."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from badger_core.errors import BadgerError
from badger_core.plots.turned_bars import turned_bars_html
from badger_core.predict.ask import Asked, read_compound
from badger_core.repurpose.overexpression_words import acts_fact
from badger_core.repurpose.sensitive_words import sensitivity_fact
from badger_core.ui import basket, load, state, structure, uploads
from badger_core.ui.hypotheses_state import CHOSEN
from badger_core.ui.text import html, plain

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_work import Found, Wanted

_GENES, _PATHWAYS, _MECHANISMS = 12, 4, 4
_PREDICTED = 3
"""Lines with a way to Predict, those of the strongest reversal."""


def show(wanted: "Wanted", found: "Found", passing: pd.DataFrame) -> None:
    """The card of the chosen compound; else of the first that passes the filters, controls last.

    Args:
        wanted: the question.
        found: its answer.
        passing: the rows that pass the filters.
    """
    row = _row(found.hypotheses.table, passing)
    if row is None:
        return
    with st.container(border=True, key="hypotheses_card"):
        asked = _asked(row, wanted)
        name = f"<h2 class='name'>{html(row['name'])}</h2>"
        drawing = structure.picture(asked, 280, 130) if asked else ""
        st.html(_control(row) + drawing + name + structure.fact_list(_facts(row)))
        _ways_on(row, asked, wanted)
        _reasons(row, found)
        _scores(row, wanted)
        _genes(row, wanted, found)


def genes_of(key: str, wanted: "Wanted", found: "Found") -> pd.DataFrame:
    """The disease genes that a compound turns back; worked out where it is not of the top."""
    from badger_core.repurpose.support import turned_back

    genes = found.hypotheses.genes
    own = genes[genes["ik14"] == key]
    if len(own) or key not in found.row:
        return own.reset_index(drop=True)
    change = found.changes[found.row[key]]
    return turned_back(key, change, wanted.signature, load.bundle().genes)


def pathways_of(genes: pd.DataFrame, wanted: "Wanted", found: "Found") -> pd.DataFrame:
    """Gene sets in which the genes of one compound gather."""
    from badger_core.pathways.enrichment_sets import choose_sets
    from badger_core.repurpose.support import pathways_of as gathered

    if genes.empty:
        return pd.DataFrame()
    key = genes["ik14"].iat[0]
    if key in set(found.hypotheses.genes["ik14"]):
        known = found.hypotheses.pathways
        return known[known["ik14"] == key]
    bundle = load.bundle()
    background = bundle.genes.entrez[wanted.signature.universe]
    sets = [choose_sets(bundle.pathways.table, background, c) for c in ("hallmark", "reactome")]
    return gathered(genes, pd.concat(sets, ignore_index=True), wanted.signature, bundle.genes)


def _row(table: pd.DataFrame, passing: pd.DataFrame) -> pd.Series | None:
    chosen = table[(table["ik14"] == st.session_state.get(CHOSEN)) & (table["ik14"] != "")]
    if len(chosen):
        return chosen.iloc[0]
    first = passing[passing["rank"].notna()]
    first = first.loc[(first["control"] != "").sort_values(kind="stable").index]
    return first.iloc[0] if len(first) else None


def _asked(row: pd.Series, wanted: "Wanted") -> Asked | None:
    """The compound as other pages ask for it."""
    library = load.bundle().library
    text = row["name"]
    if wanted.library is not None:
        own = {c.ik14: c.smiles for c in wanted.library.candidates}
        text = own.get(row["ik14"], text)
    try:
        return read_compound(library, text)
    except BadgerError:
        known = library.by_structure(row["ik14"])
        return None if known is None else read_compound(library, known.smiles)


def _facts(row: pd.Series) -> list[tuple[str, str]]:
    found = [
        *sensitivity_fact(row),
        ("Phase", row["phase"] or "not given"),
        ("Mechanism", _some(row["moa"])),
        ("Targets", _some(row["targets"])),
        ("Used for", _some(row["indication"])),
        *acts_fact(row),
    ]
    if row["known"] not in ("", "not asked"):
        said = row["known"] + (f" ({row['known_source']})" if row["known_source"] else "")
        found.insert(0, ("For this disease", said))
    return found


def _control(row: pd.Series) -> str:
    """That the compound is a control, which comes before all else; '' for the others."""
    kind = row["control"].removeprefix("negative control: ")
    said = f"<strong>Negative control, no hypothesis:</strong> {html(kind)}."
    return f"<p class='note'>{said}</p>" if kind else ""


def _some(text: str) -> str:
    parts = [part for part in text.split(" | ") if part]
    more = f" and {len(parts) - _MECHANISMS} more" if len(parts) > _MECHANISMS else ""
    return (", ".join(parts[:_MECHANISMS]) or "not given") + more


def _ways_on(row: pd.Series, asked: Asked | None, wanted: "Wanted") -> None:
    if asked is None:
        return
    text = asked.name if asked.compound else asked.molecule.smiles
    lines = sorted(wanted.lines, key=lambda line: row[f"score_{line.name}"])[:_PREDICTED]
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key="hypotheses_on"
    ):
        for at, line in enumerate(lines):
            own = line.name.startswith(uploads.PREFIX)
            st.button(
                f"{'in' if at else 'Open in Predict, in'} {plain(line.display_name)}",
                key=f"hypotheses_predict{at or ''}",
                on_click=_ask_predict,
                args=(text, line.name if own else line.display_name),
            )
        basket.toggle("hypotheses_basket", state.BASKET_COMPOUNDS, text, row["name"])
    if st.session_state.pop("hypotheses_leave", False):
        st.switch_page("pages/predict.py")


def _ask_predict(compound: str, cell: str) -> None:
    state.put(state.QUESTION_COMPOUND, compound)
    state.put(state.QUESTION_CELL, cell)
    state.put("hypotheses_leave", True)


def _reasons(row: pd.Series, found: "Found") -> None:
    from badger_core.repurpose.reasons import reasons

    said = reasons(row, found.hypotheses.table)
    for title, texts in (("Speaks for it", said.favour), ("Speaks against it", said.against)):
        if texts:
            items = "".join(f"<li>{html(text)}</li>" for text in texts)
            st.html(f"<h3 class='figure'>{title}</h3><ul class='said'>{items}</ul>")


def _scores(row: pd.Series, wanted: "Wanted") -> None:
    heads = "".join(f"<th scope='row'>{html(line.display_name)}</th>"
                    f"<td>{_number(row[f'score_{line.name}'])}</td></tr><tr>"
                    for line in wanted.lines)  # fmt: skip
    st.html(
        "<table class='cuts'><caption>Score in each line, below 0 is reversal</caption><tbody>"
        f"<tr>{heads}<th scope='row'>over the lines</th><td>{_number(row['score'])}</td></tr>"
        "</tbody></table>"
    )


def _genes(row: pd.Series, wanted: "Wanted", found: "Found") -> None:
    genes = genes_of(row["ik14"], wanted, found)
    if genes.empty:
        st.html("<p class='note'>None of the disease's genes is among those it moves most.</p>")
        return
    total = len(wanted.signature.up) + len(wanted.signature.down)
    st.html(
        f"<h3 class='figure'>Genes turned back: {len(genes)} of {total}</h3>"
        + turned_bars_html(genes, _GENES)
    )
    sets = pathways_of(genes, wanted, found)
    sure = sets[sets["fdr"] < 0.05] if len(sets) else sets
    if len(sure):
        items = "".join(
            f"<li>{html(s.name)} ({s.overlap} of {s.size} genes, FDR {s.fdr:.2g})</li>"
            for s in sure.head(_PATHWAYS).itertuples(index=False)
        )
        st.html(f"<h3 class='figure'>Pathways of these genes</h3><ul class='said'>{items}</ul>")
    else:
        st.html("<p class='note'>No gene set gathers these genes at an FDR below 5%.</p>")


def _number(value: object) -> str:
    return "not known" if value is None or np.isnan(float(value)) else f"{float(value):+.3f}"
