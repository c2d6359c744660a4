"""Gene identifiers of any kind to Entrez ids, with the rule by which each was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Resolution:
    """What became of a list of identifiers."""

    entrez: dict[str, int]
    by_alias: tuple[str, ...]
    ambiguous: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class GeneNames:
    """Identifier to Entrez: official symbol, else Ensembl or Entrez id, else unambiguous alias."""

    symbol: Mapping[str, int]
    ensembl: Mapping[str, int]
    alias: Mapping[str, frozenset[int]]
    known: frozenset[int] = field(default_factory=frozenset)

    def knows(self, key: str) -> bool:
        """Whether a text in capitals is a symbol, an id or an alias, ambiguous ones too."""
        return (
            key in self.symbol
            or key in self.alias
            or key in self.ensembl
            or (key.isdecimal() and int(key) in self.known)
        )

    def find(self, identifier: str) -> int | None:
        """Entrez id, or None where it is unknown or ambiguous."""
        return self.resolve([identifier]).entrez.get(identifier)

    def resolve(self, identifiers: Iterable[str]) -> Resolution:
        """Map each distinct identifier once, in the order given."""
        found: dict[str, int] = {}
        by_alias: list[str] = []
        ambiguous: list[str] = []
        unknown: list[str] = []
        for text in dict.fromkeys(str(i) for i in identifiers):
            key = text.strip().upper()
            if key.isdecimal() and int(key) in self.known:
                found[text] = int(key)
            elif key in self.symbol:
                found[text] = self.symbol[key]
            elif key.split(".")[0] in self.ensembl:
                found[text] = self.ensembl[key.split(".")[0]]
            else:
                genes = self.alias.get(key, frozenset())
                if len(genes) == 1:
                    found[text] = next(iter(genes))
                    by_alias.append(text)
                else:
                    (ambiguous if genes else unknown).append(text)
        return Resolution(found, tuple(by_alias), tuple(ambiguous), tuple(unknown))


def gene_names(table: pd.DataFrame) -> GeneNames:
    """Names from a table with columns entrez, symbol, ensembl and aliases (a list per row)."""
    symbol: dict[str, int] = {}
    ensembl: dict[str, int] = {}
    alias: dict[str, set[int]] = {}
    for row in table.itertuples():
        entrez = int(row.entrez)
        symbol.setdefault(row.symbol.upper(), entrez)
        for identifier in str(row.ensembl or "").split("|"):
            if identifier:
                ensembl.setdefault(identifier.upper(), entrez)
        for name in row.aliases:
            alias.setdefault(name.upper(), set()).add(entrez)
    return GeneNames(
        symbol,
        ensembl,
        {name: frozenset(ids) for name, ids in alias.items()},
        frozenset(int(e) for e in table["entrez"]),
    )
