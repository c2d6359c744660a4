"""`badger compare` and `badger report`: the same numbers as the library, and codes on failure."""

import json
import zipfile

import pandas as pd
import pytest

from badger_core.data.expression_file_lines import lines_of_file
from badger_core.predict.ask import read_compound


def test_a_comparison_is_printed_as_json(badger, predictor):
    said = badger(
        "compare", "--compound", "imatinib", "--compound", "nilotinib", "--cell", "K562", "--json"
    )
    assert said.code == 0
    found = json.loads(said.out, parse_constant=pytest.fail)
    assert [row["pair"] for row in found["rankings"]] == ["imatinib · K562", "nilotinib · K562"]
    assert found["leaning"]["same_compound"] is None
    assert found["leaning"]["n_same_line"] == 1
    table = predictor.ask("nilotinib", "K562").table.set_index("symbol")["score"]
    shown = {row["symbol"]: row["nilotinib · K562"] for row in found["genes"]}
    assert shown == pytest.approx(table.to_dict())


def test_a_comparison_is_written_as_tables(badger, tmp_path):
    said = badger(
        "compare", "--compound", "imatinib", "--compound", "nilotinib", "--cell", "K562",
        "--own", "--out", tmp_path,
    )  # fmt: skip
    assert said.code == 0
    assert "by construction" in said.out or "add a second line" in said.out
    scores = pd.read_csv(tmp_path / "compare_scores.csv", keep_default_na=False)
    assert (scores["imatinib · K562"] + scores["nilotinib · K562"]).abs().max() < 1e-5
    assert len(pd.read_csv(tmp_path / "compare_sets_up.csv")) == 49
    assert (tmp_path / "compare_scores.gct").read_text().startswith("#1.3")
    assert len(json.loads((tmp_path / "manifests.json").read_text())) == 2


def test_a_report_and_its_zip_are_written(badger, tmp_path):
    html, archive = tmp_path / "report.html", tmp_path / "report.zip"
    said = badger(
        "report", "--compound", "imatinib", "--cell", "K562", "--with-compound", "nilotinib",
        "--out", html, "--zip", archive, "--sections", "genes,lines,compare", "--json",
    )  # fmt: skip
    assert said.code == 0
    record = json.loads(said.out)
    assert record["written"] == [str(html), str(archive)]
    text = html.read_text()
    assert "nilotinib · K562" in text
    assert "id='explanation'" not in text
    with zipfile.ZipFile(archive) as content:
        assert content.read("report.html").decode() == text
        manifest = json.loads(content.read("manifest.json"))
    assert manifest["compound"] == record["manifest"]["compound"]


@pytest.fixture
def file(bundle, tmp_path):
    """Two NCI-60 lines as a CSV."""
    values = {cell: bundle.cells.basal(cell, "NCI-60 microarray") for cell in ("MCF7", "A549")}
    path = tmp_path / "own.csv"
    pd.DataFrame(values, index=bundle.genes.symbols).to_csv(path)
    return path


def test_samples_of_a_file_are_compared_beside_named_lines(badger, bundle, predictor, file):
    asked = ["compare", "--compound", "imatinib", "--expression", file, "--platform", "nci60"]
    said = badger(*asked, "--cell", "K562", "--sample", "a549", "--json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    line = lines_of_file(file, bundle, platform="nci60").lines[1]
    assert [row["pair"] for row in found["rankings"]] == ["imatinib · K562", "imatinib · A549"]
    ranking = predictor.rank(read_compound(bundle.library, "imatinib"), line)
    shown = {row["symbol"]: row["imatinib · A549"] for row in found["genes"]}
    assert shown == pytest.approx(ranking.table.set_index("symbol")["score"].to_dict())
    said = badger(*asked, "--json")
    assert [row["pair"] for row in json.loads(said.out)["rankings"]] == [
        "imatinib · MCF7",
        "imatinib · A549",
    ]


def test_a_report_is_written_for_a_sample_of_a_file(badger, bundle, file, tmp_path):
    html = tmp_path / "report.html"
    said = badger(
        "report", "--compound", "ABT-199", "--expression", file, "--sample", "A549",
        "--out", html, "--sections", "genes,lines", "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "'ABT-199' stands for venetoclax in CTRP v2." in said.err
    manifest = json.loads(said.out)["manifest"]
    assert manifest["cell"]["name"] == lines_of_file(file, bundle).lines[1].name
    assert "venetoclax" in html.read_text()


@pytest.mark.parametrize("command", ["report", "predict", "explain", "enrich"])
@pytest.mark.parametrize("given", [[], ["--cell", "K562", "--expression", "x.csv"]])
def test_one_line_is_asked_about_by_name_or_by_file(badger, command, given):
    out = ["--out", "x.html"] if command == "report" else []
    said = badger(command, "--compound", "imatinib", *given, *out)
    assert said.code == 2
    assert "give either --cell or --expression" in said.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["compare", "--compound", "imatinib"], "No line was given"),
        (
            ["compare", "--compound", "imatinib", "--cell", "K562", "--sample", "a"],
            "give the file by --expression",
        ),
        (
            ["compare", "--compound", "imatinib", "--expression", "none.csv"],
            "'none.csv' cannot be opened",
        ),
        (["compare", "--compound", "imatinbi", "--cell", "K562"], "same drug): imatinib"),
        (["compare", "--compound", "imatinib", "--cell", "K652"], "No cell line is called"),
        (["compare", "--compound", "imatinib", "--cell", "K562", "--own"], "at least two"),
        (["compare", "--compound", "imatinib", "--cell", "K562", "--top", "0"], "Top 0"),
        (["report", "--compound", "imatinib", "--cell", "K562"], "Nothing to write"),
        (
            ["report", "--compound", "imatinib", "--cell", "K562", "--out", "x", "--sections", "a"],
            "no section 'a'",
        ),
    ],
)
def test_what_cannot_be_done_ends_with_code_one(badger, arguments, reason):
    said = badger(*arguments)
    assert said.code == 1
    assert reason in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
