"""Explains one prediction: asks every member what it attends to, and deletes each fragment."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import torch

from badger_core.cells.catalogue import CellLine
from badger_core.chem.fragments import brics_fragments
from badger_core.chem.molecule import Molecule
from badger_core.data.bundle import Bundle
from badger_core.errors import CheckpointError
from badger_core.explain.attention import fragment_share, used_share
from badger_core.explain.deletion import delete_each, of_network
from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_targets import targets_in_pathways
from badger_core.predict.answer import answer, mean_shares
from badger_core.predict.member import Member

_MAPS = ("fragment_to_pathway", "pathway_to_gene")


class _Said(NamedTuple):
    """One member on one question; see the fields of `Explanation`."""

    to_pathway: np.ndarray  # (P, F + 1)
    to_gene: np.ndarray  # (G, P + 1)
    attention: np.ndarray  # (F,)
    used: np.ndarray  # (F,)
    order: np.ndarray  # (F,)
    size: np.ndarray  # (F,)
    shares: dict[str, np.ndarray]


def explain_prediction(
    members: Sequence[Member], molecule: Molecule, line: CellLine, bundle: Bundle
) -> Explanation:
    """What the members' cascades attend to for one compound in one line.

    Deletion asks the cascade alone, which is what attention speaks of (`explain.deletion`).

    Args:
        members: of the ensemble, such as `Predictor.ensemble`.
        molecule: the compound.
        line: catalogued or uploaded, with basal expression.
        bundle: whose pathways, genes and known targets are named.

    Raises:
        CheckpointError: if a member has no attention maps.
    """
    said = [_ask(member, molecule, line) for member in members]
    vocabulary = bundle.pathways.vocabulary
    targets = targets_in_pathways(bundle, molecule.ik14)
    taught = any(targets)
    return Explanation(
        members=tuple(member.name for member in members),
        shown=tuple(taught and _was_shown(member, molecule.ik14) for member in members),
        fragments=brics_fragments(molecule),
        pathways=vocabulary[["pathway", "name", "source", "url"]].assign(
            name=_told_apart(vocabulary), targets=targets
        ),
        genes=pd.DataFrame({"symbol": bundle.genes.symbols, "entrez": bundle.genes.entrez}),
        is_member=bundle.pathways.membership(bundle.genes.entrez),
        to_pathway=np.stack([one.to_pathway for one in said]),
        to_gene=np.stack([one.to_gene for one in said]),
        attention=np.stack([one.attention for one in said]),
        used=np.stack([one.used for one in said]),
        order=np.stack([one.order for one in said]),
        size=np.stack([one.size for one in said]),
        parts=mean_shares([one.shares for one in said]),
    )


def _told_apart(vocabulary: pd.DataFrame) -> pd.Series:
    """Names of the pathways; one that occurs twice bears its source, else its id as well."""
    names = vocabulary["name"]
    for more in ("source", "pathway"):
        twice = names.duplicated(keep=False)
        names = names.where(~twice, names + " (" + vocabulary[more] + ")")
    return names


def _ask(member: Member, molecule: Molecule, line: CellLine) -> _Said:
    batch = member.batch([molecule], [member.cells.of(line)])
    with torch.inference_mode():
        weights = member.network(batch).weights
        missing = [name for name in _MAPS if name not in weights]
        if missing:
            raise CheckpointError(
                f"The network '{member.name}' has no attention map '{missing[0]}', so there is "
                "nothing to explain. Give the folder of networks that attend, such as "
                "data/models/badger."
            )
        effects = delete_each(batch, of_network(member.network))
        return _Said(
            *(weights[name][0].mean(dim=0).numpy() for name in _MAPS),
            attention=fragment_share(weights, batch)[0].numpy(),
            used=used_share(weights, batch)[0].numpy(),
            order=effects.order[0],
            size=effects.size[0],
            shares=answer(member.network, batch).shares,
        )


def _was_shown(member: Member, ik14: str) -> bool:
    """Whether the attention of the member was supervised with this compound's known targets."""
    card = member.card
    supervised = card.training.get("pathway_weight", 0) > 0
    return supervised and (ik14 in card.trained_compounds or ik14 in card.taught_compounds)
