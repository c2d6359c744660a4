"""What the doctor says of one thing: well, worth a look, or broken, and what to do about it."""

from typing import NamedTuple

OK, WARNING, FAILS = "ok", "warning", "fails"
STATES = (OK, WARNING, FAILS)


class Finding(NamedTuple):
    """One line of the doctor's report."""

    name: str
    state: str  # one of STATES
    found: str  # what was seen
    remedy: str = ""  # what to do; '' where all is well


def fine(name: str, found: str) -> Finding:
    """Nothing to do."""
    return Finding(name, OK, found)


def look(name: str, found: str, remedy: str) -> Finding:
    """Works, but not as well as it could."""
    return Finding(name, WARNING, found, remedy)


def broken(name: str, found: str, remedy: str) -> Finding:
    """Something will not work, or would answer wrongly."""
    return Finding(name, FAILS, found, remedy)
