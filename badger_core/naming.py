"""Names as people type them: folded to one spelling, and the nearest known ones found."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Lower case without accents, spaces and punctuation: 'MDA-MB-231' becomes 'mdamb231'."""
    if name.isascii():  # most names: nothing to normalise
        return _NOT_ALPHANUMERIC.sub("", name.lower())
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _NOT_ALPHANUMERIC.sub("", plain)


def shown(text: str, most: int) -> str:
    """A text of a file as messages show it: on one line, without control signs, cut at `most`."""
    head = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * most])
    line = " ".join(head.split())
    return line if len(line) <= most else line[: most - 3].rstrip() + "..."


def nearest(name: str, known: Iterable[str], limit: int = 5, cutoff: float = 60.0) -> list[str]:
    """The `limit` known names most like `name`, best first, by RapidFuzz's ratio (0-100).

    Names are folded before they are compared. Equal scores keep the order of `known`, so the answer
    does not depend on the run.
    """
    choices = list(known)
    hits = process.extract(
        fold(name), [fold(c) for c in choices], scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff
    )
    return [choices[index] for _, _, index in hits]
