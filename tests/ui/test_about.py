"""The benchmark on the page About: figures, the switch, and tables that are missing."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from badger_core.ui import about
from tests.export.benchmark_case import GAINS, write_tables


@pytest.fixture
def page(app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    """The page About, not yet run, with result tables that lie in `tmp_path`."""
    monkeypatch.setattr(about, "benchmark_dir", lambda: tmp_path)
    return app.run().switch_page("pages/about.py")


def shown(app: AppTest) -> pd.DataFrame:
    return app.table[0].value


def test_every_split_has_its_verdict(page: AppTest, tmp_path: Path) -> None:
    write_tables(tmp_path)
    app = page.run()
    assert not app.exception
    table = shown(app)
    assert len(table) == 3 * len(GAINS)
    assert list(dict.fromkeys(table["split"])) == list(GAINS)
    spearman = table[table["metric"] == "Spearman"]
    assert spearman["verdict"].tolist() == ["ahead", "level", "behind"]
    assert spearman["reference"].tolist() == [".400 (bound)"] * 3
    assert spearman["BADGER"].tolist() == [".160", ".140", ".120"]


def test_the_switch_shows_the_active_third(page: AppTest, tmp_path: Path) -> None:
    write_tables(tmp_path)
    page.session_state["about_conditions"] = "active"  # a test client loses clicks past the door
    app = page.run()
    assert not app.exception
    assert app.radio(key="about_conditions").value == "active"
    assert shown(app)["BADGER"].tolist()[0] == ".260"
    assert shown(app)["reference"].tolist()[0] == ".600 (bound)"


def test_missing_tables_are_said_to_be_missing(page: AppTest) -> None:
    app = page.run()
    assert not app.exception
    assert not app.error
    said = app.info[0].value.replace("\\", "")
    assert "no benchmark results" in said
    assert "badger benchmark" in said


def test_a_damaged_optional_table_does_no_harm(page: AppTest, tmp_path: Path) -> None:
    write_tables(tmp_path)
    (tmp_path / "faithfulness.csv").write_text("nothing")
    assert len(shown(page.run())) == 3 * len(GAINS)
