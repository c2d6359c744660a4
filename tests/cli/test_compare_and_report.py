"""`badger compare` and `badger report`: the same numbers as the library, and codes on failure."""

import json
import zipfile

import pandas as pd
import pytest


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


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
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
