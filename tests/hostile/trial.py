"""The promise to every input from outside: an answer or one clear message, in bounded time."""

import json
import multiprocessing
import os
import re
import resource
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings

from badger_core.errors import BadgerError

MANY = "BADGER_HOSTILE_EXAMPLES"
"""How many inputs hypothesis makes up for each test; a few in the suite, 1,000 for the report."""
made_up = settings(
    max_examples=int(os.environ.get(MANY, "10")),
    derandomize=MANY not in os.environ,
    database=None,
    deadline=None,  # a busy machine is slow; what hangs is stopped by `attempt`
    suppress_health_check=list(HealthCheck),
)
"""Decorates a test with @given."""
SECONDS = 60
"""Of the processor, after which a reader counts as hanging; most inputs take milliseconds. Twenty
million lines take half of it on a slow machine."""
WAIT_S = 5 * SECONDS
"""The same by the clock: a busy machine is slow, and a reader may wait for what never comes."""
_LONGEST_MESSAGE = 900
_STRANGE = re.compile(r"Traceback|object at 0x|<class |\bNoneType\b|Errno|[\x00-\x08\x0b-\x1f]")
_SENTENCE = re.compile(r"[.!?]['\"»)]?$")
TALLY = "BADGER_HOSTILE_TALLY"
"""Names the folder to which the process writes what it tried."""


@dataclass
class Tried:
    """What became of the inputs of one kind.

    Attributes:
        accepted: with an answer.
        refused: with a message.
        slowest_s: the longest that one took, in seconds.
    """

    accepted: int = 0
    refused: int = 0
    slowest_s: float = 0.0


_tally: dict[str, Tried] = defaultdict(Tried)


class HangError(BaseException):
    """A reader that does not come to an end; no `except Exception` on its way stops it."""


def attempt(kind: str, read: Callable[[], object], named: str = "") -> object | BadgerError:
    """What `read` returns, or the error by which it refuses.

    Args:
        kind: of the input, a row of the report: 'SMILES', 'expression CSV'.
        read: the reader with its input.
        named: what a message must name: the file.

    Raises:
        AssertionError: for a refusal that is no help.
        HangError: after `SECONDS` of the processor or `WAIT_S` by the clock.
        Exception: whatever else the reader lets out: a defect.
    """
    tried, begun = _tally[kind], time.monotonic()
    before = {name: signal.signal(name, _hang) for name in (signal.SIGALRM, signal.SIGPROF)}
    signal.alarm(WAIT_S)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        found = read()
        tried.accepted += 1
    except BadgerError as error:
        found = error
        tried.refused += 1
        check_message(str(error), named)
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for name, handler in before.items():
            signal.signal(name, handler)
        tried.slowest_s = max(tried.slowest_s, time.monotonic() - begun)
    return found


def refused(kind: str, read: Callable[[], object], named: str = "", *says: str) -> str:
    """The message of an input that must be refused.

    Args:
        kind, read, named: see `attempt`.
        says: words that the message must hold, in any case: the row, what is wrong, the remedy.

    Raises:
        AssertionError: if it is read, or refused in other words.
    """
    found = attempt(kind, read, named)
    assert isinstance(found, BadgerError), f"read as {found!r:.300}"
    text = str(found)
    missing = [word for word in says if word.lower() not in text.lower()]
    assert not missing, f"{missing} not in: {text}"
    return text


def check_message(text: str, named: str = "") -> None:
    """A message is short, whole, of one or more sentences, and names the file.

    Raises:
        AssertionError: if it is not.
    """
    assert text.strip(), "an empty message"
    assert len(text) <= _LONGEST_MESSAGE, f"{len(text)} characters: {text[:300]}..."
    assert not _STRANGE.search(text), f"speaks of the program's inside: {text!r}"
    assert _SENTENCE.search(text.strip()), f"no whole sentence: {text!r}"
    assert not named or named in text, f"does not name {named!r}: {text!r}"


def bounded(kind: str, read: Callable[[], object], named: str, more_mb: int) -> str:
    """The message, or 'read', of an input that could fill the memory; tried in a child process.

    Args:
        kind, read, named: see `attempt`.
        more_mb: address space beyond what the process has now, MB; at 0 nothing more.

    Raises:
        AssertionError: if the child needs more memory or time, or ends in any other way.
    """
    ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(
        target=_in_child, args=(theirs, kind, read, named, more_mb)
    )
    begun = time.monotonic()
    child.start()
    theirs.close()
    try:
        said, accepted = ours.recv() if ours.poll(2 * WAIT_S) else ("no end", None)
    except EOFError:
        said, accepted = "the process died", None
    child.join(5)
    if child.is_alive():
        child.kill()
    assert accepted is not None, said
    tried = _tally[kind]
    tried.accepted, tried.refused = tried.accepted + accepted, tried.refused + (not accepted)
    tried.slowest_s = max(tried.slowest_s, time.monotonic() - begun)
    return said


def _in_child(pipe, kind: str, read: Callable[[], object], named: str, more_mb: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + more_mb * 1024**2
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        found = attempt(kind, read, named)
        accepted = not isinstance(found, BadgerError)
        pipe.send(("read" if accepted else str(found), accepted))
    except BaseException as error:  # noqa: BLE001 - the parent shall hear of every kind
        pipe.send((f"{type(error).__name__}: {error!s:.300}", None))
    finally:
        pipe.close()
        os._exit(0)


def write_tally() -> None:
    """Write what this process tried, where the environment names a folder for it."""
    folder = os.environ.get(TALLY)
    if folder and _tally:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        content = {"peak_mb": peak, "kinds": {kind: vars(tried) for kind, tried in _tally.items()}}
        Path(folder, f"{os.getpid()}.json").write_text(json.dumps(content))


def _hang(*_: object) -> None:
    raise HangError(f"no end after {SECONDS} s of the processor or {WAIT_S} s by the clock")
