"""The settings of a training run, and the named runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from badger_core.errors import SettingError
from badger_core.training.networks import (
    BADGER_PUBLISHED,
    CIGER_PUBLISHED,
    DEEPCE_PUBLISHED,
    BadgerSettings,
    CigerSettings,
    DeepceSettings,
    ExpertSettings,
    MlpSettings,
    NetworkSettings,
)
from badger_core.training.networks import ModelSettings as ModelSettings

GENE_VECTORS = ("own", "string_node2vec", "go")
"""The bundle's and the fold's own vectors, DeepCE's published ones, CIGER's published ones."""


@dataclass(frozen=True)
class TrainSettings:
    """How it is trained.

    Attributes:
        network: name in the zoo.
        model: what that network is built with.
        kinds: signature kinds trained on: numeric, pooled, gene_set.
        mse_weight: weight of the mean squared error.
        cosine_weight: weight of 2 (1 - cosine).
        gene_vectors: one of GENE_VECTORS; the published ones need the raw data, and a model that
            holds them may not be passed on.
        pathway_weight: weight of the pathway supervision beside the main loss.
        source_dropout: share of samples that forget their source in an epoch.
        patience: epochs without a better validation score before stopping.
        precision: float32, or bfloat16 for the forward pass of training alone: on processors
            with matrix units it halves the time, and predictions are made in float32 all the same.
        expert: of the kernel part, where the network has one or is taught by one.
        taught: how many pairs of a never profiled library compound and a training line the kernel
            part labels for the network, beside the measured ones.
        smoothing: share of the kernel part's own fit in the labels of the measured pairs.
        seed: of initial weights, order and dropout.
    """

    network: str = "badger"
    model: NetworkSettings = field(default_factory=BadgerSettings)
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
    cosine_weight: float = 1.0
    gene_vectors: str = "own"
    precision: str = "float32"
    expert: ExpertSettings = field(default_factory=ExpertSettings)
    taught: int = 0
    smoothing: float = 0.0
    seed: int = 88

    def __post_init__(self) -> None:
        for name in ("epochs", "patience", "batch_size"):
            if getattr(self, name) < 1:
                raise SettingError(f"{name} is {getattr(self, name)}; it must be at least 1.")
        if self.taught < 0 or not 0 <= self.smoothing <= 1:
            raise SettingError(
                f"taught is {self.taught} and smoothing {self.smoothing}; taught must be at least "
                "0, smoothing from 0 to 1."
            )
        if self.precision not in ("float32", "bfloat16"):
            raise SettingError(f"Precision '{self.precision}'? Choose float32 or bfloat16.")
        if self.gene_vectors not in GENE_VECTORS:
            names = ", ".join(GENE_VECTORS)
            raise SettingError(f"Gene vectors '{self.gene_vectors}'? Choose among {names}.")

    def debug(self) -> "TrainSettings":
        """The same run cut to a few steps, to see that everything works."""
        return replace(self, epochs=2, patience=2, taught=min(self.taught, 100))


_DEEPCE = TrainSettings(
    network="deepce",
    model=DeepceSettings(),
    learning_rate=2e-3,
    weight_decay=0.0,
    batch_size=16,
    mse_weight=1.0,
    cosine_weight=0.0,
    epochs=5,
    precision="bfloat16",
)
_CIGER = TrainSettings(
    network="ciger",
    model=CigerSettings(),
    learning_rate=3e-3,
    weight_decay=0.0,
    batch_size=32,
    mse_weight=0.0,
    epochs=5,
    precision="bfloat16",
)
RUNS = {
    "badger": TrainSettings(
        learning_rate=2e-3, epochs=4, taught=5000, smoothing=0.7, precision="bfloat16"
    ),
    "badger-published": TrainSettings(
        model=BADGER_PUBLISHED,
        learning_rate=1e-4,
        weight_decay=0.0,
        mse_weight=1.0,
        epochs=100,
        patience=10,
    ),
    "badger_light": TrainSettings(
        network="badger_light", model=ModelSettings(), epochs=2, precision="bfloat16"
    ),
    "mlp": TrainSettings(network="mlp", model=MlpSettings(), epochs=4, precision="bfloat16"),
    "deepce": _DEEPCE,
    "ciger": _CIGER,
    "deepce-published": replace(
        _DEEPCE,
        model=DEEPCE_PUBLISHED,
        precision="float32",
        gene_vectors="string_node2vec",
        learning_rate=2e-4,
        epochs=100,
        patience=10,
    ),
    "ciger-published": replace(
        _CIGER,
        model=CIGER_PUBLISHED,
        precision="float32",
        gene_vectors="go",
        batch_size=64,
        epochs=100,
        patience=10,
    ),
}
"""Settings by run name. DeepCE learns from the squared error alone, CIGER from the cosine alone, as
published. The `-published` runs have the papers' own sizes, learning rates and batches; the others
are small enough for one thread. The small DeepCE takes ten times the published rate, for a tenth of
the epochs; the small CIGER half the published batch, for twice the steps."""


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
        place = _places(settings).get(name)
        if place is None:
            known = ", ".join(_places(settings))
            raise SettingError(f"There is no setting '{name}'. Choose among {known}.")
        if place == "":
            value = _typed(name, text, getattr(settings, name))
            settings = replace(settings, **{name: value})
        else:
            part = getattr(settings, place)
            part = replace(part, **{name: _typed(name, text, getattr(part, name))})
            settings = replace(settings, **{place: part})
    return settings


def _places(settings: TrainSettings) -> dict[str, str]:
    """Name of each setting to the part that holds it; '' for the settings themselves."""
    places = {
        name: part
        for part in ("model", "expert")
        for name in type(getattr(settings, part)).__dataclass_fields__
    }
    own = TrainSettings.__dataclass_fields__.keys() - {"model", "expert"}
    return places | {name: "" for name in TrainSettings.__dataclass_fields__ if name in own}


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
