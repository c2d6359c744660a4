"""The settings of a run of drGT."""

from dataclasses import dataclass

from badger_core.errors import SettingError


@dataclass(frozen=True)
class DrgtSettings:
    """How it is built and trained.

    Attributes:
        hidden: width of the states.
        heads: of attention; a divisor of `hidden`.
        feature_dropout: of the features of drugs and lines.
        dropout, attention_dropout, head_dropout: of states, of coefficients and in the head.
        axes: principal axes of expression that describe a line.
        power: of the Tanimoto similarity among features and votes.
        threshold: least standardised expression of an edge between line and gene.
        genes_of_line: most such edges of a line, the highest.
        gene_edges: most such edges of all lines together, shared out evenly among them.
        resistant: whether resistant pairs make edges too, beside the sensitive ones.
        neighbours: most similar training drugs and lines that a node hears from; 0 for none.
        votes: whether the votes of similar drugs and lines (from message pairs alone) stand beside
            the main effects, so that the network learns what they leave.
        clearly: AUC below the drug's own mean, in pooled standard deviations within drugs, from
            which on a pair counts as sensitive for an edge (and above it, as resistant).
        edge_share: share of the training pairs that are edges in a step; the others are learned.
        cold: share of drugs and of lines that have no edge in a step, as a new one has none.
        steps: draws of edges in an epoch, each of one step of the optimiser.
        most_pairs: pairs that are learned in a step at most.
        average: share that the running mean of the weights keeps of itself in each step; the mean
            is what is validated and kept.
        refit: whether to learn anew from all pairs, validation too, for the chosen epochs.
        seed: of initial weights, draws and dropout.
    """

    hidden: int = 64
    heads: int = 4
    feature_dropout: float = 0.5
    dropout: float = 0.2
    attention_dropout: float = 0.2
    head_dropout: float = 0.4
    axes: int = 20
    power: float = 3.0
    threshold: float = 1.0
    genes_of_line: int = 100
    gene_edges: int = 12_000
    resistant: bool = True
    neighbours: int = 10
    votes: bool = True
    clearly: float = 1.5
    edge_share: float = 0.7
    cold: float = 0.2
    steps: int = 1
    most_pairs: int = 20_000
    learning_rate: float = 3e-3
    weight_decay: float = 1e-2
    epochs: int = 80
    patience: int = 40
    clip_norm: float = 1.0
    precision: str = "float32"
    average: float = 0.9
    refit: bool = True
    seed: int = 42

    def __post_init__(self) -> None:
        if self.heads < 1 or self.hidden % self.heads:
            raise SettingError(
                f"hidden is {self.hidden} and heads {self.heads}; hidden must be a multiple of it."
            )
        if not 0 < self.edge_share < 1 or not 0 <= self.cold < 1:
            raise SettingError(
                f"edge_share is {self.edge_share} and cold {self.cold}; the first must lie between "
                "0 and 1, the second be at least 0 and below 1."
            )
        for name in ("epochs", "patience", "steps", "axes", "genes_of_line", "most_pairs"):
            if getattr(self, name) < 1:
                raise SettingError(f"{name} is {getattr(self, name)}; it must be at least 1.")
