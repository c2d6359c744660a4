"""The page on speed says what the record says."""

from badger_core.export.speed_page import MEASURES, speed_page

RECORD = {
    "app": "1.2.3",
    "date": "2026-01-02",
    "machine": {"processors": 4, "load_before": None, "system": "Linux"},
    "seconds": dict.fromkeys(MEASURES, 1.0) | {"first_result": 5.25},
    "floor_s": 4.0,
    "ratios": dict.fromkeys(MEASURES, 0.25)
    | {"first_result": 1.3125, "first_title_by_empty_page": 1.1},
    "goals": [
        {"name": "first_result", "at_most": 1.5, "met": True, "value": 1.3125},
        {"name": "warm_prediction", "at_most": 0.25, "met": False, "value": 0.3},
    ],
    "rounds": [{}, {}],
}


def test_every_measure_has_its_row():
    text = speed_page(RECORD)
    assert "| **first result** | 5.25 | 1.31 |" in text
    assert all(f"| {words} |" in text for words in MEASURES.values())
    assert "medians (2 rounds)" in text


def test_a_missed_goal_is_told():
    text = speed_page(RECORD)
    assert "| first result | 1.5 × floor | 1.31 × floor | yes |" in text
    assert "| warm prediction | 0.25 × floor | 0.30 × floor | **no** |" in text


def test_what_the_machine_does_not_know_is_left_out():
    text = speed_page(RECORD)
    assert "processors 4, system Linux" in text
    assert "None" not in text
