"""The trust strip: how far a result can be trusted, in words first."""

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.predict.ask import Asked
from badger_core.predict.measured import agreement, measured_pair, n_trained_on
from badger_core.predict.ranking import Ranking
from badger_core.ui import load
from badger_core.ui.text import html

BADGES = {
    "measured pair": "Compound and line were measured together, and training saw it.",
    "unseen pair": "Compound and line were each in training, but not together.",
    "unseen compound": "The line was in training, the compound was not.",
    "unseen line": "The compound was in training, the line was not.",
    "unseen compound and line": "Neither compound nor line was in training.",
}
"""One line on each badge of a familiarity."""

UNLIKE, CLOSE = 0.35, 0.6
"""Tanimoto bounds of the words used here: convention for Morgan fingerprints, not calibrated."""


def strip(ranking: Ranking, asked: Asked, line: CellLine) -> None:
    """Badge, nearest neighbours, ensemble and measured signatures side by side; then the limits."""
    known = ranking.manifest["familiarity"]
    tiles = (
        _badge(known),
        *_confidence(ranking),
        _compound(known, asked),
        _line(known, line),
        _ensemble(ranking),
        _measured(ranking, asked, line),
    )
    limits = " ".join(ranking.manifest["limits"])
    st.html(
        f"<div class='strip' role='group' aria-label='How far to trust this'>{''.join(tiles)}</div>"
        f"<p class='limits'><strong>Limits.</strong> {html(limits)}</p>"
    )


def explain_badge(badge: str, n_measured: int) -> str:
    """The badge in one sentence; a measured pair may still be one that no member trained on."""
    if badge != "measured pair" and n_measured:
        return "This pair was measured, but no member of the model trained on it."
    return BADGES.get(badge, "")


def _badge(known: dict) -> str:
    said = explain_badge(known["badge"], known["n_measured"])
    return _tile("Seen before?", known["badge"].capitalize(), said, kind="badge")


def _confidence(ranking: Ranking) -> tuple[str, ...]:
    """What held-out predictions like this one were worth; nothing where that was not learnt."""
    trust = ranking.manifest["trust"]
    if trust is None:
        return ()
    text = (
        f"of the 50 strongest genes each way should be in the measured top 200; by luck 20 %. From "
        f"{trust['alike']} held-out predictions like this. {_domain(trust['domain'])}"
    )
    return (_tile("Confidence", f"{100 * trust['confidence']:.0f} %", text),)


def _domain(domain: dict[str, str]) -> str:
    """Where the question lies among those that the confidence was learnt from."""
    words = {"inside": "inside its domain", "edge": "at the edge", "outside": "outside its domain"}
    if len(set(domain.values())) == 1:
        return f"Structure and line: {words[domain['line']]}."
    return " ".join(f"{sign.capitalize()}: {words[where]}." for sign, where in domain.items())


def _compound(known: dict, asked: Asked) -> str:
    value, name = known["compound_similarity"], known["compound"]
    if name == asked.name:
        said = "The compound itself."
    elif value >= CLOSE:
        said = "A close analogue."
    elif value >= UNLIKE:
        said = "Alike in parts only."
    else:
        said = "Unlike all that training saw: take with care."
    return _tile("Nearest training compound", name, f"Tanimoto {value:.2f} of 1. {said}")


def _line(known: dict, line: CellLine) -> str:
    said = "The line itself." if known["line"] == line.display_name else "By basal expression."
    text = f"Centred rank correlation {known['line_similarity']:.2f} of 1. {said}"
    return _tile("Nearest training line", known["line"], text)


def _ensemble(ranking: Ranking) -> str:
    members = ranking.manifest["model"]["members"]
    head = f"{members} member{'s' if members != 1 else ''}"
    if members == 1:
        return _tile("Ensemble", head, "One member alone: its spread cannot be told.")
    spread = ranking.table["spread"].median()
    typical = ranking.table["score"].abs().median()
    text = f"Typical spread ± {spread:.2f}, beside a typical score of {typical:.2f} (medians)."
    parts = ranking.manifest["parts"]
    if parts:
        text += (
            f" Said by the attention cascade: {100 * parts['cascade']:.0f} %, by alike compounds "
            f"and lines: {100 * parts['kernel']:.0f} %."
        )
    return _tile("Ensemble", head, text)


def _measured(ranking: Ranking, asked: Asked, line: CellLine) -> str:
    bundle = load.bundle()
    found = measured_pair(bundle.signatures, asked.molecule.ik14, line.name)
    if found is None:
        text = "No signature of this pair is in the bundle: nothing to compare with."
        return _tile("Measured", "Not measured", text)
    rho = agreement(found, ranking.table, bundle.genes.entrez)
    cards = load.cards()
    members = [(card.trained_compounds, card.trained_cells) for card in cards]
    trained = n_trained_on(members, asked.molecule.ik14, line.name)
    said = f"{trained} of {len(members)} members trained on this pair: no test."
    if not trained:
        said = "No member trained on this pair."
    plural = "s" if found.n_signatures != 1 else ""
    head = f"{found.n_signatures} measured signature{plural}"
    return _tile("Measured", head, f"Spearman with their mean {rho:.2f}. {said}")


def _tile(label: str, head: str, text: str, kind: str = "") -> str:
    return (
        f"<div class='tile {kind}'><div class='label'>{html(label)}</div>"
        f"<div class='head' title='{html(head)}'>{html(head)}</div>"
        f"<div class='text'>{html(text)}</div></div>"
    )
