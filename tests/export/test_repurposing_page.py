"""docs/REPURPOSING.md says what its tables say, and was written from the committed ones."""

from pathlib import Path

import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.export.repurposing_page import TEXTS, page
from badger_core.export.repurposing_pictures import pictures
from badger_core.export.repurposing_sections import spread
from badger_core.export.repurposing_tables import read_repurposing, saved_result
from badger_core.paths import ROOT, benchmark_dir
from badger_core.plots.repurposing_dots import areas
from badger_core.repurpose.validate_cases import INDICATED
from badger_core.repurpose.validate_rankers import PRIMARY
from badger_core.repurpose.validate_report import FILES, RECORD

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def tables():
    return read_repurposing(benchmark_dir())


def test_the_committed_page_is_that_of_the_committed_tables(tables) -> None:
    texts = {name: (DOCS / "repurposing" / f"{name}.md").read_text("utf-8") for name in TEXTS}
    assert page(tables, texts, "repurposing") == (DOCS / "REPURPOSING.md").read_text("utf-8")
    for picture in pictures(tables):
        drawn = areas(picture.title, picture.table, picture.key)
        assert drawn == (DOCS / "repurposing" / picture.file).read_text("utf-8")


def test_the_record_agrees_with_the_tables(tables) -> None:
    own = tables.by_disease
    own = own[(own["category"] == "DM") & (own["background"] == INDICATED)]
    own = own[own["ranker"] == PRIMARY]
    assert (own["n_known"] >= 5).all()
    primary = tables.record["primary"]
    assert primary["auroc"] == pytest.approx(own["auroc"].mean(), abs=1e-4)
    assert primary["n_diseases"] == len(own)
    assert primary["n_pairs"] == own["n_known"].sum()
    assert primary["redrawn"]["auroc_low"] <= primary["low"]  # drugs drawn too: wider
    right = tables.record["right_disease"][PRIMARY]
    signatures = tables.signatures[tables.signatures["ranker"] == PRIMARY]
    assert right["right"] == pytest.approx(signatures["right"].mean(), abs=1e-4)
    assert f"{primary['auroc']:.2f}" in tables.record["sentence"]


def test_the_predictions_are_the_shipped_ones(tables) -> None:
    import json

    from badger_core.paths import predictions_dir

    manifest = json.loads((predictions_dir() / "manifest.json").read_text("utf-8"))
    assert tables.record["source"]["sha256"] == manifest["sha256"]
    assert tables.record["source"]["bundle"] == manifest["bundle"]
    assert tables.record["lines"] == manifest["lines"]


def test_a_changed_table_changes_the_page(tables) -> None:
    record = tables.record | {"sentence": "It is otherwise."}
    written = page(tables._replace(record=record), {}, "repurposing")
    assert "**It is otherwise.**" in written
    assert "*Not written yet: it belongs into repurposing/meaning.md.*" in written
    fewer = tables.by_disease[tables.by_disease["disease"] != "hypertension"]
    assert "| hypertension |" in page(tables, {}, "repurposing")
    assert "| hypertension |" not in page(tables._replace(by_disease=fewer), {}, "repurposing")


def test_missing_tables_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="badger bench repurposing"):
        read_repurposing(tmp_path)
    assert saved_result(tmp_path) is None
    assert saved_result(benchmark_dir())["sentence"]
    assert set(FILES.values()) | {RECORD} <= {path.name for path in benchmark_dir().iterdir()}


def test_an_interval_that_is_not_there_is_not_shown() -> None:
    assert spread(0.5, None, None) == ".500"
    assert spread(0.5, 0.4, 0.6) == ".500<br><sub>.400 to .600</sub>"
    assert spread(-0.1, -0.2, 0.1, signed=True) == "−.100<br><sub>−.200 to +.100</sub>"


def test_the_picture_names_every_row_and_chance() -> None:
    rows = pd.DataFrame(
        {
            "label": ["asthma & co", "asthma & co", "gout"],
            "shape": ["dot", "ring", "dot"],
            "value": [0.6, 0.5, 0.4],
            "low": [0.5, float("nan"), 0.3],
            "high": [0.7, float("nan"), 0.5],
            "bold": [True, True, False],
        }
    )
    drawn = areas("Known drugs", rows, [("ours", "dot"), ("plain", "ring")])
    assert drawn.count("asthma &amp; co") == 1
    assert "chance" in drawn
    assert drawn.count("<circle") == 5
