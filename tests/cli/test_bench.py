"""The bench of the app: its arithmetic, its verdict, and what it says where it cannot run."""

import json
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.request import ProxyHandler, build_opener

import pytest

from badger_core.cli import app_browser, app_server, bench
from badger_core.cli.app_browser import pages_of
from badger_core.cli.app_server import free_port, served
from badger_core.cli.app_speed import EMPTY, GOALS, summarise
from badger_core.errors import ProgramError
from badger_core.export.speed_page import MEASURES

SECONDS = dict.fromkeys(MEASURES, 1.0) | {"empty_page": 3.0, "import": 1.0}


def test_the_floor_is_the_empty_page_and_the_imports():
    rounds = [
        SECONDS | {"first_result": 5.0, "warm_prediction": 0.8},
        SECONDS | {"first_result": 50.0, "warm_prediction": 2.0},
        SECONDS | {"first_result": 6.0, "warm_prediction": 0.4, "import": 1.2},
    ]
    found = summarise(rounds)
    assert found.floor_s == 4.0
    assert found.seconds["first_result"] == 6.0
    assert found.ratios["first_result"] == 1.5
    assert found.ratios["warm_prediction"] == pytest.approx(0.2)
    assert found.ratios["first_title_by_empty_page"] == pytest.approx(1 / 3)
    assert [(goal.name, goal.met) for goal in found.goals] == [(name, True) for name in GOALS]


def test_a_goal_just_missed_is_missed():
    found = summarise([SECONDS | {"first_result": 6.01, "warm_prediction": 1.0}])
    assert [goal.met for goal in found.goals] == [False, True]


@pytest.fixture
def no_browser(monkeypatch):
    """A bench that measures nothing and finds what it is told."""
    told = SECONDS.copy()

    @contextmanager
    def chromium():
        yield SimpleNamespace(version="1")

    monkeypatch.setattr(bench, "chromium", chromium)
    monkeypatch.setattr(bench, "version", lambda name: "1")
    monkeypatch.setattr(bench, "measure", lambda browser, rounds, tell: [told] * rounds)
    return told


def test_the_record_says_whether_the_goals_are_met(badger, no_browser, tmp_path):
    no_browser |= {"first_result": 5.0, "warm_prediction": 0.5}
    out, page = tmp_path / "speed.json", tmp_path / "SPEED.md"
    said = badger("bench", "app", "--repeat", 2, "--out", out, "--page", page, "--json")
    assert said.code == 0
    record = json.loads(said.out)
    assert record == json.loads(out.read_text(encoding="utf-8"))
    assert record["met"]
    assert len(record["rounds"]) == 2
    assert "| first result | 1.5 × floor | 1.25 × floor | yes |" in page.read_text(encoding="utf-8")


def test_a_missed_goal_ends_with_code_one_and_the_reason(badger, no_browser, tmp_path):
    no_browser |= {"first_result": 8.0, "warm_prediction": 0.5}
    out, page = tmp_path / "speed.json", tmp_path / "SPEED.md"
    said = badger("bench", "app", "--out", out, "--page", page)
    assert said.code == 1
    assert "first_result takes 2.00 of the floor, and 1.5 is the goal" in said.err
    assert "warm_prediction" not in said.err
    assert not json.loads(out.read_text(encoding="utf-8"))["met"]


def test_without_playwright_it_says_how_to_get_it(badger, monkeypatch):
    monkeypatch.setattr(app_browser, "find_spec", lambda name: None)
    said = badger("bench", "app")
    assert said.code == 1
    assert "Playwright is not installed" in said.err
    assert "studio.py browser" in said.err


def test_a_chromium_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("BADGER_CHROMIUM", "/no/such/chromium")
    with pytest.raises(ProgramError, match="/no/such/chromium"):
        app_browser._program("")


def test_no_rounds_measure_nothing(badger):
    said = badger("bench", "app", "--repeat", 0)
    assert (said.code, said.out) == (1, "")
    assert "--repeat 0 measures nothing" in said.err


def test_the_pages_are_read_from_the_table_of_contents():
    pages = pages_of()
    assert pages[0] == ("pages/predict.py", "Predict", "/")
    assert len({page.file for page in pages}) == len(pages)
    assert ("pages/about.py", "About", "/about") in pages


def test_a_server_answers_and_is_ended(tmp_path):
    script = tmp_path / "empty.py"
    script.write_text(EMPTY, encoding="utf-8")
    opener = build_opener(ProxyHandler({}))
    with served(script) as server:
        assert opener.open(server.url, timeout=10).status == 200
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        opener.open(server.url, timeout=10)


def test_a_server_that_does_not_start_says_why(tmp_path):
    with pytest.raises(ProgramError, match="does not exist"), served(tmp_path / "missing.py"):
        pass


def test_a_port_is_free():
    assert 1024 < free_port() < 65536
    assert app_server.APP.is_file()
