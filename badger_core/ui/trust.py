"""The trust strip: how far a result can be trusted, in words first."""

import numpy as np
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.predict.ask import Asked
from badger_core.predict.baseline import TOP
from badger_core.predict.evidence import Evidence
from badger_core.predict.ranking import Ranking
from badger_core.predict.trust_words import SIMILARITY, domain_words, n_taught, seen_words
from badger_core.ui import evidence, load, uploads
from badger_core.ui.text import html
from badger_core.ui.tile import tile
from badger_core.ui.trust_beside import drug_free, measured

UNLIKE, CLOSE = 0.35, 0.6
"""Tanimoto bounds of the words used here: convention for Morgan fingerprints, not calibrated."""


def strip(ranking: Ranking, asked: Asked, line: CellLine) -> None:
    """Badge, confidence, domain, measured signatures, drug-free ranking, ensemble; the limits."""
    known = ranking.manifest["familiarity"]
    found = evidence.of(ranking, asked, line)
    tiles = (
        _badge(known, asked),
        *_confidence(ranking, found),
        _domain(ranking, asked, line),
        measured(found),
        drug_free(found, line),
        _ensemble(ranking),
    )
    limits = " ".join(ranking.manifest["limits"])
    st.html(
        f"<div class='strip' role='group' aria-label='How far to trust this'>{''.join(tiles)}</div>"
        f"<p class='limits'><strong>Limits.</strong> {html(limits)}</p>"
    )


def _badge(known: dict, asked: Asked) -> str:
    taught = n_taught(load.cards(), asked.molecule.ik14)
    said = seen_words(known["badge"], known["n_measured"], taught)
    return tile("Seen before?", known["badge"].capitalize(), said, kind="badge")


def _confidence(ranking: Ranking, found: Evidence) -> tuple[str, ...]:
    """What held-out predictions like this one were worth; nothing where that was not learnt."""
    trust = ranking.manifest["trust"]
    if trust is None:
        return ()
    text = (
        f"of the {TOP} strongest genes each way should be in the measured top 200 (by luck 20%), "
        f"learnt from n = {trust['alike']} held-out predictions like this."
    )
    if found.counted:
        share = 100 * found.counted.share
        text += f" Counted in the {found.counted.n} of nearest confidence: {share:.0f}%."
    return (tile("Confidence", f"{100 * trust['confidence']:.0f}%", text),)


def _domain(ranking: Ranking, asked: Asked, line: CellLine) -> str:
    """The nearest compound and line of training, the genes supplied, and what follows."""
    known, trust = ranking.manifest["familiarity"], ranking.manifest["trust"]
    head = "Nearest in training"
    if trust:
        head = domain_words(trust["domain"])
    itself = known["line"] == line.display_name and not line.name.startswith(uploads.PREFIX)
    rows = (
        (
            "Compound",
            known["compound"],
            f"Tanimoto {known['compound_similarity']:.2f}, " + _compound_words(known, asked),
        ),
        (
            "Line",
            known["line"],
            f"{SIMILARITY} {known['line_similarity']:.2f}" + (", itself" if itself else ""),
        ),
        ("Landmarks", f"{supplied(line)} of {len(line.basal)}", "known of the line"),
    )
    text = "".join(
        f"<div>{html(label)}: <strong>{html(value)}</strong>, {html(said)}</div>"
        for label, value, said in rows
    )
    return tile("Domain: nearest in training", head, text, kind="wide", ready=True)


def short(ranking: Ranking) -> str:
    """Badge and confidence in a few words, for a heading."""
    found = ranking.manifest["trust"]
    said = f" · confidence {100 * found['confidence']:.0f}%" if found else ""
    return ranking.manifest["familiarity"]["badge"] + said


def supplied(line: CellLine) -> int:
    """Landmark genes that the line's basal profile has."""
    return int((~np.isnan(line.basal)).sum())


def _compound_words(known: dict, asked: Asked) -> str:
    if known["compound"] == asked.name:
        return "itself"
    value = known["compound_similarity"]
    if value >= CLOSE:
        return "a close analogue"
    return "similar in parts" if value >= UNLIKE else "unlike all: take with care"


def _ensemble(ranking: Ranking) -> str:
    members = ranking.manifest["model"]["members"]
    head = f"{members} member{'s' if members != 1 else ''}"
    if members == 1:
        return tile("Ensemble", head, "One member alone: its spread cannot be told.")
    spread = ranking.table["spread"].median()
    typical = ranking.table["score"].abs().median()
    text = f"Spread ± {spread:.2f} beside a score of {typical:.2f} (medians)."
    parts = ranking.manifest["parts"]
    if parts:
        text += (
            f" Attention cascade {100 * parts['cascade']:.0f}%, "
            f"similar compounds and lines {100 * parts['kernel']:.0f}%."
        )
    return tile("Ensemble", head, text)
