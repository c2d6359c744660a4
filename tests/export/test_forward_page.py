"""The page on the forward pass says what its record says."""

import json

import pytest

from badger_core.export.forward_page import forward_page
from badger_core.paths import ROOT

RECORD = ROOT / "data" / "benchmark" / "forward_speed.json"


@pytest.fixture
def record():
    return json.loads(RECORD.read_text(encoding="utf-8"))


def test_the_committed_page_is_that_of_the_committed_record(record):
    page = (ROOT / "docs" / "FORWARD.md").read_text(encoding="utf-8")
    assert page == forward_page(record)


def test_what_was_not_measured_is_not_shown(record):
    nothing = {"compiled": None, "screen": None, "all_threads": None}
    page = forward_page(record | nothing)
    assert "The compiled pass was not measured." in page
    assert "A screen of the library" not in page


def test_a_missed_goal_stands_out(record):
    missed = [{"name": "peak memory", "goal": "0.6 times at most", "value": 0.7, "met": False}]
    page = forward_page(record | {"goals": missed})
    assert "| peak memory | 0.6 times at most | 0.7 | **no** |" in page
