"""`badger bench speed` on a small network: its record, its page, and what it says of a miss."""

import json

import pytest

from badger_core.benchmark.speed_case import Case
from badger_core.cli import bench_speed
from badger_core.cli.bench_screen import timed_screen
from badger_core.model import compiled
from tests.model.conftest import build

ASKED = (
    "pairs_per_s",
    "reference_pairs_per_s",
    "ratio",
    "max_rank_change_top100",
    "peak_mb",
    "reference_peak_mb",
    "bound_pairs_per_s",
)


@pytest.fixture
def small(monkeypatch, world, batch):
    """A tiny network for both cases, three samples, and told figures where time decides."""
    case = Case(build(world, "additive", "dense", True), batch)
    told = {"ratio": 6.0, "growth": 2.0}

    def race(*asked):
        return real_race(*asked)._replace(ratio=told["ratio"])

    def linear(*asked):
        return real_linear(*asked)._replace(growth=told["growth"], linear=True)

    real_race, real_linear = bench_speed.race, bench_speed.race_linear
    monkeypatch.setattr(bench_speed, "case_named", lambda *asked: case)
    monkeypatch.setattr(bench_speed, "race", race)
    monkeypatch.setattr(bench_speed, "race_linear", linear)
    monkeypatch.setattr(bench_speed, "peak_mb", lambda name, ours, *rest: 3.0 if ours else 10.0)
    monkeypatch.setattr(compiled.shutil, "which", lambda name: None)
    return told


def test_the_record_holds_what_was_asked_and_the_page_shows_it(badger, small, tmp_path):
    out, page = tmp_path / "forward.json", tmp_path / "FORWARD.md"
    asked = ("--repeat", 1, "--batches", "1", "--no-screen", "--out", out, "--page", page, "--json")
    said = badger("bench", "speed", *asked)
    assert said.code == 0, said.err
    record = json.loads(said.out)
    assert record == json.loads(out.read_text(encoding="utf-8"))
    assert record["met"]
    assert [record[name] is not None for name in ASKED] == [True] * len(ASKED)
    assert record["max_rank_change_top100"] == 0
    assert record["memory_share"] == 0.3
    assert [row["batch"] for row in record["published"]] == [1, 8]
    assert record["compiled"]["ratio"] is None
    text = page.read_text(encoding="utf-8")
    assert "| pairs per second | 5 times | 6 | yes |" in text
    assert "There is no C++ compiler" in text


def test_a_missed_goal_ends_with_code_one_and_the_reason(badger, small, tmp_path):
    small["ratio"] = 4.0
    files = ("--out", tmp_path / "forward.json", "--page", tmp_path / "FORWARD.md")
    said = badger(
        "bench", "speed", "--repeat", 1, "--batches", "8", "--no-compiled", "--no-screen", *files
    )
    assert said.code == 1
    assert "pairs per second: 4, the goal is 5 times" in said.err
    assert "peak memory" not in said.err
    assert not json.loads((tmp_path / "forward.json").read_text(encoding="utf-8"))["met"]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("--repeat", 0), "measures nothing"),
        (("--batches", "a"), "Write numbers"),
        (("--batches", "0"), "batch of nothing"),
    ],
)
def test_bad_settings_are_refused(badger, asked, why):
    said = badger("bench", "speed", *asked)
    assert (said.code, said.out) == (1, "")
    assert why in said.err


def test_a_screen_is_timed(bundle):
    found = timed_screen(None, bundle.root, 3)
    assert (found["compounds"], found["members"]) == (3, 5)
    assert found["ms_per_pair"] == pytest.approx(1000 * found["seconds"] / 3)
