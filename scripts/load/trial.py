"""What all visitors of a trial share: the questions, what they got, and what went wrong."""

import random
from dataclasses import dataclass, field
from typing import NamedTuple

from scripts.load.judge import Answered
from scripts.load.questions import Questions

LINK, TYPED, NEW_TAB = "by a link", "typed", "in a new tab"


class Visit(NamedTuple):
    """One page that a visitor got.

    Attributes:
        phase: of the trial.
        page: name of the page, 'predict' or another.
        how: LINK, TYPED or NEW_TAB.
        seconds: until the page was finished.
        received: bytes.
        messages: how many.
    """

    phase: str
    page: str
    how: str
    seconds: float
    received: int
    messages: int


@dataclass
class Trial:
    """The state of a trial.

    Attributes:
        url: of the app.
        questions: gives the next pair.
        seed: of what visitors do.
        think_s: the shortest and longest time that they read, seconds.
        patience_s: after which a run counts as one without end.
        phase: what is measured now.
        visits, answers: so far.
        errors: in words; any of them fails the trial.
        left: how often somebody went away in the middle of a run, on purpose.
        misnamed: pages other than Predict that spoke of another question.
        places: what was said of places in the line.
    """

    url: str
    questions: Questions
    seed: int
    think_s: tuple[float, float] = (1.0, 3.0)
    patience_s: float = 180.0
    phase: str = ""
    visits: list[Visit] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    left: int = 0
    misnamed: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def random_of(self, visitor: int) -> random.Random:
        """What a visitor does by chance, in this phase."""
        return random.Random(f"{self.seed} {self.phase} {visitor}")

    def count(self) -> int:
        """Predictions so far."""
        return len(self.answers)

    def wrong(self, what: str) -> None:
        """Something went wrong."""
        self.errors.append(f"{self.phase}: {what}")
