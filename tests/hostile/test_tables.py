"""Expression files as CSV, TSV and GCT: the same numbers, or a sentence that helps."""

import re

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.bundle import Bundle
from badger_core.data.expression_file import read_expression_file
from badger_core.data.expression_file_lines import lines_of_file
from badger_core.errors import BadgerError
from tests.hostile.tables import GENES, NASTY, Written, damaged, frames, written
from tests.hostile.trial import attempt, made_up

CSV, GCT = "expression CSV", "expression GCT"


def read(content: bytes, kind: str = CSV, name: str = "mine.csv") -> ExpressionTable | BadgerError:
    return attempt(kind, lambda: read_expression_file(content, name), name)


def upright(table: ExpressionTable) -> pd.DataFrame:
    """Genes in rows."""
    for texts in table.row_names.values():
        if set(texts) & set(GENES):
            return pd.DataFrame(table.values, texts, table.column_names["header"])
    names = next(iter(table.row_names.values()))
    return pd.DataFrame(table.values.T, table.column_names["header"], names)


@made_up
@given(written())
def test_the_numbers_are_the_same_however_they_are_written(file: Written) -> None:
    found = read(file.content)
    assert isinstance(found, ExpressionTable), f"{file.how}: {found}"
    pd.testing.assert_frame_equal(upright(found), file.frame, check_names=False, check_exact=True)
    threes = all("three digits" in text for text in found.warnings)
    assert not found.warnings or (threes and len(found.warnings) == 1), (file.how, found.warnings)


@made_up
@given(st.data(), frames(4), st.sampled_from(NASTY))
def test_a_strange_cell_changes_no_other_and_is_told(
    data: st.DataObject, frame: pd.DataFrame, nasty: str
) -> None:
    row = data.draw(st.integers(0, len(frame) - 1))
    column = data.draw(st.integers(0, len(frame.columns) - 1))
    cells = frame.astype(str)
    cells.iloc[row, column] = nasty
    found = read(cells.to_csv(sep="\t").encode())
    assert isinstance(found, ExpressionTable), found
    got = upright(found).to_numpy()
    same = np.ones(frame.shape, bool)
    same[row, column] = False
    others = frame.to_numpy()[same]
    if nasty == "1.234,5" and "points between thousands" in found.details:
        threes = (re.fullmatch(r"\d{1,3}(\.\d{3})+", text) for text in cells.to_numpy()[same])
        assert all(threes)  # so that 1.751 beside it is 1751, as where commas are decimal
        others = (others * 1000).round()
    np.testing.assert_array_equal(got[same], others)
    meant = {
        "5,25": 5.25, "1,234": 1234, "1.234,5": 1234.5, "1 234": 1234, "\u22125.5": -5.5,
        "5\u00a0": 5, "44256": 44256, "inf": np.inf, "-Inf": -np.inf, "1e400": np.inf,
    }  # fmt: skip
    np.testing.assert_equal(got[row, column], meant.get(nasty, np.nan))
    silent = {"NaN", "NA", "", "--", "\x0c", "44256", "1 234", "\u22125.5", "5\u00a0"}
    told = f"line {row + 2}" in " ".join(found.warnings) or "'" in " ".join(found.details)
    assert told or nasty in silent or "," in nasty, (found.warnings, found.details)
    assert "," not in nasty or found.warnings or "commas" in " ".join(found.details[1:])


@made_up
@given(st.data(), written())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject, file: Written) -> None:
    read(data.draw(damaged(file.content)))


@made_up
@given(st.data(), frames(4))
def test_a_line_lost_or_doubled_changes_no_other(data: st.DataObject, frame: pd.DataFrame) -> None:
    lines = frame.to_csv().encode().splitlines()
    at = data.draw(st.integers(1, len(lines) - 1))
    twice = data.draw(st.booleans())
    lines[at : at + 1] = [lines[at]] * (2 if twice else 0)
    found = read(b"\n".join(lines))
    assert isinstance(found, ExpressionTable), found
    rows = list(range(len(frame)))
    rows[at - 1 : at] = [at - 1] * (2 if twice else 0)
    np.testing.assert_array_equal(upright(found).to_numpy(), frame.to_numpy()[rows])


@made_up
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    read(content)


@made_up
@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=8), st.sampled_from(",;\t| "))
def test_any_texts(bundle: Bundle, rows: list[list[str]], sign: str) -> None:
    content = "\n".join(sign.join(row) for row in rows).encode("utf-8", "ignore")
    attempt(CSV, lambda: lines_of_file(content, bundle, "mine.csv"), "mine.csv")


@made_up
@given(st.data(), st.sampled_from(("#1.2", "#1.3")), frames())
def test_a_damaged_gct(data: st.DataObject, version: str, frame: pd.DataFrame) -> None:
    content = gct(frame, version)
    whole = read(content, GCT, "mine.gct")
    assert isinstance(whole, ExpressionTable), whole
    np.testing.assert_array_equal(whole.values, frame.to_numpy())
    broken = read(data.draw(damaged(content)), GCT, "mine.gct")
    if isinstance(broken, ExpressionTable) and broken.form.startswith("GCT"):
        assert broken.values.shape == frame.shape


def gct(frame: pd.DataFrame, version: str = "#1.2") -> bytes:
    size = f"{len(frame)}\t{len(frame.columns)}" + ("\t1\t0" if version == "#1.3" else "")
    lines = [version, size, "\t".join(["id", "Description", *frame.columns])]
    lines += [
        "\t".join([gene, "na", *map(str, row)])
        for gene, row in zip(frame.index, frame.to_numpy().tolist(), strict=True)
    ]
    return "\n".join(lines).encode() + b"\n"
