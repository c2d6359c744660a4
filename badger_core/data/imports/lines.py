"""Cell lines of a release to the catalogue's names; lines it does not know are added."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from badger_core import schema
from badger_core.cells.catalogue import CellCatalogue
from badger_core.data.imports.units import is_blank
from badger_core.errors import CellNotFoundError


class Lines(NamedTuple):
    """`name` maps a release's name to the catalogue's; `added` are the rows of new lines."""

    name: dict[str, str]
    added: pd.DataFrame


def find_lines(
    names: Iterable[str], cellinfo: pd.DataFrame | None, catalogue: CellCatalogue
) -> Lines:
    """By the name itself, else by the aliases and the Cellosaurus id that cellinfo gives.

    A derived line (with a cassette, or of another parent) is a line of its own.

    Args:
        names: of the lines that signatures are of.
        cellinfo: columns as in `fields.CELL`, or None.
        catalogue: the lines known so far.
    """
    info = {} if cellinfo is None else _by_name(cellinfo)
    found, added = {}, []
    for name in sorted(set(names)):
        told = info.get(name, {})
        others = [*told.get("alias", "").split("|"), told.get("cellosaurus", "")]
        known = next(filter(None, (_known(text, catalogue) for text in (name, *others))), None)
        found[name] = known or name
        if known is None:
            added.append(_row(name, told, [text for text in others if text]))
    return Lines(found, pd.DataFrame(added, columns=list(schema.CELL_COLUMNS)))


def with_lines(known: pd.DataFrame, added: pd.DataFrame, numeric: pd.DataFrame) -> pd.DataFrame:
    """The catalogue with new lines behind it, and signatures and compounds counted anew.

    Args:
        known: columns of `schema.CELL_COLUMNS`.
        added: the same.
        numeric: columns cell and ik14 of all numeric signatures.
    """
    table = pd.concat([known, added], ignore_index=True) if len(added) else known.copy()
    counts = numeric.groupby("cell", observed=True)["ik14"].agg(["size", "nunique"])
    names = table["cell"]
    table["n_signatures"] = names.map(counts["size"].to_dict()).fillna(0).astype(int)
    table["n_compounds"] = names.map(counts["nunique"].to_dict()).fillna(0).astype(int)
    return table


def _by_name(cellinfo: pd.DataFrame) -> dict[str, dict[str, str]]:
    clean = cellinfo.apply(lambda column: column.map(lambda t: "" if is_blank(t) else t.strip()))
    return {row["cell"]: row for row in clean.to_dict("records")}


def _known(text: str, catalogue: CellCatalogue) -> str | None:
    try:
        return catalogue.find(text).name if text else None
    except CellNotFoundError:
        return None


def _row(name: str, told: dict[str, str], aliases: list[str]) -> dict:
    return {
        **dict.fromkeys(schema.CELL_COLUMNS, ""),
        "cell": name,
        "display_name": name,
        "aliases": sorted(set(aliases) - {name, told.get("cellosaurus", "")}),
        "cellosaurus_id": told.get("cellosaurus", ""),
        "disease": told.get("disease", ""),
        "subtype": told.get("subtype", ""),
        "lineage": told.get("lineage", "").replace("_", " "),
        "n_signatures": 0,
        "n_compounds": 0,
    }
