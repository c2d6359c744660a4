"""Compound over lines and line over drugs: order, places, the chosen row, and its words."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from badger_core.cells.catalogue import CellLine
from badger_core.data.bundle import Bundle
from badger_core.errors import ResponseError
from badger_core.response import answer, answer_words
from badger_core.response.answer import CTRP, NCI60, Standing, ranked, standings

_NAN = float("nan")


class Mol(NamedTuple):
    """What is asked of a molecule here."""

    ik14: str


class Model:
    """Three lines: two of CTRP v2, one of NCI-60; any other line is answered by 7.5 and nothing."""

    def of_drug(self, molecule: Mol, lines: list | None = None) -> pd.DataFrame:
        rows = [("a", CTRP, 12.0), ("b", CTRP, 9.0), ("a", NCI60, 0.2), ("c", NCI60, 0.7)]
        if lines is not None:
            rows = [(line.key, CTRP, 7.5) for line in lines]
        return _frame(rows).assign(cell=[row[0] for row in rows], lineage="")

    def of_line(self, line: object, drugs: object = None) -> pd.DataFrame:
        rows = [("x", CTRP, 12.0), ("y", CTRP, 9.0)]
        return _frame(rows).assign(
            **{"name": ["x", "y"], "ik14": ["X", "Y"], "mechanism": "", "cell": "", "lineage": ""}
        )


def _frame(rows: list) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["line", "screen", "predicted"])
    return table.assign(
        display_name=table["line"],
        low=table["predicted"] - 1,
        high=table["predicted"] + 1,
        measured=_NAN,
        drug_specific=-0.5,
        confidence="fair",
        basis="new drug",
        nearest_drug="z",
        likeness=0.4,
    )


def line(name: str, basal: np.ndarray | None) -> CellLine:
    """A line without annotation."""
    return CellLine(name, name.upper(), "", "", "", "", "l1000", basal)


def test_low_auc_and_high_probability_come_first() -> None:
    table = ranked(Model().of_drug(Mol("")).assign(chosen=False))
    assert list(zip(table["screen"], table["line"], table["rank"], table["of"], strict=True)) == [
        (CTRP, "b", 1, 2),
        (CTRP, "a", 2, 2),
        (NCI60, "c", 1, 2),
        (NCI60, "a", 2, 2),
    ]


def test_a_line_of_the_screens_is_marked_and_no_other_row_comes(bundle: Bundle) -> None:
    basal = bundle.cells.basal("A375")
    table = answer.across_lines(Model(), Mol(""), line("a", basal), bundle.cells)
    assert table.loc[table["chosen"], "line"].tolist() == ["a", "a"]
    assert len(table) == 4
    found = standings(table)
    assert list(found) == [CTRP, NCI60]
    assert (found[CTRP].rank, found[CTRP].of, found[CTRP].predicted) == (2, 2, 12.0)


def test_another_line_comes_beside_with_its_own_place(bundle: Bundle) -> None:
    own = line("upload:1", bundle.cells.basal("A375"))
    table = answer.across_lines(Model(), Mol(""), own, bundle.cells)
    assert len(table) == 5
    assert table["display_name"][table["chosen"]].tolist() == ["UPLOAD:1"]
    assert standings(table)[CTRP].rank == 1
    assert standings(table)[CTRP].of == 3
    share = table.loc[table["screen"] == CTRP].set_index("display_name")["percent"]
    assert share.to_dict() == {"UPLOAD:1": 100.0, "b": 50.0, "a": 0.0}


def test_the_compound_is_marked_among_the_drugs(bundle: Bundle) -> None:
    own = line("a", bundle.cells.basal("A375"))
    table = answer.across_drugs(Model(), own, bundle.cells, Mol("X"))
    assert table["name"].tolist() == ["y", "x"]
    assert table["chosen"].tolist() == [False, True]


def test_an_own_line_over_drugs_has_the_name_that_it_was_given(bundle: Bundle) -> None:
    own = line("upload:1", bundle.cells.basal("A375"))
    table = answer.across_drugs(Model(), own, bundle.cells)
    assert set(table["display_name"]) == {"UPLOAD:1"}
    assert set(table["cell"]) == {"upload:1"}


def test_a_line_without_expression_says_what_to_do(bundle: Bundle) -> None:
    with pytest.raises(ResponseError, match="upload its expression"):
        answer.across_drugs(Model(), line("a", None), bundle.cells)


def standing(**changes: object) -> Standing:
    """One of CTRP v2 with some fields changed."""
    usual = Standing(CTRP, 8.94, 7, 10.2, _NAN, 5, 632, -1.2, "fair", "", "z", 0.62, "a", 0.9)
    return usual._replace(**changes)


def test_the_headline_says_what_was_measured_first() -> None:
    assert answer_words.headline(standing()) == (
        "predicted AUC 8.9 (80% interval 7.0 to 10.2), place 5 of 632 lines"
    )
    assert answer_words.headline(standing(measured=9.21)).startswith(
        "measured AUC 9.2, predicted AUC 8.9"
    )
    nci60 = standing(screen=NCI60, predicted=0.834, measured=0.0)
    assert answer_words.headline(nci60) == (
        "measured resistant, predicted 83% sensitive, place 5 of 632 lines"
    )


def test_a_part_below_zero_kills_more_by_auc_and_less_by_probability() -> None:
    assert answer_words.specific_words(standing()).startswith("Kills this line more")
    assert answer_words.specific_words(standing(screen=NCI60)).startswith("Kills this line less")
    assert answer_words.specific_number(standing()) == "-1.20 AUC"
    assert answer_words.specific_number(standing(screen=NCI60, drug_specific=0.12)) == "+12 points"
    assert "not known" in answer_words.specific_words(standing(drug_specific=_NAN))


@pytest.mark.parametrize(
    ("likeness", "said"),
    [
        *((1.0, "the compound is another"), (0.6, "close"), (0.4, "in parts")),
        *((0.1, "care"), (_NAN, "low")),
    ],
)
def test_likeness_in_words(likeness: float, said: str) -> None:
    assert said in answer_words.drug_words(standing(likeness=likeness))


def test_only_a_drug_of_the_screen_was_tested_itself() -> None:
    for basis in ("known drug", "measured pair"):
        known = standing(likeness=1.0, basis=basis)
        assert answer_words.drug_words(known) == "tested itself"
    twin = standing(likeness=1.0, basis="new drug")
    assert "tested itself" not in answer_words.drug_words(twin)


def test_samples_that_disagree_are_neither_sensitive_nor_resistant() -> None:
    words = [answer_words.measured_class(value) for value in (1.0, 0.0, 0.5, _NAN)]
    assert words == ["sensitive", "resistant", "mixed", ""]
    mixed = standing(screen=NCI60, measured=0.5)
    assert answer_words.headline(mixed).startswith("measured mixed")
