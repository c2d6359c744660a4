"""What is recorded of a raw file that something is built from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One raw file; `released` is the date of the release it belongs to."""

    path: str
    title: str
    origin: str
    licence: str
    released: str
    ship: bool = True
