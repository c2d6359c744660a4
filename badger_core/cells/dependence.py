"""Lines that are not independent of each other: why a likeness between them proves nothing.

DepMap gives parents and donors for some lines. The rest is told by names and by `DERIVED`, of which
every entry stands here with what shows it:

- MDA-MB-435 is M14: DepMap's sample table, quoting Cellosaurus, under MDA-MB-435S; Rae et al. 2007,
  Breast Cancer Res Treat 104:13.
- SNB-19 is U-251 MG: the same table, where U-251 MG is its parent too. U251 of the NCI-60 has the
  origin of SNB-19: Lorenzi et al. 2009, Mol Cancer Ther 8:713 (fingerprints of the NCI-60).
- MDA-N comes from MDA-MB-435: one origin with it and M14 in Lorenzi et al.; LINCS: melanoma, skin.
- NCI/ADR-RES comes from OVCAR-8: Liscovitch and Ravid 2007, Cancer Lett 245:350; Lorenzi et al.
- C4-2 comes from LNCaP: Thalmann et al. 1994, Cancer Res 54:2577; that LINCS's C42 is C4-2 is read
  from its name, and its expression is most like LNCaP's.
- 293T comes from HEK293: DuBridge et al. 1987, Mol Cell Biol 7:379; LINCS: both embryonal kidney.
"""

import re
from functools import cache
from typing import NamedTuple

import pandas as pd

from badger_core import naming

SAME_LINE = {"NEU.KCL": "NEU", "ssMCF7": "MCF7"}
"""A line under another treatment (potassium chloride, no serum) to the line.

LINCS says of NEU.KCL that it was treated with KCl, and gives ssMCF7 the catalogue number of MCF7.
"""
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


class _Line(NamedTuple):
    """A row of the catalogue's table, as far as it is read here."""

    cell: str
    display_name: str
    depmap_id: str
    parent: str
    donor: str


def _reason(own: _Line, other: _Line) -> str:
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


def _by_parent(own: _Line, other: _Line) -> str:
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
