"""The tables of docs/REPURPOSING.md as Markdown."""

import pandas as pd

from badger_core.export.benchmark_text import figure, table
from badger_core.export.repurposing_tables import RepurposingTables
from badger_core.repurpose.validate_cases import INDICATED, LIBRARY
from badger_core.repurpose.validate_rankers import PRIMARY


def ranker_table(tables: RepurposingTables, category: str, background: str) -> str:
    """One row per ranker; '' where there is none."""
    rows = [
        [
            f"**{row.ranker}**" if row.ranker == PRIMARY else row.ranker,
            row.words,
            str(row.n_diseases),
            spread(row.auroc, row.auroc_low, row.auroc_high),
            spread(row.ef1, row.ef1_low, row.ef1_high, digits=1),
            spread(row.ef5, row.ef5_low, row.ef5_high, digits=1),
            "" if row.ranker == PRIMARY else spread(row.lead, row.lead_low, row.lead_high, True),
        ]
        for row in part(tables.summary, category, background).itertuples()
    ]
    names = ["ranker", "what it is", "diseases", "AUROC", "top 1%", "top 5%", "lead"]
    return table(names, rows, words=2) if rows else ""


def disease_table(tables: RepurposingTables) -> str:
    """One row per disease: the primary ranker, the right signature's place, and the library."""
    own = tables.by_disease[tables.by_disease["ranker"] == PRIMARY]
    library = part(own, "DM", LIBRARY).set_index("doid")
    signatures = tables.signatures[tables.signatures["ranker"] == PRIMARY].set_index("doid")
    rows = []
    for row in part(own, "DM", INDICATED).sort_values("auroc", ascending=False).itertuples():
        place, whole = signatures.loc[row.doid], library.loc[row.doid]
        rows.append(
            [
                row.disease,
                f"{row.n_known} / {row.n_others}",
                spread(row.auroc, row.low, row.high),
                figure(place["others"]),
                f"{place['place']:.0f} of {place['of_signatures']:.0f}",
                spread(whole["auroc"], whole["low"], whole["high"]),
                figure(whole["ef5"], digits=1),
            ]
        )
    names = ["disease", "known / others", "AUROC", "by other diseases' signatures"]
    return table([*names, "place", "AUROC in the whole library", "top 5% there"], rows)


def right_table(tables: RepurposingTables) -> str:
    """One row per ranker of the test of the right disease."""
    rows = [
        [
            name,
            str(each["n_diseases"]),
            figure(each["right"]),
            figure(each["others"]),
            spread_of(each["difference"], signed=True),
            figure(each["p"], digits=4 if each["p"] < 0.01 else 3),
            f"{each['median_place']:g} of {each['of_signatures']}",
        ]
        for name, each in _primary_first(tables.record["right_disease"])
    ]
    names = ["ranker", "diseases", "own signature", "another's", "difference", "p", "place"]
    return table(names, rows)


def not_table(tables: RepurposingTables) -> str:
    """One row per ranker of the comparison with NOT."""
    rows = [
        [
            name,
            f"{each['n_dm']} / {each['n_not']}",
            spread_of(each["auroc"]),
            spread_of(each["within"]),
        ]
        for name, each in _primary_first(tables.record["against_not"])
    ]
    return table(["ranker", "DM / NOT pairs", "AUROC, pooled", "AUROC, within"], rows)


def check_table(tables: RepurposingTables) -> str:
    """One row per check and ranker."""
    first = ~tables.checks["check"].duplicated()
    rows = [
        [
            row.check if begins else "",
            row.ranker,
            str(row.n_diseases),
            spread(row.auroc, row.low, row.high),
        ]
        for row, begins in zip(tables.checks.itertuples(), first, strict=True)
    ]
    return table(["check", "ranker", "diseases", "AUROC"], rows, words=2)


def wide_table(tables: RepurposingTables) -> str:
    """One row per ranker with intervals over drugs and diseases."""
    rows = [
        [
            row["ranker"],
            spread(row["auroc"], row["auroc_low"], row["auroc_high"]),
            ""
            if row["ranker"] == PRIMARY
            else spread(row["lead"], row["lead_low"], row["lead_high"], True),
        ]
        for row in tables.record["leads"]
    ]
    return table(["ranker", "AUROC", "lead"], rows)


def spread(value: float, low: float, high: float, signed: bool = False, digits: int = 3) -> str:
    """A value above its bounds in small letters; null counts as missing."""
    value, low, high = (float("nan") if each is None else each for each in (value, low, high))
    mean = figure(value, signed, digits)
    if low != low or high != high:
        return mean
    return f"{mean}<br><sub>{figure(low, signed, digits)} to {figure(high, signed, digits)}</sub>"


def spread_of(estimate: dict, signed: bool = False) -> str:
    """The same of an estimate in the record."""
    return spread(estimate["value"], estimate["low"], estimate["high"], signed)


def _primary_first(found: dict) -> list[tuple[str, dict]]:
    return sorted(found.items(), key=lambda item: item[0] != PRIMARY)


def part(rows: pd.DataFrame, category: str, background: str) -> pd.DataFrame:
    """Rows of one comparison."""
    return rows[(rows["category"] == category) & (rows["background"] == background)]
