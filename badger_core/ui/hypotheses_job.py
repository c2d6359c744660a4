"""Long work in the background: one piece for each question, shared by all who ask the same."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, Thread

from badger_core.errors import BadgerError, StoppedError
from badger_core.ui import last_resort, presence, turns

RUNNING, DONE, STOPPED, FAILED = "running", "done", "stopped", "failed"


class Job:
    """One piece of work, how far it is, and what it has found so far.

    Attributes:
        state: RUNNING, DONE, STOPPED or FAILED.
        stage: what is under way, in words.
        done, of: how much of the stage.
        seconds_left: of the stage; None where nobody knows.
        found: what there is to show, None at first; better ones replace it while work goes on.
        version: counts changes of `found` and `state`, so that a page knows when to draw anew.
        said: why it stopped or failed, a sentence.
        visitors: who asked for it: key of the visit to whether it is still there.
        private: whether what it finds can be seen by these visitors alone.
    """

    def __init__(self, private: bool = False) -> None:
        self.state, self.stage, self.said = RUNNING, "Starting", ""
        self.done, self.of, self.seconds_left = 0, 0, None
        self.found: object = None
        self.version = 0
        self.cancel_asked = False
        self.visitors: dict[str, Callable[[], bool]] = {}
        self.private = private
        self._begun = self._seen = time.monotonic()

    def tell(self, stage: str, done: int, of: int, seconds_left: float | None = None) -> None:
        """`done` of `of` of a stage are done; without a given time it is worked out.

        Raises:
            StoppedError: somebody asked to stop.
        """
        now = time.monotonic()
        if stage != self.stage:
            self.stage, self._begun = stage, now
        if seconds_left is None and done and of:
            seconds_left = (now - self._begun) / done * (of - done)
        self.done, self.of, self.seconds_left = done, of, seconds_left
        self.check()

    def wait(self, place: int, about_s: float) -> None:
        """It is at this place of a line, from 1, and begins in about so many seconds."""
        self.tell(turns.place_words(place, about_s), 0, 0)

    def check(self) -> None:
        """Go on only if nobody minds.

        Raises:
            StoppedError: somebody asked to stop, or nobody could see what it finds.
        """
        if self.cancelled():
            raise StoppedError("Stopped. What was worked out is kept; start again to go on.")

    def ask_for(self, visitor: "presence.Visitor | None") -> None:
        """One more who waits for it, while there is something to wait for."""
        if visitor is not None and self.state == RUNNING:
            self.visitors[visitor.key] = visitor.here

    def left(self) -> bool:
        """Whether none of those who asked for it has been there for a while."""
        now = time.monotonic()
        if not self.visitors or any(here() for here in tuple(self.visitors.values())):
            self._seen = now
        return now - self._seen > presence.AWAY_S

    def show(self, found: object) -> None:
        """Something better to look at."""
        self.found = found
        self.version += 1

    def cancel(self) -> None:
        """Ask it to stop; it does so at its next step."""
        self.cancel_asked = True

    def cancelled(self) -> bool:
        """Whether somebody asked to stop, or nobody could see what it finds."""
        return self.cancel_asked or (self.private and self.left())

    def run(self, work: "Callable[[Job], None]") -> None:
        """Do the work; whatever happens ends in a state and a sentence."""
        try:
            work(self)
            self.state = DONE
        except StoppedError as stopped:
            self.state, self.said = STOPPED, str(stopped)
        except BadgerError as error:
            self.state, self.said = FAILED, str(error)
        except Exception as error:  # noqa: BLE001 - the last resort, which logs it
            self.said = last_resort.note(error, f"work in the background: {self.stage}")
            self.state = FAILED
        self.visitors.clear()
        self.version += 1


class Jobs:
    """The jobs by key: those waiting or under way, and the last few that ended.

    How many can wait is bounded by `ui.turns`, and so is how many threads there are.
    """

    def __init__(self, most: int = 3) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._most, self._lock = most, Lock()

    def find(self, key: str) -> Job | None:
        """The job of this key, None where there is none; the visitor of this run waits for it."""
        visitor = presence.visitor()
        with self._lock:
            job = self._jobs.get(key)
            if job is not None:
                self._jobs.move_to_end(key)
                job.ask_for(visitor)
            return job

    def start(self, key: str, work: Callable[[Job], None], private: bool = False) -> Job:
        """The job of this key, begun where there is none or the last one was stopped or failed.

        Args:
            key: of the content of the question.
            work: gets the job; takes its turns by `ui.turns`.
            private: whether what it finds can be seen by the visitor of this run alone.
        """
        visitor = presence.visitor()
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.state in (RUNNING, DONE):
                job.ask_for(visitor)
                return job
            job = self._jobs[key] = Job(private)
            job.ask_for(visitor)
            self._jobs.move_to_end(key)
            for found in (True, False):  # what was turned away takes no place of an answer
                ended = [k for k, one in self._jobs.items() if _ended(one, found)]
                for old in ended[: -self._most]:
                    del self._jobs[old]
        Thread(target=job.run, args=(work,), daemon=True, name=f"job-{key}").start()
        return job


def _ended(job: Job, found: bool) -> bool:
    return job.state != RUNNING and (job.found is not None) == found
