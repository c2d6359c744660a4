"""The benchmark page from small tables made by hand: figures, words, bytes and errors."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from badger_core.cli.benchmark_page import benchmark_page
from badger_core.errors import SettingError
from badger_core.export import benchmark_names as names
from badger_core.export.benchmark_faithfulness import MISSING, answer, checks
from badger_core.export.benchmark_findings import Findings, Score, findings
from badger_core.export.benchmark_page import page
from badger_core.export.benchmark_pictures import pictures
from badger_core.export.benchmark_split import each_folded, main_table
from badger_core.export.benchmark_tables import read_tables
from badger_core.export.benchmark_text import anchor
from badger_core.paths import ROOT, benchmark_dir
from tests.export.benchmark_case import GAINS, write_tables

NAN = math.nan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tables(tmp_path / "tables")


@pytest.fixture
def found(folder: Path) -> Findings:
    return findings(read_tables(folder))


@pytest.fixture
def written(folder: Path, found: Findings) -> str:
    read = read_tables(folder)
    texts = {"method": "The method.", "tried": "| a | b |\n"}
    return page(read, found, pictures(read, found), texts, "benchmark")


def run(*arguments: object) -> str:
    """What the command prints; its errors are raised."""
    app = typer.Typer()
    app.command()(benchmark_page)
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_main_table_has_chance_and_bound_for_both_strata(found: Findings) -> None:
    lines = main_table(found, "unseen-compound").splitlines()
    firsts = [line.split(" | ")[0].removeprefix("| ") for line in lines[2:]]
    block = ["chance", "best baseline", "line mean, drug-free", "kernel ridge"]
    block += ["DeepCE<br><sub>3 folds</sub>", "**badger (hybrid)**", "its kernel part alone"]
    block += ["two replicates (no bound)", "bound"]
    assert firsts == ["**all**", *block, "**active third**", *block]
    assert "**.160**<br><sub>.140 to .180</sub>" in lines[8]
    assert ".204" in lines[3]


def test_every_baseline_is_set_against_ours_where_that_was_measured(found: Findings) -> None:
    assert each_folded(found, "unseen-compound") == []
    key = ("unseen-compound", "kernel_ridge", "all", "spearman")
    more = replace(found, each={key: Score(0.01, -0.002, 0.022)})
    text = each_folded(more, "unseen-compound")[0]
    assert "| all | kernel ridge | +.010 [−.002 to +.022] |" in text
    assert each_folded(more, "unseen-line") == []


def test_the_page_says_it_in_words(written: str) -> None:
    said = "ahead on unseen-compound; behind on unseen-pair; level on unseen-line."
    assert f"all conditions.** badger against the best baseline: {said}" in written
    assert "- **All**: badger is level on Spearman, NDCG@100 up" in written
    assert "In fewer folds, so on fewer pairs: DeepCE (3)." in written
    assert "- unseen-scaffold was not run." in written
    assert "Intervals draw whole compounds and lines." in written
    assert written.endswith("</sub>\n")


def test_texts_are_included_word_for_word_or_said_to_be_missing(written: str) -> None:
    assert "## What was tried\n\n| a | b |\n" in written
    assert "*Not written yet: it belongs into benchmark/gaps.md.*" in written


def test_links_within_the_page_lead_to_headings(written: str) -> None:
    headings = {anchor(line.lstrip("# ")) for line in written.splitlines() if line.startswith("#")}
    links = {part.split(")")[0] for part in written.split("](#")[1:]}
    assert links
    assert links <= headings


def test_explanations_are_judged_from_the_figures(written: str) -> None:
    assert "**No, the opposite**: Spearman −.100 [−.140 to −.070], chance 0, p 1.000." in written
    assert "**Yes**: Spearman .300 [.200 to .400], chance 0, p ≤ .001." in written
    assert "**Hardly**: AUROC .600 [.580 to .620], chance .595, p .010." in written
    assert "**Spearman .980** (1 is the same whatever the compound)." in written
    assert "fold1" not in written


@pytest.mark.parametrize(
    ("score", "chance", "p", "word"),
    [
        (Score(0.3, 0.2, 0.4), 0.0, NAN, "Yes"),
        (Score(0.3, -0.1, 0.7), 0.0, NAN, "No"),
        (Score(0.3, -0.1, 0.7), 0.0, 0.01, "Yes"),
        (Score(0.3, 0.2, 0.4), 0.29, 0.01, "Hardly"),
        (Score(-0.3, -0.4, -0.2), 0.0, 1.0, "No, the opposite"),
        (Score(0.3, NAN, NAN), 0.0, NAN, "Not known"),
        (Score(0.3, 0.2, 0.4), NAN, NAN, "Not known"),
    ],
)
def test_an_answer_needs_chance_and_an_interval(
    score: Score, chance: float, p: float, word: str
) -> None:
    assert answer(score, chance, p) == word


def test_tiny_figures_show_two_digits(folder: Path) -> None:
    rows = read_tables(folder).faithfulness.head(1).assign(value=0.000019, member="all")
    assert " .000019 " in checks(rows)


def test_the_same_tables_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    outs = [tmp_path / name / "BENCHMARK.md" for name in ("one", "two")]
    for out in outs:
        said = run("--tables", folder, "--out", out, "--texts", tmp_path)
        assert "10 pictures" in said
    one, two = (sorted(out.parent.rglob("*.*")) for out in outs)
    assert [p.name for p in one] == [p.name for p in two]
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]
    linked = {part.split(")")[0] for part in outs[0].read_text("utf-8").split("](benchmark/")[1:]}
    assert linked == {p.name for p in one if p.suffix == ".svg"}


def test_the_summary_is_printed_as_json(folder: Path, tmp_path: Path) -> None:
    rows = json.loads(run("--tables", folder, "--out", tmp_path / "a.md", "--json"))
    assert len(rows) == len(GAINS) * 2 * len(names.MEASURES)
    assert rows[0]["verdict"] == "ahead"
    assert rows[1]["bound"] is None


def test_what_is_optional_is_said_to_be_missing(tmp_path: Path) -> None:
    read = read_tables(write_tables(tmp_path, more=False))
    found = findings(read)
    text = page(read, found, pictures(read, found), {}, "benchmark")
    assert "## Confidence\n\nNot measured yet: `badger calibrate`.\n" in text
    assert MISSING in text
    assert "- Explanations: not measured yet." in text


def test_the_page_is_a_markdown_file(folder: Path) -> None:
    with pytest.raises(SettingError, match=r"ends with \.md"):
        run("--tables", folder, "--out", folder / "page")


def test_the_committed_page_is_the_one_of_the_committed_tables(tmp_path: Path) -> None:
    if not (benchmark_dir() / "results.csv").exists():
        pytest.skip("the result tables are not written yet")
    run("--out", tmp_path / "BENCHMARK.md")
    for path in sorted(tmp_path.rglob("*.*")):
        there = ROOT / "docs" / path.relative_to(tmp_path)
        same = there.exists() and there.read_bytes() == path.read_bytes()
        assert same, f"{there} is not of these tables: run `badger benchmark-page`."
