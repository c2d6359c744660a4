"""Routes of attention from fragments through pathways to some genes, whole or in part.

A route is worth attention of the gene on the pathway x attention of the pathway on the fragment,
as `explain.attention.route`; here for several genes, averaged over members.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.explain.prediction_maps import NONE, Explanation, fragment_names


class Focus(NamedTuple):
    """What routes must pass; None for any."""

    fragment: int | None = None  # position among the F + 1
    pathway: int | None = None  # position among the P
    gene: int | None = None  # position among the G


class Routes(NamedTuple):
    """The strongest routes to some genes.

    Shares are of the attention of these genes, mean over them: all routes together, with those
    not shown and those that end at a pseudo token, sum to 1.
    """

    pathways: np.ndarray  # (p,) positions, the strongest first
    genes: np.ndarray  # (g,) positions, as asked
    share: np.ndarray  # (F + 1, p, g)
    carried: float  # share of all that the shown ones carry
    even: float  # what these pathways would carry if genes attended to all keys alike


def routes(
    explanation: Explanation,
    genes: Sequence[int],
    top: int,
    focus: Focus | None = None,
    pathways: Sequence[int] | None = None,
) -> Routes:
    """The `top` pathways that carry most attention to the genes, with their routes.

    Args:
        explanation: of one prediction.
        genes: positions, at least one.
        top: pathways to keep at most.
        focus: what the routes must pass.
        pathways: positions to choose from; None for all.
    """
    focus = focus or Focus()
    wanted = np.array([focus.gene] if focus.gene is not None else list(genes))
    to_gene = explanation.to_gene[:, wanted, :-1] / len(wanted)  # (M, g, P)
    if focus.fragment is None:
        carried = to_gene.sum(axis=1).mean(axis=0)  # (P,)
    else:
        on_fragment = explanation.to_pathway[:, :, focus.fragment]  # (M, P)
        carried = (to_gene.sum(axis=1) * on_fragment).mean(axis=0)
    among = np.arange(len(carried)) if pathways is None else np.array(pathways)
    kept = among[np.argsort(-carried[among], kind="stable")[:top]]
    if focus.pathway is not None:
        kept = np.array([focus.pathway])
    to_pathway = explanation.to_pathway[:, kept]  # (M, p, F + 1)
    share = np.einsum("mpf,mgp->fpg", to_pathway, to_gene[:, :, kept]) / len(to_gene)
    if focus.fragment is not None:
        only = np.zeros_like(share)
        only[focus.fragment] = share[focus.fragment]
        share = only
    even = len(kept) / explanation.to_gene.shape[2]
    return Routes(kept, wanted, share, float(share.sum()), even)


def route_rows(explanation: Explanation, found: Routes) -> pd.DataFrame:
    """All shown routes, the strongest first: columns fragment, smiles, pathway, gene, share."""
    names = [*fragment_names(explanation), NONE]
    smiles = [*(f.smiles for f in explanation.fragments), ""]
    order = np.argsort(-found.share, axis=None, kind="stable")
    f, p, g = np.unravel_index(order, found.share.shape)
    share = found.share[f, p, g]
    kept = share > 0
    f, p, g = f[kept], p[kept], g[kept]
    pathway = explanation.pathways["name"].to_numpy(object)
    symbol = explanation.genes["symbol"].to_numpy(object)
    return pd.DataFrame(
        {
            "fragment": np.array(names, object)[f],
            "smiles": np.array(smiles, object)[f],
            "pathway": pathway[found.pathways[p]],
            "gene": symbol[found.genes[g]],
            "share": share[kept],
        }
    )
