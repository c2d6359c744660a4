"""Graph attention with dynamic coefficients (GATv2) in plain torch, over edges of many relations.

For an edge from j to i of relation r and weight w, with heads taken one by one:
    m = W_r x_j;  e = a . LeakyReLU(m + V x_i + w u_r);  alpha = softmax of e over all edges into i;
    out_i = sum of alpha m.
Source: Brody, Alon and Yahav 2022, arXiv 2105.14491; one W per relation after Schlichtkrull et al.
2018, arXiv 1703.06103. N nodes, M edges, H heads, C channels of a head, R relations.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from badger_core.response.graph import Edges


class Gatv2(nn.Module):
    """Nodes (N, F) and edges to nodes (N, H C) and coefficients (M, H)."""

    def __init__(
        self, inputs: int, channels: int, heads: int, relations: int, dropout: float
    ) -> None:
        super().__init__()
        self.heads, self.channels, self.relations = heads, channels, relations
        width = heads * channels
        self.source = nn.Linear(inputs, relations * width, bias=False)
        self.target = nn.Linear(inputs, width)
        self.edge = nn.Parameter(torch.randn(relations, heads, channels) / math.sqrt(channels))
        self.direction = nn.Parameter(torch.randn(heads, channels) / math.sqrt(channels))
        self.dropout = nn.Dropout(dropout)
        for linear in (self.source, self.target):
            nn.init.xavier_uniform_(linear.weight, gain=1.0)

    def forward(self, x: Tensor, edges: Edges, alpha: Tensor | None = None) -> tuple:
        """New states (N, H C) and coefficients (M, H), which sum to 1 over the edges into a node.

        Args:
            x: (N, F).
            edges: M; a node without an edge into it gets zeros.
            alpha: (M, H) coefficients to take instead of the layer's own (to ask what they do).
        """
        message, logit = self.scored(x, edges)
        if alpha is None:
            alpha = softmax_by(logit, edges.target, len(x))
        mixed = message * self.dropout(alpha)[:, :, None]  # (M, H, C)
        out = x.new_zeros(len(x), self.heads * self.channels)
        return out.index_add(0, edges.target, mixed.flatten(1)), alpha

    def scored(self, x: Tensor, edges: Edges) -> tuple[Tensor, Tensor]:
        """Messages (M, H, C) and logits (M, H) of edges, be they in the graph or not."""
        n = len(x)
        table = self.source(x).view(n * self.relations, -1)
        place = edges.source * self.relations + edges.relation
        message = table.index_select(0, place).view(-1, self.heads, self.channels)
        wanted = self.target(x).index_select(0, edges.target).view_as(message)
        known = self.edge.index_select(0, edges.relation) * edges.weight[:, None, None]
        state = functional.leaky_relu(message + wanted + known, 0.2)
        return message, (state * self.direction).sum(dim=-1)


def softmax_by(logit: Tensor, group: Tensor, count: int) -> Tensor:
    """(M, H) softmax of the logits (M, H) within each group (M,) of `count` groups."""
    index = group[:, None].expand_as(logit)
    most = logit.detach().new_full((count, logit.shape[1]), -torch.inf)
    most = most.scatter_reduce(0, index, logit.detach(), "amax")
    power = torch.exp(logit - most.index_select(0, group))
    total = power.new_zeros(count, logit.shape[1]).index_add(0, group, power)
    return power / total.index_select(0, group)
