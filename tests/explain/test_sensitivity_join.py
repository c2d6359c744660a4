"""Genes that drGT and BADGER both point to, by hand."""

import pandas as pd

from badger_core.explain.sensitivity_join import BOTH, ONE, OUTSIDE, join


def ranking() -> pd.DataFrame:
    """Ten genes, A up most."""
    names = list("ABCDEFGHIJ")
    return pd.DataFrame(
        {
            "symbol": names,
            "entrez": range(1, 11),
            "rank": range(1, 11),
            "score": [5 - i for i in range(10)],
            "direction": ["up"] * 5 + ["down"] * 5,
        }
    )


def weighed() -> pd.DataFrame:
    """J by its id under an old name, A by its symbol alone, E in the middle, Z not measured."""
    return pd.DataFrame(
        {
            "symbol": ["OLD_J", "A", "E", "Z", "B"],
            "entrez": [10, 0, 5, 99, 2],
            "rank": [1, 2, 3, 4, 5],
            "score": [0.4, 0.3, 0.2, 0.1, 0.0],
            "z": [4.0, 3.0, 2.0, 1.0, -1.0],
        }
    )


def test_genes_meet_by_id_and_by_symbol_where_there_is_none() -> None:
    found = join(ranking(), weighed(), top=4, moved=1)
    assert found.table["said"].tolist() == [BOTH, BOTH, ONE, OUTSIDE]
    assert found.table["badger_rank"].tolist()[:3] == [10, 1, 5]
    assert found.table["direction"].tolist() == ["down", "up", "up", ""]
    assert found.table["badger_score"].isna().tolist() == [False, False, False, True]
    assert (found.shared, found.both) == (3, 2)
    assert found.luck == 3 * 0.2


def test_the_first_are_taken_in_any_order() -> None:
    shuffled = join(ranking(), weighed().iloc[::-1], top=2, moved=1)
    assert shuffled.table["symbol"].tolist() == ["OLD_J", "A"]
    assert shuffled.table["drgt_rank"].tolist() == [1, 2]


def test_nothing_in_common_is_no_error() -> None:
    found = join(ranking(), weighed().query("symbol == 'Z'"))
    assert (found.shared, found.both, found.luck) == (0, 0, 0)
    assert found.table["said"].tolist() == [OUTSIDE]
