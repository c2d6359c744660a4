"""Workbooks: the numbers that a person sees, or a sentence; bombs are not unpacked."""

import io
from collections.abc import Callable
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from badger_core.cells.expression_table import ExpressionTable
from badger_core.data.expression_file import read_expression_file
from badger_core.data.expression_file_excel import sheet_titles
from badger_core.data.signature_file import SignatureFile
from badger_core.data.signature_file_choices import Choices, choices
from badger_core.data.workbook_cells import read_cells
from badger_core.data.workbook_sheets import open_book
from badger_core.errors import BadgerError
from tests.hostile.tables import frames, rows_of
from tests.hostile.trial import attempt, made_up, refused
from tests.hostile.workbooks import (
    SHEET,
    by_hand,
    parts_of,
    saved,
    with_part,
)

KIND, NAME = "expression XLSX", "mine.xlsx"
ROWS = [["gene", "a", "b"], ["TP53", 5.25, 7.75], ["FOS", 6.5, 1.5], ["JUN", 0.125, 2]]
VALUES = [[5.25, 7.75], [6.5, 1.5], [0.125, 2.0]]
BY_HAND = by_hand(ROWS)
PART = parts_of(BY_HAND)[SHEET].decode()


def read(content: bytes, sheet: str | None = None) -> ExpressionTable | BadgerError:
    return attempt(KIND, lambda: read_expression_file(content, NAME, sheet), NAME)


def table(content: bytes, sheet: str | None = None) -> ExpressionTable:
    found = read(content, sheet)
    assert isinstance(found, ExpressionTable), found
    return found


_CELL = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False, width=32).filter(lambda x: str(x) != "-0.0"),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Co", "Cn")), max_size=8)
    .map(str.strip)
    .filter(lambda text: not text.startswith("=") and "_x" not in text),
)


@made_up
@given(st.lists(st.lists(_CELL, min_size=1, max_size=5), min_size=1, max_size=8))
def test_cells_are_those_that_openpyxl_reads(rows: list[list[object]]) -> None:
    content = saved(rows)
    book = open_book(content, NAME)
    found = read_cells(book, book.sheets[0])
    page = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    grid = [[_as_text(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    used = [at for at in range(page.max_column) if any(row[at] for row in grid)]
    expected = {
        at: [row[c] for c in used] for at, row in enumerate(grid, 1) if any(row[c] for c in used)
    }
    got = {
        at: row + [""] * (len(used) - len(row))
        for at, row in zip(found.numbers, found.rows, strict=True)
    }
    assert got == expected


def _as_text(cell: object) -> str:
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).strip()


@made_up
@given(frames(), st.booleans())
def test_a_table_is_read_to_its_numbers(frame: pd.DataFrame, hand: bool) -> None:
    found = table(by_hand(rows_of(frame)) if hand else saved(rows_of(frame)))
    exact = 0 if hand else 1e-15  # openpyxl writes 16 digits
    np.testing.assert_allclose(found.values, frame.to_numpy(), rtol=exact)
    assert next(iter(found.row_names.values())) == list(frame.index)
    assert found.warnings == ()


@made_up
@given(st.data(), st.sampled_from(sorted(parts_of(BY_HAND))))
def test_a_damaged_part(data: st.DataObject, path: str) -> None:
    part = parts_of(BY_HAND)[path]
    at = data.draw(st.integers(0, len(part)))
    put = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from((b"<", b"</v>", b"&x;"))))
    read(with_part(BY_HAND, path, part[:at] + put + part[at + data.draw(st.integers(0, 9)) :]))


@made_up
@given(st.data())
def test_a_damaged_archive(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(BY_HAND) - 1))
    value = data.draw(st.integers(0, 255))
    found = read(BY_HAND[:at] + bytes([value]) + BY_HAND[at + 1 :])
    if isinstance(found, ExpressionTable):  # the checksums of the archive guard its numbers
        assert found.values.tolist() == VALUES
    read(BY_HAND[:at])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda book: book["s1"].merge_cells("B3:B4"),
            "1 groups of cells are merged (the first: row 3)",
        ),
        (
            lambda book: book["s1"].cell(3, 2, "=B2*2"),
            "1 formulas have no saved result and count as gaps (the first: B3)",
        ),
        (
            lambda book: book["s1"].cell(3, 2, "#REF!"),
            "Cells with an error of a spreadsheet count as gaps (1): '#REF!' (row 3, a)",
        ),
        (lambda book: book["s1"].cell(3, 2, datetime(2024, 5, 25)), "'25-May' (row 3, a)"),
        (lambda book: book["s1"].cell(3, 2, "5,25.1"), "'5,25.1' (row 3, a)"),
        (
            lambda book: setattr(book["s1"].row_dimensions[3], "hidden", True),
            "1 hidden or filtered rows",
        ),
    ],
)
def test_what_the_cells_alone_do_not_tell_is_said(
    change: Callable[[Workbook], None], said: str
) -> None:
    found = table(saved(ROWS, change=change))
    assert said in " ".join(found.warnings)
    same = np.ones((3, 2), bool)
    same[1:, 0] = False
    np.testing.assert_array_equal(found.values[same], np.array(VALUES)[same])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_taken_for_the_first(state: str) -> None:
    def hide(book: Workbook) -> None:
        book["s1"].sheet_state = state

    content = saved([["gene", "a"], ["TP53", 99]], ROWS, change=hide)
    found = table(content)
    assert found.values.tolist() == VALUES
    assert "the first of 2 sheets, 1 hidden" in found.details
    assert table(content, "s1").values.tolist() == [[99]]


def test_a_first_sheet_without_a_table_names_the_others() -> None:
    content = saved([["notes"]], ROWS)
    refused(
        KIND, lambda: read_expression_file(content, NAME), NAME, "the sheet 's1'", "another: s2"
    )
    refused(
        KIND, lambda: read_expression_file(content, NAME, "x"), NAME, "no sheet 'x'", "are: s1, s2"
    )
    assert table(content, "s2").values.tolist() == VALUES


def test_titles_above_the_table_may_be_merged() -> None:
    content = saved([["Table S1"], [], *ROWS], change=lambda book: book["s1"].merge_cells("A1:C1"))
    assert table(content).warnings == ()


def test_dates_among_the_genes_are_told_from_both_calendars() -> None:
    rows = [["gene", "a"], [datetime(2024, 9, 2), 1.5], ["FOS", 2.5]]
    for epoch in (datetime(1899, 12, 30), datetime(1904, 1, 1)):

        def count_from(book: Workbook, epoch: datetime = epoch) -> None:
            book.epoch = epoch

        found = table(saved(rows, change=count_from))
        assert found.row_names["gene"] == ["2-Sep", "FOS"]


@pytest.mark.parametrize(
    "sheet",
    [
        PART.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
        PART.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'),
        PART.replace("<worksheet ", "<x:worksheet xmlns:x='urn:x' "),
        PART.replace('r="2"', ""),
    ],
    ids=["dimension", "far empty cell", "wrong root", "row without number"],
)
def test_what_lies_beside_the_cells_does_not_matter(sheet: str) -> None:
    if "x:worksheet" in sheet:
        sheet = sheet.replace("</worksheet>", "</x:worksheet>")
    assert table(with_part(BY_HAND, SHEET, sheet)).values.tolist() == VALUES


def test_titles_of_sheets() -> None:
    assert sheet_titles(saved(ROWS, ROWS), NAME) == ("s1", "s2")
    assert choices([SignatureFile(saved(ROWS, ROWS), NAME)]) == Choices(("a", "b"), ("s1", "s2"))
