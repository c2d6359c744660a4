"""Labelled pairs as the graph model takes them: one per drug and line, their main effects.

P pairs, D drugs, L lines.
"""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from badger_core.response.contract import CLASS

PRIOR = 2.0
"""Labels that stand for 'as all others' in a shrunken mean."""
VOTE_PRIOR = 0.1
"""Likeness that stands for 'as all others' in a vote."""


class Pairs(NamedTuple):
    """P labelled pairs, each of them once.

    Attributes:
        drug: (P,) int64 places among the drugs.
        line: (P,) int64 places among the lines.
        value: (P,) float32: share of labels that say sensitive, or AUC (standardised in training).
    """

    drug: Tensor
    line: Tensor
    value: Tensor

    def keep(self, rows: Tensor) -> "Pairs":
        """Some of them, by (K,) index or (P,) mask."""
        return Pairs(*(column[rows] for column in self))


def unique_rows(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows that first show a key, in order, and (D,) the place of each row's key among them."""
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order], rank[place]


def pairs_of(labels: np.ndarray, chosen: np.ndarray, place: np.ndarray) -> Pairs:
    """Chosen labels, averaged where rows of one structure meet in a line.

    Args:
        labels: (D', L) by row, NaN where unknown.
        chosen: (D', L) bool.
        place: (D',) node of each row.
    """
    row, line = np.nonzero(chosen & np.isfinite(labels))
    cell = place[row].astype(np.int64) * labels.shape[1] + line
    kept, at = np.unique(cell, return_inverse=True)
    total = np.bincount(at, weights=labels[row, line], minlength=len(kept))
    value = total / np.maximum(np.bincount(at, minlength=len(kept)), 1)
    return Pairs(
        torch.from_numpy(kept // labels.shape[1]),
        torch.from_numpy(kept % labels.shape[1]),
        torch.from_numpy(value.astype(np.float32)),
    )


def main_effects(kind: str, pairs: Pairs, n_drugs: int, n_lines: int) -> tuple[Tensor, Tensor]:
    """(D, 2) and (L, 2): how far a drug and a line lie from the rest, and 1 where that is known.

    For classes the log odds of sensitive less those of all; for AUC the mean of the standardised
    values less the other side's effect. Both are shrunken by PRIOR labels.
    """
    if kind == CLASS:
        both = [
            _log_odds(pairs.value, at, n)
            for at, n in ((pairs.drug, n_drugs), (pairs.line, n_lines))
        ]
    else:
        drug, line = torch.zeros(n_drugs), torch.zeros(n_lines)
        for _ in range(3):
            drug = _mean(pairs.value - line[pairs.line], pairs.drug, n_drugs)
            line = _mean(pairs.value - drug[pairs.drug], pairs.line, n_lines)
        both = [drug, line]
    known = [
        (torch.bincount(at, minlength=n) > 0).float()
        for at, n in ((pairs.drug, n_drugs), (pairs.line, n_lines))
    ]
    return tuple(torch.stack([e, k], dim=1) for e, k in zip(both, known, strict=True))


def with_neighbours(effect: Tensor, alike: Tensor, at: Tensor) -> Tensor:
    """(D, 3): main effects of drugs beside the mean of similar drugs, 0 where the own is known.

    For drugs only: of a few dozen lines, the mean of all but one speaks against the one, and a
    network that learns from it is wrong about new lines.

    Args:
        effect: (D, 2) of `main_effects`.
        alike: (D, T) weights of the drugs of training.
        at: (T,) places of those.
    """
    value, known = effect[at].unbind(dim=1)
    mean = (alike @ (value * known)) / (alike @ known + VOTE_PRIOR)
    return torch.cat([effect, (mean * (1 - effect[:, 1]))[:, None]], dim=1)


def neighbour_votes(
    kind: str,
    pairs: Pairs,
    effects: tuple[Tensor, Tensor],
    alike: tuple[Tensor, Tensor],
    at: tuple[Tensor, Tensor],
) -> Tensor:
    """(D, L, 3): what is left of message labels after main effects, averaged over what is alike.

    In order: drugs alike in the same line, lines alike under the same drug, and drugs alike in
    lines alike; each shrunken by VOTE_PRIOR.

    Args:
        kind: of the labels.
        pairs: message pairs.
        effects: (D, 2) and (L, 2) of `main_effects`.
        alike: (D, T) and (L, U) weights of the nodes of training.
        at: (T,) and (U,) places of those.
    """
    drug, line = effects[0][:, 0], effects[1][:, 0]
    if kind == CLASS:
        level = torch.logit(pairs.value.mean().clamp(0.01, 0.99))
        expected = torch.sigmoid(level + line[pairs.line])
    else:
        expected = drug[pairs.drug] + line[pairs.line]
    table = torch.zeros(2, len(drug), len(line))  # what is left, and whether it is known
    table[0, pairs.drug, pairs.line] = pairs.value - expected
    table[1, pairs.drug, pairs.line] = 1.0
    by_drug = alike[0] @ table[:, at[0]]  # (2, D, L)
    by_line = table[:, :, at[1]] @ alike[1].T
    by_both = by_drug[:, :, at[1]] @ alike[1].T
    votes = [total / (weight + VOTE_PRIOR) for total, weight in (by_drug, by_line, by_both)]
    return torch.stack(votes, dim=2)


def edge_strength(kind: str, pairs: Pairs, n_drugs: int, clearly: float) -> Tensor:
    """(P,) above 0 for a sensitive pair, below for a resistant one, 0 for neither.

    Args:
        kind: of the labels.
        pairs: message pairs; only these make the mean of a drug.
        n_drugs: D.
        clearly: see `DrgtSettings`.
    """
    if kind == CLASS:
        return torch.sign(pairs.value - 0.5)
    rest = pairs.value - _mean(pairs.value, pairs.drug, n_drugs)[pairs.drug]
    rest = rest / rest.std().clamp(min=1e-6)
    return -torch.where(rest.abs() >= clearly, rest, 0.0)


def _log_odds(value: Tensor, at: Tensor, n: int) -> Tensor:
    count = torch.bincount(at, minlength=n)
    total = torch.zeros(n).index_add(0, at, value)
    share = value.mean().clamp(0.01, 0.99)
    rate = (total + PRIOR * share) / (count + PRIOR)
    return torch.logit(rate) - torch.logit(share)


def _mean(value: Tensor, at: Tensor, n: int) -> Tensor:
    total = torch.zeros(n).index_add(0, at, value)
    return total / (torch.bincount(at, minlength=n) + PRIOR)
