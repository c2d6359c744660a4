"""What speaks for a compound of a list of hypotheses and what against it, in sentences."""

from typing import NamedTuple

import pandas as pd

from badger_core.repurpose.controls import DRUG_FREE, INERT
from badger_core.repurpose.indications import KNOWN, NEW, NOT
from badger_core.repurpose.next_experiments import (
    LEAST_PERCENTILE,
    MOST_PROMISCUOUS,
    sign_tells,
)
from badger_core.repurpose.promiscuity import SHARE

_HALF, _MOST = 0.5, 1.0


class Reasons(NamedTuple):
    """Sentences."""

    favour: tuple[str, ...]
    against: tuple[str, ...]


def reasons(row: pd.Series, table: pd.DataFrame) -> Reasons:
    """Why a compound may be worth a look, and why not.

    Args:
        row: of the compound, in the table of `hypotheses.Hypotheses`.
        table: all of it, for what the row without a drug reaches.
    """
    favour, against = [], []
    percentile = float(row["percentile"])
    place = f"Reverses more than {_below_100(percentile)}% of the library"
    if row["score"] >= 0:
        against.append("Is not predicted to reverse the disease: its score is not below 0.")
    else:
        (favour if percentile >= LEAST_PERCENTILE else against).append(f"{place}.")
    _lines(row, table, favour, against)
    free = table.loc[table["control"] == DRUG_FREE, "percentile"]
    if len(free) and percentile <= float(free.iat[0]):
        against.append(
            "Stands no higher than the lines' mean prediction, which is the effect of no drug."
        )
    _promiscuity(row, favour, against)
    if row["known"] in KNOWN:
        favour.append(f"Is {row['known']}: {row['known_source']}. So it is no new use.")
    elif row["known"] == NOT:
        against.append(f"Was judged to be no indication ({row['known_source']}).")
    elif row["known"] == NEW:
        favour.append("Is new: neither PharmacotherapyDB nor the Repurposing Hub has the pair.")
    if row["control"] == INERT:
        against.append(
            "Is a negative control: the models predict nearly nothing of its own, so its place is "
            "what every compound does in these lines."
        )
    for what, name in (("structure", "domain_structure"), ("line", "domain_line")):
        if row[name] in ("edge", "outside"):
            where = "at the edge of" if row[name] == "edge" else "outside"
            against.append(f"Its {what} lies {where} what the models were judged on.")
    return Reasons(tuple(favour), tuple(against))


def _lines(row: pd.Series, table: pd.DataFrame, favour: list[str], against: list[str]) -> None:
    n_lines, share = int(row["n_lines"]), row["agreement"]
    free = table[table["control"] == DRUG_FREE]
    if n_lines == 1:
        against.append("Was asked in one line only, so agreement over lines is untested.")
    elif not sign_tells(table.loc[table["control"] != DRUG_FREE, "score"]):
        names = [name for name in table if name.startswith("score_")]
        if len(free) and names:
            count = sum(row[name] < free[name].iat[0] for name in names)
            said = f"than the lines' mean response, no drug, in {count} of {n_lines} lines."
            if count == n_lines:
                favour.append(f"Stronger {said}")
            else:
                against.append(f"Stronger {said[:-1]} only.")
    elif pd.notna(share):
        said = f"{round(float(share) * n_lines)} of {n_lines} lines agree in sign."
        (favour if share >= _MOST else against).append(said)


def _promiscuity(row: pd.Series, favour: list[str], against: list[str]) -> None:
    if pd.isna(row["promiscuity"]) or pd.isna(row["of_diseases"]):
        return
    count, of = int(row["promiscuity"]), int(row["of_diseases"])
    said = (
        f"Stands among the most reversing {100 * SHARE:.0f}% for {count} of {of} diseases "
        f"(by chance {SHARE * of:.1f})"
    )
    if count > MOST_PROMISCUOUS * of:
        against.append(f"{said}: it seems to reverse a good deal of everything.")
    elif count <= _HALF * MOST_PROMISCUOUS * of:
        favour.append(f"{said}: it is rather particular.")
    else:
        against.append(f"{said}: more than chance.")


def _below_100(percentile: float) -> str:
    """Never 100: the first of a list does not reverse more than itself."""
    return "99.9" if percentile > 99.9 else f"{percentile:.1f}"
