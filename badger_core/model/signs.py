"""What can be told of a prediction before anything is measured: signs of how far to trust it."""

import numpy as np
import pandas as pd
import torch
from torch import Tensor

from badger_core.data.batch import Batch
from badger_core.model.contract import Output
from badger_core.model.expert import KernelExpert, unpacked

SIGNS = ("strength", "agreement", "structure", "line", "known")


def signs_of(expert: KernelExpert, batch: Batch, output: Output) -> pd.DataFrame:
    """One row per sample, columns of SIGNS.

    - strength: root mean square of the predicted change.
    - agreement: correlation over genes of what the two parts predict.
    - structure: Tanimoto similarity to the nearest training compound.
    - line: cosine to the nearest training line by basal expression; NaN where it is unknown.
    - known: 1 if a mechanism or target is known that a training compound has too.
    """
    with torch.inference_mode():
        cascade, kernel = (output.parts[name] for name in ("cascade", "kernel"))
        cosine = _unit(batch.cell) @ expert.line_features.T  # (B, L)
        nearest = cosine.amax(dim=1).round(decimals=6)  # a trained line has 1, not 1 up to rounding
        nearest_line = torch.where(batch.has_cell, nearest, torch.nan)
        shared = batch.knowledge @ unpacked(expert.terms, batch.knowledge.shape[1]).T  # (B, D)
        columns = {
            "strength": output.change.square().mean(dim=1).sqrt(),
            "agreement": (_unit(_centred(cascade)) * _unit(_centred(kernel))).sum(dim=1),
            "structure": expert.tanimoto(batch).amax(dim=1),
            "line": nearest_line,
            "known": (shared.amax(dim=1) > 0).float(),
        }
        return pd.DataFrame({n: v.cpu().numpy().astype(np.float64) for n, v in columns.items()})


def _centred(rows: Tensor) -> Tensor:
    return rows - rows.mean(dim=1, keepdim=True)


def _unit(rows: Tensor) -> Tensor:
    return rows / rows.norm(dim=1, keepdim=True).clamp(min=1e-6)
