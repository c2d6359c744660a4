"""The compounds that explanations are checked on: never shown to a network, or shown as control."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.model.checkpoint import Card
from badger_core.predict.member import Member


def unseen_pairs(bundle: Bundle, card: Card, lines: int) -> pd.DataFrame:
    """Measured compounds that a network was not trained on, each in its best measured lines.

    Only the card decides who was: compounds held out when the network was trained are unseen.

    Args:
        bundle: whose numeric signatures of given identity count.
        card: of the network.
        lines: lines per compound at most, those with most signatures, then by name.

    Returns:
        Columns ik14 and cell, sorted.
    """
    table = bundle.signatures.table
    usable = table["cell"].isin(bundle.cells.usable["cell"])
    testable = (table["kind"] == "numeric") & (table["identity"] == "given") & usable
    rows = table[testable & ~table["ik14"].isin(card.trained_compounds)]
    count = rows.groupby(["ik14", "cell"]).size().rename("n").reset_index()
    count = count.sort_values(["ik14", "n", "cell"], ascending=[True, False, True])
    best = count.groupby("ik14").head(lines)[["ik14", "cell"]]
    return best.sort_values(["ik14", "cell"]).reset_index(drop=True)


def never_profiled(bundle: Bundle, members: Sequence[Member], most: int, seed: int) -> list[str]:
    """Library drugs with known targets that no signature, training or teaching has shown.

    Args:
        bundle: the data.
        members: the networks.
        most: a random choice of this many where there are more.
        seed: of the choice.
    """
    seen = set(bundle.signatures.table["ik14"])
    for card in (member.card for member in members):
        seen = seen.union(card.trained_compounds, card.taught_compounds)
    return _some((set(bundle.library.hub["ik14"]) & set(bundle.pathway_labels)) - seen, most, seed)


def shown(bundle: Bundle, members: Sequence[Member], most: int, seed: int) -> list[str]:
    """Compounds with known targets that some member was trained on, sorted; as `never_profiled`."""
    trained = set().union(*(member.card.trained_compounds for member in members))
    return _some(trained & set(bundle.pathway_labels), most, seed)


def _some(keys: set[str], most: int, seed: int) -> list[str]:
    order = sorted(keys)
    chosen = np.random.default_rng(seed).permutation(len(order))[:most]
    return sorted(order[i] for i in chosen)
