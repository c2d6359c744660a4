"""Finds compounds of the library by what people type and by facets such as mechanism or phase."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from badger_core import naming

FACETS = ("moa", "targets", "phase", "disease_area", "indication")
"""Columns of the library that can be chosen from; a compound may have several values of each."""
LIKE = 75.0
"""A name of at least this likeness (RapidFuzz's ratio, 0 to 100) answers a misspelt one."""
FUZZY_AT_MOST = 20


@dataclass(frozen=True)
class Filters:
    """What a compound must have: one of the values of each facet that is not empty."""

    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet (one of `FACETS`) to the accepted values."""
    measured: bool = False
    """Only compounds with a signature in the bundle."""
    hub_only: bool = True
    """Only the Drug Repurposing Hub; False adds the other structures of LINCS."""


@dataclass(frozen=True)
class Found:
    """Answer of a search, the best first."""

    rows: np.ndarray
    """(N,) positions in the library's table."""
    why: tuple[str, ...]
    """What matched, one text per row: 'name', 'synonym', 'mechanism', ...; '' without a query."""


class CompoundSearch:
    """The library with its names folded once, so that a search takes milliseconds.

    Args:
        table: with the columns of `schema.COMPOUND_COLUMNS`; not changed.
        names: of other sources, with the columns of `schema.COMPOUND_NAME_COLUMNS`.
    """

    def __init__(self, table: pd.DataFrame, names: pd.DataFrame | None = None) -> None:
        self.table = table
        self._sourced: dict[int, list[tuple[str, str]]] = {}
        if names is not None and len(names):
            at = {key: row for row, key in enumerate(table["ik14"])}
            for name in names[names["ik14"].isin(at)].itertuples(index=False):
                entry = (naming.fold(name.name), name.source)
                self._sourced.setdefault(at[name.ik14], []).append(entry)
        self._names = [naming.fold(name) for name in table["name"]]
        self._synonyms = [tuple(map(naming.fold, texts)) for texts in table["synonyms"]]
        self._keys = [naming.fold(key) for key in table["inchikey"]]
        self._moa = [tuple(map(naming.fold, texts)) for texts in table["moa"]]
        self._targets = [tuple(map(naming.fold, texts)) for texts in table["targets"]]

    @cached_property
    def options(self) -> dict[str, dict[str, int]]:
        """Facet to its values with their numbers of compounds, in the order of the alphabet."""
        return {
            name: {value: len(rows) for value, rows in sorted(places.items(), key=_alphabet)}
            for name, places in self._places.items()
        }

    def find(self, query: str = "", filters: Filters | None = None) -> Found:
        """Compounds that pass the filters and answer the query, the best match first.

        Case, spaces and punctuation are free. Names come before synonyms and ids, those before
        mechanisms and targets; where nothing contains the query, names that are spelt alike.
        """
        rows = self._passing(filters or Filters())
        wanted = naming.fold(query)
        if not wanted:
            if query.strip():
                return Found(rows[:0], ())
            order = rows[np.argsort(self._rank[rows])]
            return Found(order, ("",) * len(order))
        hits = [(*hit, self._names[row], row) for row in rows if (hit := self._match(wanted, row))]
        hits.sort()
        if not hits:
            return self._spelt_alike(wanted, rows)
        return Found(np.array([hit[-1] for hit in hits], dtype=int), tuple(hit[1] for hit in hits))

    def _match(self, wanted: str, row: int) -> tuple[int, str] | None:
        """Rank of a hit (0 is best) and what matched; None for no hit."""
        name, synonyms = self._names[row], self._synonyms[row]
        if name == wanted:
            return 0, "name"
        if wanted in synonyms or wanted == self._keys[row]:
            return 1, "synonym or id"
        if wanted in name:
            return (2 if name.startswith(wanted) else 3), "name"
        if any(text.startswith(wanted) for text in synonyms):
            return 4, "synonym or id"
        for text, source in self._sourced.get(row, ()):
            if text.startswith(wanted):
                return (1 if text == wanted else 4), f"a name in {source}"
        if wanted in self._targets[row]:
            return 5, "target"
        if len(wanted) > 2 and any(wanted in text for text in self._moa[row]):
            return 6, "mechanism"
        return None

    def _spelt_alike(self, wanted: str, rows: np.ndarray) -> Found:
        near = process.extract(
            wanted,
            [self._names[row] for row in rows],
            scorer=fuzz.ratio,
            limit=FUZZY_AT_MOST,
            score_cutoff=LIKE,
        )
        found = np.array([rows[place] for _, _, place in near], dtype=int)
        return Found(found, ("similar spelling",) * len(found))

    def _passing(self, filters: Filters) -> np.ndarray:
        """(N,) positions that pass, ascending."""
        keep = np.ones(len(self.table), dtype=bool)
        if filters.hub_only:
            keep &= (self.table["origin"] == "hub").to_numpy()
        if filters.measured:
            keep &= (self.table["n_signatures"] > 0).to_numpy()
        for name, values in filters.facets.items():
            if values:
                allowed = np.zeros(len(keep), dtype=bool)
                for value in values:
                    allowed[self._places[name].get(value, [])] = True
                keep &= allowed
        return np.flatnonzero(keep)

    @cached_property
    def _rank(self) -> np.ndarray:
        """(M,) place of each compound in the alphabet of names."""
        names = self.table["name"].tolist()
        order = sorted(range(len(names)), key=lambda row: _alphabet((names[row],)))
        return np.argsort(order)

    @cached_property
    def _places(self) -> dict[str, dict[str, list[int]]]:
        """Facet to value to rows."""
        found: dict[str, dict[str, list[int]]] = {name: {} for name in FACETS}
        for name, places in found.items():
            for row, cell in enumerate(self.table[name]):
                for value in _values(cell):
                    places.setdefault(value, []).append(row)
        return found


def _values(cell: str | Iterable[str]) -> list[str]:
    """The distinct values in one cell: a list, or a text that '|' divides."""
    parts = cell.split("|") if isinstance(cell, str) else cell
    return list(dict.fromkeys(filter(None, (str(part).strip() for part in parts))))


def _alphabet(item: tuple) -> tuple[bool, str]:
    """Sorts letters before digits and brackets, whatever the case."""
    text = item[0]
    return (not text[:1].isalpha(), text.casefold())
