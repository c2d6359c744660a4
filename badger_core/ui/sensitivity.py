"""The head of the page Sensitivity: where the line stands, in words, and how far to trust it."""

import pandas as pd
import streamlit as st

from badger_core.response.answer import CTRP, NCI60, Standing, standings
from badger_core.response.answer_words import (
    AUC_WORDS,
    POOLED_WORDS,
    drug_words,
    headline,
    measured_class,
    specific_number,
    specific_words,
)
from badger_core.ui import load, sensitivity_load, share, uploads
from badger_core.ui.question import Question
from badger_core.ui.text import asked_name, html
from badger_core.ui.tile import tile


def title() -> None:
    """The question of the page."""
    st.html("<h1 class='title'>Which lines does a compound kill?</h1>")


def heading(found: Question) -> pd.DataFrame:
    """Headline, trust strip and what the numbers mean; the compound over all lines.

    Raises:
        ResponseError: where the predictor is missing or the line has no expression.
    """
    table = sensitivity_load.lines_table(*found)
    known = standings(table)
    first = known.get(CTRP) or known.get(NCI60)
    said = headline(first) if first else "not predicted: too little is known of this line"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(
            f"<h2 class='result'>{html(asked_name(found.asked))} in "
            f"{html(found.line.display_name)}: <span class='count'>{html(said)}</span></h2>"
        )
        share.copy_link("sensitivity_link")
    tiles = "".join(_tiles(known, found))
    st.html(
        "<div class='strip' role='group' aria-label='Where the line stands, and how far to trust "
        f"it'>{tiles}</div><p class='limits'>{html(AUC_WORDS)} {html(POOLED_WORDS)} How good the "
        "predictions are for drugs and lines that were held out: <code>docs/RESPONSE.md</code>. "
        "Research use only.</p>"
    )
    return table


def _tiles(known: dict[str, Standing], found: Question) -> list[str]:
    first = known.get(CTRP) or known.get(NCI60)
    if first is None:
        return [
            tile("Sensitivity", "Not predicted", "Choose another line, or upload its expression.")
        ]
    return [
        _auc(known.get(CTRP)),
        _class(known.get(NCI60)),
        tile("Drug-specific part", specific_number(first), specific_words(first)),
        tile("Confidence", first.confidence.capitalize() or "Not known", _basis(first)),
        _domain(first, found),
    ]


def _auc(standing: Standing | None) -> str:
    if standing is None:
        return tile("AUC (CTRP v2)", "Not predicted", "This line has no expression for it.")
    text = (
        f"80% interval {standing.low:.1f} to {standing.high:.1f}; place {standing.rank:,} of "
        f"{standing.of:,} lines for this compound, 1 is the most sensitive."
    )
    if standing.measured == standing.measured:
        head = f"Measured {standing.measured:.1f}"
        return tile("AUC (CTRP v2)", head, f"Predicted {standing.predicted:.1f}, {text}")
    return tile("AUC (CTRP v2)", f"Predicted {standing.predicted:.1f}", f"Not measured. {text}")


def _class(standing: Standing | None) -> str:
    label = "Sensitive in NCI-60?"
    if standing is None:
        return tile(label, "Not predicted", "Too little is known of this line.")
    place = f"Place {standing.rank} of {standing.of} lines."
    mean = standing.predicted - standing.drug_specific
    if mean == mean:
        place += f" The line's mean over the tested drugs is {mean:.0%}."
    if standing.measured == standing.measured:
        head = f"Measured {measured_class(standing.measured)}"
        return tile(label, head, f"Predicted chance {standing.predicted:.0%}. {place}")
    return tile(label, f"{standing.predicted:.0%} chance", f"Predicted, not measured. {place}")


def _basis(standing: Standing) -> str:
    said = {
        "measured pair": "This pair was measured.",
        "known drug": "The compound was tested, in other lines.",
        "new drug": "The compound was never tested.",
    }
    known = said.get(standing.basis, standing.basis)
    return f"{known} By the width of the interval, which errors of held-out pairs gave."


def _domain(standing: Standing, found: Question) -> str:
    """The nearest tested drug and the nearest tested line."""
    own = found.line.name.startswith(uploads.PREFIX)
    itself = standing.line_likeness >= 1 and not own
    like = f", {standing.line_likeness:.2f}" if standing.line_likeness < 1 else ""
    likeness = (
        f"Tanimoto {standing.likeness:.2f}, " if standing.likeness == standing.likeness else ""
    )
    rows = (
        ("Compound", standing.nearest_drug or "none", likeness + drug_words(standing)),
        ("Line", standing.nearest_line or "not known", "itself" if itself else f"nearest{like}"),
    )
    text = "".join(
        f"<div>{html(label)}: <strong>{html(value)}</strong>, {html(said)}</div>"
        for label, value, said in rows
    )
    return tile("Domain: nearest tested", _head(standing), text, kind="wide", ready=True)


def _head(standing: Standing) -> str:
    if standing.basis in ("measured pair", "known drug"):
        return "Tested compound"
    return "New compound"


def about(found: Question, screen: str) -> dict:
    """Provenance of a table of this page."""
    from badger_core.export.sensitivity import provenance

    asked, line = found
    return provenance(asked, line, screen) | {"bundle": load.bundle().content_hash}
