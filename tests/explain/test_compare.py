"""Rankings side by side: alignment by gene, contrasts, overlaps and correlations, by hand."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from badger_core.errors import SettingError
from badger_core.explain.compare import (
    MOST,
    Comparison,
    ask_all,
    compare,
    compounds_that_fit,
    contrast,
)
from badger_core.explain.compare_measures import (
    correlations,
    leaning,
    leaning_words,
    overlap_counts,
    overlap_p,
    overlap_table,
    shared_genes,
    tops,
    wide_table,
)
from badger_core.predict.ranking import Ranking

SYMBOLS = ("A", "B", "C", "D", "E")


@dataclass(frozen=True)
class Line:
    name: str
    display_name: str


def asked(name: str) -> SimpleNamespace:
    return SimpleNamespace(name=name, text=name, molecule=SimpleNamespace(ik14=name.upper()))


def ranking(scores: list[float]) -> Ranking:
    """A ranking of five genes, given in the order A to E and handed over by falling score."""
    table = pd.DataFrame({"symbol": SYMBOLS, "entrez": range(1, 6), "score": scores})
    table = table.sort_values("score", ascending=False, ignore_index=True)
    return Ranking(table.assign(rank=range(1, 6)), {"compound": {}, "cell": {}})


def side_by_side(scores: dict[tuple[str, str], list[float]]) -> Comparison:
    questions = [(asked(compound), Line(cell.lower(), cell)) for compound, cell in scores]
    return compare([ranking(s) for s in scores.values()], questions)


@pytest.fixture
def four() -> Comparison:
    """Two compounds in two lines."""
    return side_by_side(
        {
            ("x", "K"): [5, 4, 3, 2, 1],
            ("x", "L"): [5, 4, 3, 1, 2],
            ("y", "K"): [1, 2, 3, 4, 5],
            ("y", "L"): [2, 1, 3, 4, 5],
        }
    )


def test_genes_are_aligned_by_id_whatever_the_order_of_a_ranking(four: Comparison) -> None:
    assert four.labels == ["x · K", "x · L", "y · K", "y · L"]
    assert four.genes["symbol"].tolist() == list(SYMBOLS)
    assert four.scores[2].tolist() == [1, 2, 3, 4, 5]
    assert four.ranks[0].tolist() == [1, 2, 3, 4, 5]
    assert four.ranks[3].tolist() == [4, 5, 3, 2, 1]
    assert four.ranking(3)["symbol"].tolist() == ["E", "D", "C", "A", "B"]


def test_rankings_of_other_genes_are_refused() -> None:
    other = ranking([1, 2, 3, 4, 5])
    other = Ranking(other.table.assign(entrez=other.table["entrez"] + 1), other.manifest)
    questions = [(asked("x"), Line("k", "K")), (asked("y"), Line("k", "K"))]
    with pytest.raises(SettingError, match="different genes"):
        compare([ranking([1, 2, 3, 4, 5]), other], questions)
    with pytest.raises(SettingError, match="nothing to compare"):
        compare([], [])


def test_labels_that_would_stand_twice_get_a_number() -> None:
    questions = [(asked("x"), Line("k", "K")), (asked("x"), Line("k2", "K"))]
    found = compare([ranking([1, 2, 3, 4, 5])] * 2, questions)
    assert found.labels == ["x · K", "x · K (2)"]


def test_every_pair_is_asked_once_and_told() -> None:
    told, seen = [], []

    def ask(compound: SimpleNamespace, line: Line) -> Ranking:
        seen.append((compound.name, line.name))
        return ranking([1, 2, 3, 4, 5])

    lines = [Line("k", "K"), Line("l", "L"), Line("k", "K")]
    found = ask_all(ask, [asked("x"), asked("y"), asked("x")], lines, lambda *n: told.append(n))
    assert seen == [("x", "k"), ("x", "l"), ("y", "k"), ("y", "l")]
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert len(found) == 4


def test_too_many_rankings_are_refused_before_any_is_made() -> None:
    lines = [Line(str(i), str(i)) for i in range(12)]
    with pytest.raises(SettingError, match=f"48 rankings; at most {MOST}"):
        ask_all(lambda *_: pytest.fail("asked"), [asked(c) for c in "wxyz"], lines)
    assert compounds_that_fit(12, 12) == 3
    assert compounds_that_fit(2, 12) == 2
    assert compounds_that_fit(12, 1) == 12


def test_a_contrast_is_what_the_line_does_not_explain(four: Comparison) -> None:
    own = contrast(four)
    assert own.is_contrast
    assert own.scores[0].tolist() == [2, 1, 0, -1, -2]
    assert own.scores[2].tolist() == [-2, -1, 0, 1, 2]
    for line in ("k", "l"):
        rows = (own.pairs["line"] == line).to_numpy()
        assert own.scores[rows].sum(axis=0) == pytest.approx(0)


def test_lines_with_one_compound_take_no_part_in_a_contrast() -> None:
    found = side_by_side(
        {
            ("x", "K"): [5, 4, 3, 2, 1],
            ("y", "K"): [1, 2, 3, 4, 5],
            ("x", "L"): [1, 1, 1, 1, 2],
        }
    )
    assert contrast(found).labels == ["x · K", "y · K"]
    with pytest.raises(SettingError, match="at least two compounds"):
        contrast(side_by_side({("x", "K"): [5, 4, 3, 2, 1], ("x", "L"): [5, 4, 3, 2, 1]}))


def test_correlations_are_scipys(four: Comparison) -> None:
    found = correlations(four)
    assert np.diag(found) == pytest.approx(1)
    assert found == pytest.approx(found.T)
    assert found[0, 3] == pytest.approx(spearmanr(four.scores[0], four.scores[3]).statistic)
    assert found[0, 1] == pytest.approx(0.9)
    assert found[0, 2] == pytest.approx(-1)


def test_leaning_parts_the_twos_by_what_they_share(four: Comparison) -> None:
    found = leaning(four)
    assert (found.n_same_line, found.n_same_compound, found.n_neither) == (2, 2, 2)
    assert found.same_compound == pytest.approx(0.9)
    assert found.same_line == pytest.approx((-1 - 0.8) / 2)
    assert "leans on the compound" in leaning_words(four)
    assert "same compound 0.90 (n = 2)" in leaning_words(four)


def test_words_follow_the_numbers() -> None:
    by_line = side_by_side(
        {
            ("x", "K"): [5, 4, 3, 2, 1],
            ("x", "L"): [1, 2, 3, 4, 5],
            ("y", "K"): [5, 4, 3, 1, 2],
            ("y", "L"): [1, 2, 3, 5, 4],
        }
    )
    assert "leans on the line" in leaning_words(by_line)
    assert "by construction" in leaning_words(contrast(by_line))
    one = side_by_side({("x", "K"): [5, 4, 3, 2, 1]})
    assert "There is one ranking" in leaning_words(one)
    two = side_by_side({("x", "K"): [5, 4, 3, 2, 1], ("y", "K"): [5, 4, 3, 2, 1]})
    assert leaning_words(two) == "Mean Spearman between two rankings of the same line 1.00 (n = 1)."
    assert "add a second line" in leaning_words(contrast(two))


def test_the_strongest_genes_and_their_overlap_by_hand(four: Comparison) -> None:
    up, down = tops(four, 2, "up"), tops(four, 2, "down")
    assert up[0].tolist() == [True, True, False, False, False]
    assert down[0].tolist() == [False, False, False, True, True]
    assert not (up & down).any()
    assert up.sum(axis=1).tolist() == [2] * 4
    assert overlap_counts(up).tolist() == [[2, 2, 0, 0], [2, 2, 0, 0], [0, 0, 2, 2], [0, 0, 2, 2]]
    shared = shared_genes(four, 2, "up")
    assert sorted(shared["symbol"]) == ["A", "B", "D", "E"]
    assert shared["n_rankings"].tolist() == [2] * 4
    assert shared.set_index("symbol").at["E", "rankings"] == "y · K; y · L"


@pytest.mark.parametrize(("count", "direction"), [(0, "up"), (6, "up"), (2, "sideways")])
def test_impossible_tops_are_refused(four: Comparison, count: int, direction: str) -> None:
    with pytest.raises(SettingError):
        tops(four, count, direction)


def test_the_p_value_is_counted_by_hand() -> None:
    # Two of 5 genes drawn twice: 10 draws share 2, 1 or 0 genes in 1, 6 and 3 ways.
    assert overlap_p(np.array([0, 1, 2]), 2, 5) == pytest.approx([1.0, 0.7, 0.1])


def test_the_overlap_table_has_each_two_once(four: Comparison) -> None:
    table = overlap_table(four, 2, "up")
    assert len(table) == 6
    assert table["shared"].tolist() == [2, 2, 0, 0, 0, 0]
    assert table["expected"].unique().tolist() == [0.8]
    assert table["p"].iloc[0] == pytest.approx(0.1)


def test_the_wide_table_holds_scores_or_ranks(four: Comparison) -> None:
    table = wide_table(four).set_index("symbol")
    assert table.loc["A", ["x · K", "mean", "range"]].tolist() == [5, 3.25, 4]
    assert table.at["A", "sd"] == pytest.approx(np.std([5, 5, 1, 2]), abs=1e-4)
    assert wide_table(four, "rank").set_index("symbol").at["E", "y · K"] == 1
    with pytest.raises(SettingError, match="score"):
        wide_table(four, "size")
