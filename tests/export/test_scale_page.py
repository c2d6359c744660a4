"""The page on scale says what the committed record says."""

import json

from badger_core.export.scale_page import scale_page
from badger_core.paths import ROOT, benchmark_dir

RECORD = json.loads((benchmark_dir() / "import_speed.json").read_text(encoding="utf-8"))


def test_the_committed_page_is_made_of_the_committed_record():
    assert scale_page(RECORD) == (ROOT / "docs" / "SCALE.md").read_text(encoding="utf-8")


def test_every_size_and_goal_is_on_the_page():
    text = scale_page(RECORD)
    assert all(f"| {row['signatures']:,} |" in text for row in RECORD["sizes"])
    assert all(("yes" if goal["met"] else "**no**") in text for goal in RECORD["goals"])
    assert "Training" not in scale_page(RECORD | {"training": None})


def test_what_a_goal_is_missed_by_is_said():
    missed = [goal | {"met": False} for goal in RECORD["goals"]]
    assert scale_page(RECORD | {"goals": missed}).count("**no**") == len(missed)
