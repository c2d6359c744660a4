"""The network of drGT: features to hidden states, two layers of graph attention, a head for pairs.

The answer for a pair is what the main effects of its drug and line say (with learned weights), plus
what the network adds. D drugs, L lines, E genes, N nodes, M edges, S pairs, H heads, W hidden
width.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from badger_core.response.gatv2 import Gatv2
from badger_core.response.graph import N_RELATIONS, Graph


class Batch(NamedTuple):
    """Pairs to answer in a graph.

    Attributes:
        graph: with message edges only.
        drug: (S,) places among the drugs.
        line: (S,) places among the lines.
        value: (S,) label: 1 sensitive, 0 resistant, or standardised AUC; zeros where none is known.
    """

    graph: Graph
    drug: Tensor
    line: Tensor
    value: Tensor

    def to(self, device: torch.device) -> "Batch":
        """On another device."""
        return Batch(*(part.to(device) for part in self))


class States(NamedTuple):
    """Every node after two layers, and the coefficients of both.

    Attributes:
        drugs: (D, 2 W).
        lines: (L, 2 W).
        first, second: (M, H) coefficients.
    """

    drugs: Tensor
    lines: Tensor
    first: Tensor
    second: Tensor


class Sizes(NamedTuple):
    """Numbers that a network is built with.

    Attributes:
        drug, line, gene: features of a node of that kind.
        hidden: W, a multiple of heads.
        heads: of both layers.
        feature_dropout: of what describes drugs and lines.
        dropout: of states.
        attention_dropout: of coefficients.
        head_dropout: in the head.
        votes: whether the votes of neighbours stand beside the main effects.
        drug_effect: weight of a drug's main effect to begin with; a line's is 1.
        vote: scale of the votes: a difference of probabilities in log odds, or of AUC in itself.
    """

    drug: int
    line: int
    gene: int
    hidden: int
    heads: int
    feature_dropout: float
    dropout: float
    attention_dropout: float
    head_dropout: float
    votes: bool
    drug_effect: float
    vote: float


class DrgtNetwork(nn.Module):
    """Batch in, (S,) logits of sensitivity or standardised AUC out."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        width, heads = sizes.hidden, sizes.heads
        self.drug = nn.Linear(sizes.drug, width)
        self.line = nn.Linear(sizes.line, width)
        self.gene = nn.Linear(sizes.gene, width)
        self.drug_effect = nn.Linear(3, width)
        self.line_effect = nn.Linear(2, width)
        self.entry = nn.LayerNorm(width)
        attention = (width, width // heads, heads, N_RELATIONS, sizes.attention_dropout)
        self.first = Gatv2(*attention)
        self.second = Gatv2(*attention)
        self.first_norm = nn.LayerNorm(width)
        self.second_norm = nn.LayerNorm(width)
        self.features = nn.Dropout(sizes.feature_dropout)
        self.dropout = nn.Dropout(sizes.dropout)
        self.head_drug = nn.Linear(2 * width, width)
        self.head_line = nn.Linear(2 * width, width, bias=False)
        self.head = nn.Sequential(
            nn.ReLU(), nn.Dropout(sizes.head_dropout), nn.Linear(width, 1, bias=False)
        )
        nn.init.zeros_(self.head[2].weight)
        self.meet_drug = nn.Linear(2 * width, width, bias=False)
        self.meet_line = nn.Linear(2 * width, width, bias=False)
        nn.init.normal_(self.meet_drug.weight, std=0.01)
        of_drug = sizes.drug_effect
        self.effects = nn.Parameter(torch.tensor([of_drug, of_drug, 1.0]))  # drug, alike, line
        self.votes = nn.Parameter(torch.tensor([1.0, 0.5, 0.5])) if sizes.votes else None
        self.level = nn.Parameter(torch.zeros(1))

    def forward(self, batch: Batch) -> Tensor:
        """(S,) answers."""
        return self.answer(self.encode(batch.graph), batch)

    def encode(self, graph: Graph, first: Tensor | None = None) -> States:
        """States of all drugs and lines; `first` (M, H) stands for the first coefficients."""
        x = torch.cat(
            [
                self.drug(self.features(graph.drugs)) + self.drug_effect(graph.drug_effect),
                self.line(self.features(graph.lines)) + self.line_effect(graph.line_effect),
                self.gene(graph.genes),
            ]
        )  # (N, W)
        x = self.dropout(torch.relu(self.entry(x)))
        one, alpha_one = self.first(x, graph.edges, first)
        one = self.dropout(torch.relu(self.first_norm(one + x)))
        two, alpha_two = self.second(one, graph.edges)
        two = self.dropout(torch.relu(self.second_norm(two + one)))
        both = torch.cat([x, two], dim=1)  # (N, 2 W)
        n_drugs, n_lines = len(graph.drugs), len(graph.lines)
        return States(both[:n_drugs], both[n_drugs : n_drugs + n_lines], alpha_one, alpha_two)

    def answer(self, states: States, batch: Batch) -> Tensor:
        """(S,) answers from states that are known."""
        drug, line = batch.drug, batch.line
        hidden = self.head_drug(states.drugs)[drug] + self.head_line(states.lines)[line]  # (S, W)
        meet = (self.meet_drug(states.drugs)[drug] * self.meet_line(states.lines)[line]).sum(dim=1)
        meet = meet / hidden.shape[1] ** 0.5
        of_drug = batch.graph.drug_effect[drug][:, [0, 2]] @ self.effects[:2]
        effects = of_drug + batch.graph.line_effect[line, 0] * self.effects[2]
        if self.votes is not None:
            effects = effects + batch.graph.votes[drug, line] @ (self.sizes.vote * self.votes)
        return self.level + effects + self.head(hidden)[:, 0] + meet
