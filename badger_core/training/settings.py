"""The settings of a training run, and the named runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from badger_core.errors import SettingError


@dataclass(frozen=True)
class ModelSettings:
    """What the network is built with."""

    hidden: int = 32
    heads: int = 2
    dropout: float = 0.5
    attention: str = "scaled_dot"
    gene_self_attention: bool = False
    decoder: str = "low_rank"

    def __post_init__(self) -> None:
        if self.attention not in ("scaled_dot", "additive"):
            raise SettingError(f"Attention '{self.attention}'? Choose scaled_dot or additive.")
        if self.decoder not in ("dense", "low_rank"):
            raise SettingError(f"Decoder '{self.decoder}'? Choose dense or low_rank.")
        if not 0 <= self.dropout < 1:
            raise SettingError(f"Dropout is {self.dropout}; it must be from 0 to below 1.")
        if self.heads < 1 or self.hidden < self.heads or self.hidden % self.heads:
            raise SettingError(f"{self.hidden} hidden units do not divide into {self.heads} heads.")


@dataclass(frozen=True)
class TrainSettings:
    """How it is trained.

    Attributes:
        network: name in the zoo.
        kinds: signature kinds trained on: numeric, pooled, gene_set.
        pathway_weight: weight of the pathway supervision beside the main loss.
        source_dropout: share of samples that forget their source in an epoch.
        patience: epochs without a better validation score before stopping.
        seed: of initial weights, order and dropout.
    """

    network: str = "badger"
    model: ModelSettings = ModelSettings()
    kinds: tuple[str, ...] = ("numeric", "pooled")
    learning_rate: float = 5e-4
    weight_decay: float = 1e-2
    batch_size: int = 32
    epochs: int = 10
    patience: int = 4
    mse_weight: float = 3.0
    pathway_weight: float = 0.05
    gene_set_weight: float = 0.3
    source_dropout: float = 0.5
    clip_norm: float = 5.0
    seed: int = 88

    def __post_init__(self) -> None:
        for name in ("epochs", "patience", "batch_size"):
            if getattr(self, name) < 1:
                raise SettingError(f"{name} is {getattr(self, name)}; it must be at least 1.")

    def debug(self) -> "TrainSettings":
        """The same run cut to a few steps, to see that everything works."""
        return replace(self, epochs=2, patience=2)


RUNS = {
    "badger": TrainSettings(),
    "badger-published": TrainSettings(
        model=ModelSettings(128, 2, 0.1, "additive", True, "dense"),
        learning_rate=1e-4,
        weight_decay=0.0,
        mse_weight=1.0,
        epochs=100,
        patience=10,
    ),
}
"""Settings by run name. `badger-published` is the paper's own size and attention."""


def run_named(name: str) -> TrainSettings:
    """The settings of a named run.

    Raises:
        SettingError: listing the names there are.
    """
    if name not in RUNS:
        raise SettingError(f"There is no run '{name}'. Choose among {', '.join(RUNS)}.")
    return RUNS[name]


def changed(settings: TrainSettings, changes: Sequence[str]) -> TrainSettings:
    """The settings with some replaced, each written `name=value`; lists are joined by '+'.

    Raises:
        SettingError: for a name that does not exist or a value of another type.
    """
    for change in changes:
        name, _, text = change.partition("=")
        of_model = name in ModelSettings.__dataclass_fields__
        holder = settings.model if of_model else settings
        known = [*ModelSettings.__dataclass_fields__, *TrainSettings.__dataclass_fields__]
        known.remove("model")
        if name not in known:
            raise SettingError(f"There is no setting '{name}'. Choose among {', '.join(known)}.")
        value = _typed(name, text, getattr(holder, name))
        if of_model:
            settings = replace(settings, model=replace(settings.model, **{name: value}))
        else:
            settings = replace(settings, **{name: value})
    return settings


def _typed(name: str, text: str, present: object) -> object:
    """The text as the type of the present value."""
    try:
        if isinstance(present, bool):
            return {"true": True, "false": False}[text.lower()]
        if isinstance(present, tuple):
            return tuple(text.split("+"))
        return type(present)(text)
    except (KeyError, ValueError) as error:
        raise SettingError(
            f"'{text}' is no value for {name}, which is now {present!r}. Write it like that."
        ) from error
