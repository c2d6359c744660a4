"""What attention says of drugs and genes: shares over both layers, and attention times gradient.

A drug hears of a gene mostly over lines: the gene speaks to a line in the first layer, the line to
the drug in the second. The share of a gene in a drug is therefore the product of both layers'
coefficients summed over all ways (attention rollout, Abnar and Zuidema 2020, arXiv 2005.00928). All
of it is read without dropout. D drugs, L lines, E genes, N nodes, M edges, H heads.
"""

from collections.abc import Sequence

import numpy as np
import torch
from scipy.sparse import csr_array
from torch import Tensor

from badger_core.response.drgt_fitted import FittedDrgt
from badger_core.response.drgt_world import World
from badger_core.response.graph import EXPRESSED_BY, GENE, Edges
from badger_core.response.network import Batch


def gene_shares(fitted: FittedDrgt) -> np.ndarray:
    """(D, E) share of each gene in each known drug, over both layers, heads averaged.

    The shares of all nodes in a drug sum to 1; those of genes to less.
    """
    world = fitted.world()[0]
    graph = world.graph(fitted.pairs)
    with torch.inference_mode():
        states = fitted.network.encode(graph)
    both = rollout(graph.edges, states.first, states.second, world.layout.count)
    n_drugs = len(world.layout.drugs)
    return both[:n_drugs, world.layout.start(GENE) :].toarray()


def rollout(edges: Edges, first: Tensor, second: Tensor, count: int) -> csr_array:
    """(N, N) share of the node of a column in the node of a row after two layers.

    Args:
        edges: M.
        first: (M, H) coefficients.
        second: (M, H) likewise.
        count: N.
    """
    place = (edges.target.numpy(), edges.source.numpy())
    layers = [
        csr_array((alpha.mean(dim=1).double().numpy(), place), shape=(count, count))
        for alpha in (first, second)
    ]
    return layers[1] @ layers[0]


def attention_times_gradient(fitted: FittedDrgt, drugs: Sequence[int]) -> np.ndarray:
    """(len(drugs), E) how the first layer's attention to a gene bears on a drug's own profile.

    The profile is the drug's answers over lines, less each line's mean over drugs and its own mean;
    coefficients from genes to lines are multiplied with the gradient of the profile's product with
    itself held fixed, and summed over lines and heads. Sizes are given, signs are not.

    Args:
        fitted: the model.
        drugs: places of known drugs.
    """
    world = fitted.world()[0]
    graph = world.graph(fitted.pairs)
    profile = torch.from_numpy(own_profiles(fitted.logits(graph))).float()
    rows = torch.nonzero(graph.edges.relation == EXPRESSED_BY).flatten()
    gene = graph.edges.source[rows] - world.layout.start(GENE)
    for weight in fitted.network.parameters():
        weight.requires_grad_(False)
    with torch.no_grad():
        alpha = fitted.network.encode(graph).first
    alpha = alpha.clone().requires_grad_(True)
    answers = _answers(fitted, world, graph, alpha, drugs)  # (len(drugs), L)
    out = np.zeros((len(drugs), len(world.layout.genes)))
    for i, drug in enumerate(drugs):
        (slope,) = torch.autograd.grad((answers[i] * profile[drug]).sum(), alpha, retain_graph=True)
        part = (slope * alpha).detach().sum(dim=1)[rows].double()
        out[i] = np.bincount(gene.numpy(), weights=part.numpy(), minlength=out.shape[1])
    return np.abs(out)


def own_profiles(logits: np.ndarray) -> np.ndarray:
    """(D, L) less each line's mean over drugs, then each drug's mean over lines."""
    rest = logits - logits.mean(axis=0)
    return rest - rest.mean(axis=1, keepdims=True)


def _answers(
    fitted: FittedDrgt, world: World, graph: tuple, alpha: Tensor, drugs: Sequence[int]
) -> Tensor:
    n_lines = len(world.layout.lines)
    states = fitted.network.encode(graph, alpha)
    drug = torch.as_tensor(list(drugs)).repeat_interleave(n_lines)
    line = torch.arange(n_lines).repeat(len(drugs))
    batch = Batch(graph, drug, line, torch.zeros(len(drug)))
    return fitted.network.answer(states, batch).view(len(drugs), n_lines)
