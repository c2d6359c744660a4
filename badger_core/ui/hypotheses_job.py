"""Long work in the background: one thread for each question, shared by all who ask the same."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, Thread

from badger_core.errors import BadgerError, StoppedError

RUNNING, DONE, STOPPED, FAILED = "running", "done", "stopped", "failed"
logger = logging.getLogger(__name__)


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
    """

    def __init__(self) -> None:
        self.state, self.stage, self.said = RUNNING, "Starting", ""
        self.done, self.of, self.seconds_left = 0, 0, None
        self.found: object = None
        self.version = 0
        self.cancel_asked = False
        self._begun = time.monotonic()

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
        if self.cancel_asked:
            raise StoppedError("Stopped. What was worked out is kept; start again to go on.")

    def show(self, found: object) -> None:
        """Something better to look at."""
        self.found = found
        self.version += 1

    def cancel(self) -> None:
        """Ask it to stop; it does so at its next step."""
        self.cancel_asked = True

    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self.cancel_asked

    def run(self, work: "Callable[[Job], None]") -> None:
        """Do the work; whatever happens ends in a state and a sentence."""
        try:
            work(self)
            self.state = DONE
        except StoppedError as stopped:
            self.state, self.said = STOPPED, str(stopped)
        except BadgerError as error:
            self.state, self.said = FAILED, str(error)
        except Exception:
            logger.exception("A list of hypotheses failed")
            self.state = FAILED
            self.said = "Something went wrong that is not your doing; the server's log tells what."
        self.version += 1


class Jobs:
    """The jobs by key: those under way, and the last few that ended."""

    def __init__(self, most: int = 3) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._most, self._lock = most, Lock()

    def find(self, key: str) -> Job | None:
        """The job of this key, None where there is none."""
        with self._lock:
            if key in self._jobs:
                self._jobs.move_to_end(key)
            return self._jobs.get(key)

    def start(self, key: str, work: Callable[[Job], None]) -> Job:
        """The job of this key, begun where there is none or the last one was stopped or failed.

        Args:
            key: of the content of the question.
            work: gets the job.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.state in (RUNNING, DONE):
                return job
            job = self._jobs[key] = Job()
            self._jobs.move_to_end(key)
            for old in [k for k, one in self._jobs.items() if one.state != RUNNING][: -self._most]:
                del self._jobs[old]
        Thread(target=job.run, args=(work,), daemon=True, name=f"hypotheses-{key}").start()
        return job
