"""Result tables that are missing or damaged are named, with the remedy."""

from pathlib import Path

import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.export.benchmark_tables import read_tables
from tests.export.benchmark_case import write_tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tables(tmp_path / "tables")


@pytest.mark.parametrize("name", ["results", "differences", "replicates"])
def test_a_missing_table_is_named_with_its_remedy(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink()
    with pytest.raises(
        SettingError, match=rf"no table '.*{name}\.csv'\. Write it by `badger bench"
    ):
        read_tables(folder)


@pytest.mark.parametrize(
    ("name", "column"), [("results", "ci_low"), ("by_line", "spearman"), ("calibration", "ece")]
)
def test_a_missing_column_is_named(folder: Path, name: str, column: str) -> None:
    path = folder / f"{name}.csv"
    pd.read_csv(path).drop(columns=column).to_csv(path, index=False)
    with pytest.raises(SettingError, match=f"has no column '{column}'"):
        read_tables(folder)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "cannot be read"), ("a,b\n1,2,3\n4", "cannot be read|no column"), (None, "is no number")],
)
def test_damaged_tables_are_refused(folder: Path, text: str | None, reason: str) -> None:
    path = folder / "results.csv"
    if text is None:
        text = path.read_text("utf-8").replace(",0.14,", ",x,")
    path.write_text(text, "utf-8")
    with pytest.raises(SettingError, match=reason):
        read_tables(folder)


def test_tables_without_rows_and_counts_without_numbers_are_refused(folder: Path) -> None:
    path = folder / "results.csv"
    whole = pd.read_csv(path)
    whole.assign(folds=None).to_csv(path, index=False)
    with pytest.raises(SettingError, match=r"'folds' .* is no number"):
        read_tables(folder)
    whole.head(0).to_csv(path, index=False)
    with pytest.raises(SettingError, match="has no rows"):
        read_tables(folder)
