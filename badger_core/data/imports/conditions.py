"""Rows of a table of signatures, in plain units, less what the options leave out."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from badger_core.data.imports import units
from badger_core.data.imports.options import Options

NEEDED = ("id", "cell", "pert_id|name|smiles")
"""What a table of signatures must say at least."""
_TEXTS = ("pert_id", "name", "cell", "plate", "smiles", "inchikey")


class Kept(NamedTuple):
    """Signatures to import, and how many were left out for which reason.

    `table` has the columns id, the texts pert_id, name, cell, plate, smiles and inchikey as
    categories ('' where the release says nothing), dose_um, time_h, n_replicates and tas.
    """

    table: pd.DataFrame
    left_out: Counter[str]
    controls: pd.DataFrame  # id and plate of vehicle wells, for level 3


def kept_rows(parts: Iterable[pd.DataFrame], options: Options) -> Kept:
    """Filter a table block by block, so that only what stays is held."""
    left_out: Counter[str] = Counter()
    rows, controls = [], []
    for part in parts:
        plain = _plain(part)
        if options.level == 3:
            vehicle = _is(part, "kind", {"ctl_vehicle"})
            controls.append(plain.loc[vehicle, ["id", "plate"]])
        rows.append(plain[_passes(part, plain, options, left_out)])
    table = _together(rows)
    twice = table["id"].duplicated()
    left_out["signature: id stands more than once"] += int(twice.sum())
    wells = _together(controls) if controls else pd.DataFrame({"id": [], "plate": []}, dtype=str)
    return Kept(table[~twice].reset_index(drop=True), +left_out, wells)


def best_of_plate(table: pd.DataFrame, keys: list[str]) -> np.ndarray:
    """Which rows to keep: of those alike in `keys`, the one with the highest TAS, then replicates.

    Rows without a plate are all kept.
    """
    order = np.lexsort(
        (
            np.arange(len(table)),
            -np.nan_to_num(table["n_replicates"].to_numpy()),
            -np.nan_to_num(table["tas"].to_numpy()),
        )
    )
    again = table[keys].iloc[order].duplicated().to_numpy()
    keep = np.ones(len(table), bool)
    keep[order[again]] = False
    return keep | (table["plate"].to_numpy(object) == "")


def _plain(part: pd.DataFrame) -> pd.DataFrame:
    """The fields of Kept.table, for every row of a block."""
    blank = pd.Series(pd.Categorical([""] * len(part)))
    fields = {"id": part["id"].str.strip().to_numpy(object)}
    for name in _TEXTS:
        column = part.get(name, blank)
        fields[name] = _mapped_text(column)
    plates = fields["plate"]
    if (plates == "").all():
        fields["plate"] = pd.Categorical([_prefix(text) for text in fields["id"]])
    fields["dose_um"] = _amount(part, "dose", units.dose_um)
    fields["time_h"] = _amount(part, "time", units.time_h)
    given = _numbers(part.get("replicates"), units.number, len(part))
    counted = _numbers(part.get("replicate_ids"), lambda t: t.count("|") + 1.0, len(part))
    fields["n_replicates"] = np.where(np.isnan(given), counted, given)
    fields["tas"] = _numbers(part.get("tas"), units.number, len(part))
    return pd.DataFrame(fields)


def _passes(
    part: pd.DataFrame, plain: pd.DataFrame, options: Options, left_out: Counter[str]
) -> np.ndarray:
    """(N,) rows that stay; every other counts under the first reason against it."""
    n = len(part)
    reasons = {
        f"signature: other perturbation than {', '.join(options.kinds)}": ~_is(
            part, "kind", set(options.kinds)
        )
        if "kind" in part
        else np.zeros(n, bool),
        "signature: no cell line named": (plain["cell"] == "").to_numpy(),
    }
    if options.qc:
        reasons["signature: failed quality control (qc_pass)"] = (
            _numbers(part.get("qc"), units.flag, n) == 0
        )
    if options.gold:
        reasons["signature: neither gold nor of high quality"] = ~(
            _numbers(part.get("gold"), units.flag, n) == 1
        )
    if options.min_tas > 0:
        reasons[f"signature: TAS below {options.min_tas:g} or unknown"] = ~(
            plain["tas"].to_numpy() >= options.min_tas
        )
    if options.min_replicates > 1:
        reasons[f"signature: fewer than {options.min_replicates} replicates"] = (
            plain["n_replicates"].to_numpy() < options.min_replicates
        )
    keep = np.ones(n, bool)
    for reason, bad in reasons.items():
        left_out[reason] += int((keep & bad).sum())
        keep &= ~bad
    return keep


def _is(part: pd.DataFrame, field: str, wanted: set[str]) -> np.ndarray:
    if field not in part:
        return np.zeros(len(part), bool)
    low = {text.lower() for text in wanted}
    return _numbers(part[field], lambda t: float(t.strip().lower() in low), len(part)) == 1


def _amount(part: pd.DataFrame, field: str, read: Callable[[str, str], float]) -> np.ndarray:
    """The number with its unit, or where it is missing what the text says."""
    values = np.full(len(part), np.nan)
    if field in part:
        unit = part.get(f"{field}_unit")
        if unit is None:
            values = _numbers(part[field], lambda text: read(text, ""), len(part))
        else:
            for said in unit.cat.categories:
                here = (unit == said).to_numpy()
                of_unit = _numbers(part[field], lambda text, u=said: read(text, u), len(part))
                values[here] = of_unit[here]
    text = _numbers(part.get(f"{field}_text"), lambda t: read(t, ""), len(part))
    return np.where(np.isnan(values), text, values)


def _numbers(column: pd.Series | None, read: Callable[[str], float], count: int) -> np.ndarray:
    """(N,) numbers of a column of categories, each category read once; NaN without column."""
    if column is None:
        return np.full(count, np.nan)
    each = np.array([*(read(str(text)) for text in column.cat.categories), np.nan], float)
    return each[column.cat.codes.to_numpy()]


def _mapped_text(column: pd.Series) -> pd.Categorical:
    texts = [str(text).strip() for text in column.cat.categories]
    clean = np.array(["" if units.is_blank(text) else text for text in texts] + [""], object)
    names, codes = np.unique(clean, return_inverse=True)
    return pd.Categorical.from_codes(codes[column.cat.codes.to_numpy()], names.astype(str))


def _prefix(name: str) -> str:
    """The plate map in the ids of L1000: 'CPC006_A549_6H:BRD-...:10' begins with it."""
    return name.split(":")[0] if ":" in name else ""


def _together(rows: list[pd.DataFrame]) -> pd.DataFrame:
    """Blocks below each other, with one set of categories."""
    columns = {}
    for name in rows[0].columns:
        parts = [row[name] for row in rows]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            columns[name] = union_categoricals(parts).remove_unused_categories()
        else:
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
    return pd.DataFrame(columns)
