"""Whose turn it is: long work of all visitors waits in a line, of bounded length, for a few hands.

A line is served in the order in which work came, but for two things. Who has work under way in a
line lets others go first. And each visitor waits once: a later question takes the place of the
earlier one that still waits, unless somebody else waits for that too.
"""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING

from badger_core.errors import FullError, StoppedError
from badger_core.limits import limits

if TYPE_CHECKING:
    from badger_core.ui.hypotheses_job import Job

_LOOK_EVERY_S = 0.5
_OTHER = "Another question of yours took its place in the line. Start it again to have it made."
_NOBODY = "Nobody waited for it any more, so it left the line. Start it again to have it made."
_changed = Condition()  # one for all lines
_waiting: list["_Ticket"] = []


class _Ticket:
    """A place in a line."""

    def __init__(self, job: "Job", line: "Line") -> None:
        self.job, self.line, self.begun = job, line, 0.0
        self.replaced = False


class Line:
    """Work of one kind.

    Args:
        hands: how many pieces are done side by side.
        typical_s: how long one takes, until some were seen; in seconds.
        most: that wait, where that is fewer than `limits().waiting`.
    """

    def __init__(self, hands: int, typical_s: float, most: int | None = None) -> None:
        self._hands, self._most = hands, most
        self._under_way: list[_Ticket] = []
        self._took: deque[float] = deque([typical_s], maxlen=5)

    @contextmanager
    def turn(self, job: "Job") -> Iterator[None]:
        """Wait until it is this job's turn, and have it until the end of the block.

        Args:
            job: is told its place.

        Raises:
            FullError: as many wait as may; says when to try again.
            StoppedError: somebody asked to stop, asked something else, or nobody is there.
        """
        ticket = self._join(job)
        try:
            self._wait(ticket)
            yield
        finally:
            self._leave(ticket)

    def about_s(self, place: int) -> float:
        """Seconds until who is at this place, from 1, has a turn; a guess."""
        typical = sum(self._took) / len(self._took)
        left = [0.0] * (self._hands - len(self._under_way))
        for ticket in self._under_way:
            spent = time.monotonic() - ticket.begun
            left.append(ticket.job.seconds_left or max(typical - spent, typical / 10))
        return sorted(left)[(place - 1) % self._hands] + (place - 1) // self._hands * typical

    def _join(self, job: "Job") -> _Ticket:
        with _changed:
            ticket = _Ticket(job, self)
            for older in [one for one in self._here() if _of_the_same(one, job)]:
                older.replaced = True
                _waiting.remove(older)
            free = not self._here() and len(self._under_way) < self._hands
            most = min(limits().waiting, self._most or limits().waiting)
            if not free and len(self._here()) >= most:
                raise FullError(self._full())
            _waiting.append(ticket)
            _changed.notify_all()
            return ticket

    def _wait(self, ticket: _Ticket) -> None:
        with _changed:
            while True:
                ticket.job.check()
                if ticket.replaced:
                    raise StoppedError(_OTHER)
                if ticket.job.left():
                    raise StoppedError(_NOBODY)
                order = self._order()
                if order[0] is ticket and len(self._under_way) < self._hands:
                    _waiting.remove(ticket)
                    ticket.begun = time.monotonic()
                    self._under_way.append(ticket)
                    _changed.notify_all()
                    return
                place = order.index(ticket) + 1
                ticket.job.wait(place, self.about_s(place))
                _changed.wait(_LOOK_EVERY_S)

    def _leave(self, ticket: _Ticket) -> None:
        with _changed:
            if ticket in self._under_way:
                self._under_way.remove(ticket)
                self._took.append(time.monotonic() - ticket.begun)
            elif ticket in _waiting:
                _waiting.remove(ticket)
            _changed.notify_all()

    def _here(self) -> list[_Ticket]:
        return [one for one in _waiting if one.line is self]

    def _order(self) -> list[_Ticket]:
        """Who has nothing under way first, and else as they came."""
        busy = {name for one in self._under_way for name in tuple(one.job.visitors)}
        return sorted(
            self._here(), key=lambda one: bool(one.job.visitors) and busy >= set(one.job.visitors)
        )

    def _full(self) -> str:
        seconds = self.about_s(len(self._here()) + 1)
        when = f"{max(seconds, 30):.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
        return (
            f"{len(self._here())} pieces of such work wait already, and no more can. What you "
            f"chose is kept: try again in about {when}."
        )


def _of_the_same(older: _Ticket, job: "Job") -> bool:
    """Whether nobody waits for the older one but who asked for the new one."""
    return bool(job.visitors) and set(older.job.visitors) <= set(job.visitors)


SCREENS = Line(1, 120)
"""Predictions of a whole library in a line that does not come with the app: minutes each."""
LISTS = Line(2, 3)
"""Lists of hypotheses by score; each under way holds its predictions, about 30 MB a line."""
DETAILS = Line(1, 25, most=5)
"""What completes a list, chance above all; who waits holds the list, about 40 MB."""
CELLS = Line(1, 15)
"""Work on single cells: the model's effects, and screens that visitors bring."""


def place_words(place: int, about_s: float) -> str:
    """A place in a line for people, such as '2nd in line, about 3 min until it begins'."""
    said = "Next" if place == 1 else f"{place}{_ending(place)}"
    long = f"{about_s:.0f} s" if about_s < 90 else f"{about_s / 60:.0f} min"
    return f"{said} in line, about {long} until it begins"


def _ending(place: int) -> str:
    if place % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
