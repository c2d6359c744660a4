"""`badger bench import` on sizes that a test can wait for."""

import json


def test_small_sizes(badger, tmp_path):
    said = badger(
        *("bench", "import", "--sizes", "120,300", "--repeat", 1, "--no-train", "--json"),
        *("--folder", tmp_path, "--out", tmp_path / "a.json", "--page", tmp_path / "a.md"),
    )
    record = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [row["signatures"] for row in record["sizes"]] == [120, 300]
    assert record["signatures_per_s"] > 0
    assert 50 < record["peak_mb"] < 2000
    assert said.code == (0 if all(goal["met"] for goal in record["goals"]) else 1)
    assert not list(tmp_path.glob("badger-import-*"))


def test_what_cannot_be_measured_is_refused(badger):
    assert badger("bench", "import", "--sizes", "many").code == 1
    assert badger("bench", "import", "--sizes", "3").code == 1
    assert badger("bench", "import", "--repeat", 0).code == 1
