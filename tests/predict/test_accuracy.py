"""The plain count behind a confidence."""

from pathlib import Path

from badger_core.paths import benchmark_dir
from badger_core.predict.accuracy import counted

TABLE = (
    "mean_confidence,mean_outcome,n,split,kind\n"
    "0.3,0.28,10,unseen-line,held-out\n0.5,0.55,11,unseen-line,held-out\n"
    "0.41,0.99,12,unseen-line,new\n"
)


def test_the_nearest_tenth_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "reliability.csv"
    path.write_text(TABLE)
    assert counted(path, "unseen-line", 0.39) == (0.28, 10)
    assert counted(path, "unseen-line", 0.9) == (0.55, 11)
    assert counted(path, "unseen-pair", 0.9) is None


def test_without_the_table_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "reliability.csv"
    assert counted(path, "unseen-line", 0.4) is None
    path.write_text("nothing")
    assert counted(path, "unseen-line", 0.4) is None


def test_the_committed_table_knows_every_split_that_is_compared_with() -> None:
    for split in ("unseen-compound", "unseen-line", "unseen-pair"):
        assert counted(benchmark_dir() / "reliability.csv", split, 0.35).n > 20
