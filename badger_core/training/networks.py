"""What each network is built with: one small frozen dataclass per kind of network."""

from dataclasses import dataclass

from badger_core.errors import SettingError


def _check_positive(settings: object, *names: str) -> None:
    for name in names:
        if getattr(settings, name) < 1:
            raise SettingError(f"{name} is {getattr(settings, name)}; it must be at least 1.")


def _check_dropout(dropout: float) -> None:
    if not 0 <= dropout < 1:
        raise SettingError(f"Dropout is {dropout}; it must be from 0 to below 1.")


def _check_heads(hidden: int, heads: int) -> None:
    if heads < 1 or hidden < heads or hidden % heads:
        raise SettingError(f"{hidden} hidden units do not divide into {heads} heads.")


@dataclass(frozen=True)
class ModelSettings:
    """Of badger and of badger_light, which is badger without its pathway block."""

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
        _check_dropout(self.dropout)
        _check_heads(self.hidden, self.heads)


@dataclass(frozen=True)
class BadgerSettings(ModelSettings):
    """Of badger: its cascade learns from the kernel part, so little dropout is needed.

    Attributes:
        kernel_share: weight of the kernel part in a prediction; 0 leaves it out.
    """

    dropout: float = 0.1
    kernel_share: float = 0.8

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.kernel_share <= 1:
            raise SettingError(f"kernel_share is {self.kernel_share}; it must be from 0 to 1.")


@dataclass(frozen=True)
class MlpSettings:
    """Of the plain network."""

    hidden: int = 256
    layers: int = 2
    dropout: float = 0.5

    def __post_init__(self) -> None:
        _check_positive(self, "hidden", "layers")
        _check_dropout(self.dropout)


@dataclass(frozen=True)
class DeepceSettings:
    """Of DeepCE; the defaults are the cheap size, DEEPCE_PUBLISHED the paper's own."""

    hidden: int = 16
    fingerprint: int = 128
    convolution: int = 16
    layers: int = 2
    heads: int = 1
    feed_forward: int = 64
    dropout: float = 0.1

    def __post_init__(self) -> None:
        _check_positive(self, "fingerprint", "convolution", "layers", "feed_forward")
        _check_dropout(self.dropout)
        _check_heads(self.hidden, self.heads)


@dataclass(frozen=True)
class CigerSettings:
    """Of CIGER; the defaults are the cheap size, CIGER_PUBLISHED the paper's own."""

    fingerprint: int = 128
    convolution: int = 16
    hidden: int = 64
    encoded: int = 32
    attention: int = 16
    feed_forward: int = 64
    decoder: int = 32
    dropout: float = 0.1

    def __post_init__(self) -> None:
        _check_positive(self, "fingerprint", "convolution", "hidden", "encoded", "attention")
        _check_positive(self, "feed_forward")
        _check_dropout(self.dropout)
        if self.decoder < 4:
            raise SettingError(f"decoder is {self.decoder}; it must be at least 4.")


@dataclass(frozen=True)
class ExpertSettings:
    """Of the kernel part and of the labels that it and the cascade learn from.

    Attributes:
        temper: share of normal scores of the ranks in the labels; the rest are the values. Values
            alone rank the heads best, ranks the rest.
        ridge, rise: the ridge of response component j is ridge x (1 + j / rise).
        rank: components that the dual weights are kept for.
        class_shrinkage: pairs of compounds that the average class counts for, where the coherence
            of a mechanism or target is estimated.
    """

    temper: float = 0.25
    ridge: float = 14.0
    rise: float = 50.0
    rank: int = 270
    class_shrinkage: float = 20.0

    def __post_init__(self) -> None:
        _check_positive(self, "rank")
        if not 0 <= self.temper <= 1:
            raise SettingError(f"temper is {self.temper}; it must be from 0 to 1.")
        for name in ("ridge", "rise", "class_shrinkage"):
            if not 0 < getattr(self, name) < float("inf"):
                raise SettingError(f"{name} is {getattr(self, name)}; it must be above 0.")


NetworkSettings = ModelSettings | MlpSettings | DeepceSettings | CigerSettings
BADGER_PUBLISHED = BadgerSettings(128, 2, 0.1, "additive", True, "dense", 0.0)
DEEPCE_PUBLISHED = DeepceSettings(128, 128, 16, 2, 4, 512, 0.1)
CIGER_PUBLISHED = CigerSettings(1024, 64, 1024, 512, 512, 512, 128, 0.1)
