"""docs/RESPONSE.md says what the tables say, and what was not run."""

import json

import pandas as pd
import pytest

from badger_core.errors import ResponseError
from badger_core.export.response_page import page, read_tables, short, write_page
from badger_core.export.response_tables import goals, of_split, verdict

KEY = {"screen": "nci60", "panel": "nci60", "split": "random", "drawn": "drug"}
COUNTS = {"n_pairs": 14312, "n_folds": 5, "seconds": 1.0}


def row(model: str, metric: str, value: float, **more: object) -> dict:
    """One row of a result table."""
    bounds = {"low": value - 0.01, "high": value + 0.01, "fold_mean": value + 0.002}
    return KEY | COUNTS | bounds | {"model": model, "metric": metric, "value": value} | more


def gap(model: str, metric: str, value: float, reach: float, baseline: bool = True) -> dict:
    """One row of a table of differences."""
    bounds = {"low": value - reach, "high": value + reach}
    return row(model, metric, value) | bounds | {"baseline": baseline, "shipped": "product kernel"}


@pytest.fixture
def folder(tmp_path):
    """Result tables of one split: ahead of the best baseline, within the interval of a third."""
    results = [
        row("product kernel", "auroc", 0.9564),
        row("line mean", "auroc", 0.9191),
        row("gradient boosting", "auroc", 0.9472),
        row("drgt", "auroc", 0.9512),
        row("product kernel", "auroc_within_line", 0.795),
        row("line mean", "auroc_within_line", float("nan"), low=float("nan")),
        row("gradient boosting", "auroc_within_line", 0.79),
    ]
    gaps = [
        gap("line mean", "auroc", 0.037, 0.01),
        gap("gradient boosting", "auroc", 0.009, 0.002),
        gap("drgt", "auroc", 0.005, 0.001, baseline=False),
        gap("gradient boosting", "auroc_within_line", 0.005, 0.02),
        gap("line mean", "auroc_within_line", float("nan"), 0.0),
    ]
    pd.DataFrame(results).to_csv(tmp_path / "response.csv", index=False)
    pd.DataFrame(gaps).to_csv(tmp_path / "response_differences.csv", index=False)
    about = {"nci60_nci60_random": {"n": 14312, "calibration_error": 0.0088}}
    (tmp_path / "predictor.json").write_text(json.dumps({"manifest": about}))
    return tmp_path


def test_the_page_holds_the_figures(folder) -> None:
    text = page(read_tables(folder, folder))
    assert "**product kernel** (shipped) | .956<br><sub>.946 to .966</sub>" in text
    assert "| nci60 nci60, random | AUROC | .956 | .947 (gradient boosting) | +.009" in text
    assert "14,312 pairs" in text
    assert "| nci60 nci60 random | 14,312 | – | – | 0.009 |" in text
    assert "AUROC up to .945" in text
    assert "badger response explain" in text
    assert "nan" not in text


def test_goals_are_counted_and_judged(folder) -> None:
    tables = read_tables(folder, folder)
    said = short(tables)
    assert "(2 comparisons) it is ahead in 1, within the interval in 1 and behind in 0" in said
    assert "drGT, on its pooled metric and 1 splits, it is ahead in 1 and behind in 0" in said
    table = goals(tables.results, tables.differences, tables.shipped)
    assert table.count("ahead |") == 1
    assert table.count("within its interval |") == 1
    assert (verdict(0.1, 0.2), verdict(-0.1, 0.2), verdict(-0.2, -0.1)) == (
        "ahead",
        "within its interval",
        "behind",
    )


def test_the_best_model_stands_first(folder) -> None:
    lines = of_split(
        pd.read_csv(folder / "response.csv"), "nci60", "nci60", "random", "product kernel"
    ).splitlines()
    order = ["**product kernel**", "drgt", "gradient boosting", "line mean"]
    assert [line.split("|")[1].strip().replace(" (shipped)", "") for line in lines[2:]] == order
    assert of_split(pd.read_csv(folder / "response.csv"), "ctrp", "landmark", "random", "") == ""


def test_recovery_is_shown_where_it_was_run(folder) -> None:
    table = pd.DataFrame({"method": ["Tanimoto vote"], "drugs": [186], "recall": [0.3372]})
    table.to_csv(folder / "response_recovery.csv", index=False)
    assert "| Tanimoto vote | 186 | .337 |" in page(read_tables(folder, folder))


def test_the_page_is_written_and_repeats_itself(folder) -> None:
    one = write_page(folder, folder / "page.md").read_text()
    assert one == write_page(folder, folder / "again.md").read_text()


def test_without_tables_it_says_what_to_run(tmp_path) -> None:
    with pytest.raises(ResponseError, match="badger response test"):
        read_tables(tmp_path)
