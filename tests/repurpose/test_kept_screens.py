"""What a folder of screens holds is told without the models."""

from pathlib import Path
from types import SimpleNamespace

from badger_core.repurpose.kept_screens import KeptScreen, kept_screens, note_plan
from badger_core.repurpose.library_file import Candidate

COMPOUNDS = (Candidate("A" * 14, "a", "C", "x"), Candidate("B" * 14, "b", "CC", "y"))


def noted(work: Path, key: str, line: str, chunks: int) -> None:
    """A plan of five chunks with some of them finished."""
    plan = SimpleNamespace(
        library=SimpleNamespace(candidates=COMPOUNDS),
        predictor=SimpleNamespace(bundle=SimpleNamespace(content_hash="data")),
        models="models",
        seen_lines=[SimpleNamespace(name=line)],
        n_chunks=5,
    )
    note_plan(plan, work / key)
    for number in range(1, chunks + 1):
        (work / key / f"chunk-{number:04d}.parquet.sha256").write_text("x")


def test_whole_and_part_and_none(tmp_path):
    noted(tmp_path, "one", "MCF7", 2)
    noted(tmp_path, "two", "PC3", 5)
    noted(tmp_path, "three", "A375", 0)
    (tmp_path / "two.parquet").write_bytes(b"")
    assert kept_screens(tmp_path, "data", "models", COMPOUNDS) == {
        "MCF7": KeptScreen(2, 5, False),
        "PC3": KeptScreen(5, 5, True),
    }


def test_another_question_and_a_damaged_note_are_not_found(tmp_path):
    noted(tmp_path, "one", "MCF7", 2)
    assert not kept_screens(tmp_path, "other", "models", COMPOUNDS)
    assert not kept_screens(tmp_path, "data", "other", COMPOUNDS)
    assert not kept_screens(tmp_path, "data", "models", COMPOUNDS[:1])
    (tmp_path / "one" / "plan.json").write_text("[")
    assert not kept_screens(tmp_path, "data", "models", COMPOUNDS)
    assert not kept_screens(tmp_path / "none", "data", "models", COMPOUNDS)
