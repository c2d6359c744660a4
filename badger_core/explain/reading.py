"""One network's attention on some pairs, and what deleting fragments does to its predictions."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch

from badger_core.chem.molecule import Molecule
from badger_core.explain.attention import fragment_share, pathway_mass, pathway_use, used_share
from badger_core.explain.deletion import Effects, Predict, delete_each, rows_of
from badger_core.predict.member import Member

_ROWS_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class Reading:
    """Numbers of one member on S pairs; fragments are padded with 0 to F.

    Attributes:
        member: its name.
        pairs: columns ik14 and cell.
        n_fragments: (S,) real fragments.
        shares: 'attention' (plain), 'used' (by the genes' use of pathways) and 'bits' (number of
            fingerprint bits set, for comparison), each (S, F).
        mass: (S, P) attention of each pathway on real fragments.
        use: (S, P) share of the genes' attention that goes to each pathway.
        change: (S, G) the network's prediction.
        effects: of deleting each fragment, or None if that was not asked.
    """

    member: str
    pairs: pd.DataFrame
    n_fragments: np.ndarray
    shares: dict[str, np.ndarray]
    mass: np.ndarray
    use: np.ndarray
    change: np.ndarray
    effects: Effects | None


def read(
    member: Member,
    pairs: pd.DataFrame,
    molecules: Mapping[str, Molecule],
    deletion: bool,
    predict: Predict,
) -> Reading:
    """Read the attention of one member, and delete fragments where asked.

    Args:
        member: the network.
        pairs: columns ik14 and cell, at least one row.
        molecules: ik14 to molecule.
        deletion: whether to delete fragments.
        predict: the part of the prediction that is asked about.
    """
    features = [member.cells.of_line(cell) for cell in pairs["cell"]]
    batch = member.batch([molecules[key] for key in pairs["ik14"]], features)
    parts: dict[str, list[np.ndarray]] = {}
    with torch.inference_mode():
        for rows in torch.arange(len(pairs)).split(_ROWS_AT_ONCE):
            part = rows_of(batch, rows)
            weights = member.network(part).weights
            found = {
                "change": predict(part),
                "attention": fragment_share(weights, part),
                "used": used_share(weights, part),
                "mass": pathway_mass(weights),
                "use": pathway_use(weights),
            }
            for name, tensor in found.items():
                parts.setdefault(name, []).append(tensor.numpy())
    whole = {name: np.concatenate(p).astype(np.float64) for name, p in parts.items()}
    bits = batch.fragments.sum(dim=2).numpy().astype(np.float64)
    return Reading(
        member=member.name,
        pairs=pairs,
        n_fragments=batch.is_fragment.sum(dim=1).numpy(),
        shares={"attention": whole["attention"], "used": whole["used"], "bits": bits},
        mass=whole["mass"],
        use=whole["use"],
        change=whole["change"],
        effects=delete_each(batch, predict) if deletion else None,
    )
