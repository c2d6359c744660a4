"""What is taken from a release and what is left out."""

from dataclasses import dataclass

from badger_core.errors import SettingError

LEVELS = (3, 4, 5)
UNITS = {3: "log2 difference from the plate's vehicle wells", 4: "zspc", 5: "modz"}
"""What a value means at each level; level 3 holds expression and is turned into differences."""


@dataclass(frozen=True)
class Options:
    """Which signatures enter.

    Attributes:
        level: 3 expression, 4 z-scores of single replicates, 5 signatures over replicates.
        kinds: perturbation types, as the field pert_type names them.
        qc: leave out what failed the release's quality control, where the release says.
        min_tas: least transcriptional activity score; 0 for no limit, any other leaves out
            signatures without a score.
        gold: only signatures that the release marks as gold or as of high quality.
        min_replicates: least number of replicates, where the release says.
        best_of_plate: of several signatures of one line, structure, dose and time on one plate map
            keep the most active one; at level 5 only, lower levels hold replicates.
        min_landmarks: how many of the landmark genes the file, and each signature, must have.
    """

    level: int = 5
    kinds: tuple[str, ...] = ("trt_cp",)
    qc: bool = True
    min_tas: float = 0.0
    gold: bool = False
    min_replicates: int = 1
    best_of_plate: bool = True
    min_landmarks: int = 970

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise SettingError(
                f"Level {self.level} cannot be imported. Give 5 (signatures), 4 (z-scores of "
                "replicates) or 3 (normalised expression)."
            )
        if not self.kinds:
            raise SettingError("Name at least one perturbation type, such as trt_cp.")
        if not 0 <= self.min_tas <= 1:
            raise SettingError(f"TAS lies between 0 and 1, and {self.min_tas} is asked for.")
        if not 1 <= self.min_landmarks <= 978:
            raise SettingError(f"{self.min_landmarks} landmark genes? Give 1 to 978.")
