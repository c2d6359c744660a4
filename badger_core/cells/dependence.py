"""Lines that are not independent of each other: why a likeness between them proves nothing.

DepMap gives parents and donors for some lines. The rest is told by names, and by what Cellosaurus
(https://www.cellosaurus.org) and the register of misidentified lines (ICLAC, https://iclac.org)
record of lines that the catalogue holds.
"""

import re
from functools import cache
from typing import NamedTuple

import pandas as pd

from badger_core import naming

SAME_LINE = {"NEU.KCL": "NEU", "ssMCF7": "MCF7"}
"""A line under another treatment (potassium chloride, no serum) to the line."""
DERIVED = {
    "C42": ("LNCAP", "C4-2 was derived from LNCaP"),
    "HEK293T": ("HEK293", "HEK293T was derived from HEK293"),
    "MDAMB435": ("M14", "MDA-MB-435 is M14 (misidentified)"),
    "MDAN": ("MDAMB435", "MDA-N was derived from MDA-MB-435"),
    "NCIADRRES": ("OVCAR8", "NCI/ADR-RES was derived from OVCAR-8"),
    "SNB19": ("U251MG", "SNB-19 is U-251 MG (misidentified)"),
    "U251": ("U251MG", "U251 is U-251 MG"),
}
"""Line to another one that it is or comes from."""
_COLUMNS = ("cell", "display_name", "depmap_id", "parent", "donor")
_SERIES = re.compile(r"(XC|HIMG)[.0]")
_PREFIX = re.compile(r"^nci(?=h\d)")


def why_dependent(table: pd.DataFrame, cell: str, display_name: str = "") -> dict[str, str]:
    """The lines that depend on one line, each with the reason in words.

    Args:
        table: the catalogue's, columns of `schema.CELL_COLUMNS`.
        cell: the line; one that is not in the table (an upload) is compared by its name only.
        display_name: of the line, where it is not in the table.

    Returns:
        Other cells of the table to the reason; the line itself is not among them.
    """
    records = {row.cell: row for row in table[list(_COLUMNS)].itertuples(index=False)}
    own = records.get(cell)
    if own is None:
        return _named_alike(table, display_name)
    found: dict[str, str] = {}
    for other, row in records.items():
        reason = "" if other == cell else _reason(own, row)
        if reason:
            found[other] = reason
    return found


def _reason(own: NamedTuple, other: NamedTuple) -> str:
    """Why the other line depends on the one asked about; '' where nothing says so."""
    left, right = own.cell, other.cell
    if DERIVED.get(left, ("",))[0] == right:
        return DERIVED[left][1]
    if DERIVED.get(right, ("",))[0] == left:
        return DERIVED[right][1]
    if reason := _same_name(left, right) or _by_parent(own, other):
        return reason
    if _root(left) == _root(right):
        return f"both come from {_root(left)}"
    if own.donor and own.donor == other.donor:
        return "from the same donor"
    return _same_series(left, right)


def _named_alike(table: pd.DataFrame, display_name: str) -> dict[str, str]:
    """Lines that are called what an uploaded sample is called."""
    wanted = naming.fold(display_name)
    if not wanted:
        return {}
    found = {}
    for row in table.itertuples():
        known = (row.cell, row.display_name, row.depmap_id, row.cellosaurus_id, *row.aliases)
        if wanted in {naming.fold(name) for name in known if name}:
            found[row.cell] = "your sample has its name: likely the same line"
    return found


def _same_name(left: str, right: str) -> str:
    if SAME_LINE.get(left) == right or SAME_LINE.get(right) == left:
        return "the same line under another treatment"
    return "the same line under another name" if _short(left) == _short(right) else ""


def _by_parent(own: NamedTuple, other: NamedTuple) -> str:
    if own.parent and own.parent == other.depmap_id:
        return f"{own.display_name} was derived from it"
    if other.parent and other.parent == own.depmap_id:
        return f"derived from {own.display_name}"
    return "derived from the same line" if own.parent and own.parent == other.parent else ""


def _same_series(cell: str, other: str) -> str:
    left, right = _SERIES.match(cell), _SERIES.match(other)
    if left and right and left[1] == right[1]:
        return f"of the same series of samples ({left[1]}), whose origin is not published"
    return ""


def _root(cell: str) -> str:
    """The line at the beginning of a chain of derivations."""
    while cell in DERIVED or cell in SAME_LINE:
        cell = SAME_LINE.get(cell) or DERIVED[cell][0]
    return cell


@cache
def _short(cell: str) -> str:
    """The folded name without the prefix NCI: NCI-H1975 is H1975."""
    return _PREFIX.sub("", naming.fold(cell))
