"""The result of the page Pathways in words: one reading, and what it may be taken for."""

import numpy as np
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.explain.agreement import agreement, following
from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_words import reading
from badger_core.predict.ask import Asked
from badger_core.predict.ranking import Ranking
from badger_core.ui import pathways_load, trust
from badger_core.ui.text import asked_name, html


def title() -> None:
    """What the page is for."""
    st.html("<h1 class='title'>Pathways: what the prediction attends to</h1>")


def words(explanation: Explanation, ranking: Ranking, asked: Asked, line: CellLine) -> None:
    """Badge and confidence, the reading, and four figures that say how much it may be trusted."""
    tiles = (_part(explanation), _targets(explanation), _tested(explanation), _members(explanation))
    st.html(
        f"<h2 class='result'>{html(asked_name(asked))} in {html(line.display_name)}: "
        f"<span class='count'>{html(trust.short(ranking))}</span></h2>"
        f"<p class='reading'>{html(reading(explanation))}</p>"
        "<div class='quarters' role='group' aria-label='What this explanation may be taken for'>"
        f"{''.join(tiles)}</div>"
    )


def _part(explanation: Explanation) -> str:
    parts = explanation.parts
    if not parts:
        return _tile("What attention explains", "100%", "The model has one part: the cascade.")
    text = "of the prediction: the cascade's share. Similar compounds and lines say the rest, and "
    text += "nothing here explains that."
    return _tile("What attention explains", f"{100 * parts['cascade']:.0f}%", text)


def _targets(explanation: Explanation) -> str:
    members, shown = len(explanation.members), explanation.n_shown
    if not explanation.known_targets:
        text = "No known target lies in the model's pathways. All attention is inferred."
        return _tile("Taught?", "No: inferred", text)
    count = int(explanation.pathways["targets"].map(bool).sum())
    if shown:
        text = f"were taught this compound's known targets. {count} pathways hold one: marked ●."
        return _tile("Taught?", f"{shown} of {members} members", text)
    text = f"No member was taught this compound's targets. {count} pathways hold a known target: ○."
    return _tile("Taught?", "No: inferred", text)


def _tested(explanation: Explanation) -> str:
    rho = following(explanation.attention, explanation.order)
    found = pathways_load.measured()
    said = ""
    if "deletion" in found:
        said = f" Benchmark: {found['deletion'].value:.2f}, by chance 0."
    if np.isnan(rho).any():
        text = f"Fewer than three fragments: no order to compare.{said}"
        return _tile("Deletion test", "Not testable here", text)
    text = f"Spearman of attention and effect over {len(explanation.fragments)} fragments.{said}"
    return _tile("Deletion test", _signed(rho.mean()), text)


def _members(explanation: Explanation) -> str:
    if len(explanation.members) == 1:
        return _tile("Agreement of members", "One member", "Agreement cannot be told.")
    fragments, mass, use = map(
        agreement, (explanation.attention, explanation.mass, explanation.use)
    )
    figures = [
        f"{what} {'–' if np.isnan(found.mean) else _signed(found.mean)}"
        for what, found in (("fragments", fragments), ("pathways", mass), ("use by genes", use))
    ]
    head = "On pathways they " + mass.words
    return _tile("Agreement of members", head, f"Mean Spearman of pairs: {', '.join(figures)}.")


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _tile(label: str, head: str, text: str) -> str:
    return (
        f"<div class='tile'><div class='label'>{html(label)}</div>"
        f"<div class='head'>{html(head)}</div><div class='text'>{html(text)}</div></div>"
    )
