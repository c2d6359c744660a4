"""`badger repurpose`: files, JSON, own signatures, chosen lines, and bad input."""

import json

import pandas as pd
import pytest
from openpyxl import load_workbook

from badger_core.cli import repurpose_question


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """Screens are kept between the tests."""
    return tmp_path_factory.mktemp("screens")


@pytest.fixture
def run(badger, work):
    """`badger repurpose` over the first 40 compounds in two lines."""

    def run(*arguments, cells="YAPC,A375"):
        small = ["--limit", 40, "--permutations", 3, "--top", 5, "--work", work]
        named = ["--cells", cells] if cells else []
        return badger("repurpose", *small, *named, *arguments)

    return run


def test_a_disease_to_a_csv_with_its_json(run, tmp_path):
    out = tmp_path / "hypotheses.csv"
    said = run("--disease", "pancreatic cancer", "--out", out)
    assert said.code == 0, said.err
    assert "weak evidence" in said.out
    assert "Negative control: no drug" in said.out
    assert "permutations x lines: 6 of 6" in said.err
    table = pd.read_csv(out)
    assert table["rank"].dropna().head(5).tolist() == [1, 2, 3, 4, 5]
    others = table[~(table["rank"] <= 5)]
    assert others["control"].str.startswith("negative control").all()
    assert {"score_YAPC", "score_A375", "percentile", "fdr", "promiscuity", "known"} <= set(table)
    full = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert full["manifest"]["lines"] == ["YAPC", "A375"]
    assert full["manifest"]["hub_terms_counted"][1] == "pancreatic cancer"
    assert len(full["diseases_alike"]) == 48
    first = out.read_bytes()
    again = run("--disease", "doid:1793", "--out", out)
    assert again.code == 0
    assert out.read_bytes() == first
    assert "diseases x lines" not in again.err  # promiscuity was kept


def test_json_and_a_workbook(run, tmp_path):
    out = tmp_path / "hypotheses.xlsx"
    said = run("--disease", "melanoma", "--out", out, "--json", "--drug-specific")
    assert said.code == 0, said.err
    figures = json.loads(said.out)
    assert figures["manifest"]["settings"]["specific"] is True
    assert figures["hypotheses"][0]["rank"] == 1
    book = load_workbook(out)
    assert book.sheetnames[0] == "hypotheses"
    assert {"diseases alike", "lines alike", "manifest"} <= set(book.sheetnames)


def test_an_own_signature_and_whose_drugs_to_mark(run, bundle, tmp_path):
    for side, genes in (("up", bundle.genes.symbols[:30]), ("down", bundle.genes.symbols[30:60])):
        (tmp_path / f"mine_{side}.grp").write_text("\n".join(genes))
    files = ["--signature", tmp_path / "mine_up.grp", "--signature", tmp_path / "mine_down.grp"]
    said = run(*files, "--of-disease", "gout", "--json")
    assert said.code == 0, said.err
    manifest = json.loads(said.out)["manifest"]
    assert manifest["known_uses_of"]["name"] == "gout"
    assert (manifest["genes_up"], manifest["genes_down"]) == (30, 30)
    said = run(*files, "--json", "--method", "xsum", "--summary", "max-quantile")
    assert {row["known"] for row in json.loads(said.out)["hypotheses"] if row["rank"]} == {
        "not asked"
    }


def test_lines_are_chosen_where_none_is_named(run, monkeypatch):
    class Ready:
        lines = ("A375", "MCF7")

    monkeypatch.setattr(repurpose_question, "read_shipped", lambda *_: Ready)
    said = run("--disease", "melanoma", "--json", cells=None)
    assert said.code == 0, said.err
    assert "A375 of those at hand are lines of melanoma" in said.err
    assert json.loads(said.out)["manifest"]["lines"] == ["A375"]
    monkeypatch.setattr(Ready, "lines", ())
    said = run("--disease", "melanoma", cells=None)
    assert said.code == 1
    assert "--cells" in said.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--disease", "pancreatic cancr"), "Did you mean pancreatic cancer"),
        ((), "either --disease NAME or --signature FILE"),
        (("--disease", "melanoma", "--signature", "x.rnk"), "either --disease"),
        (("--signature", "nowhere.rnk"), "nowhere.rnk"),
        (("--disease", "melanoma", "--method", "magic"), "--method"),
        (("--disease", "melanoma", "--out", "a.docx"), ".xlsx"),
        (("--disease", "melanoma", "--of-disease", "goutt"), "gout"),
        (("--disease", "melanoma", "--library", "nowhere.smi"), "cannot be read"),
    ],
)
def test_bad_input_is_told(run, arguments, told):
    said = run(*arguments)
    assert said.code == 1
    assert told in said.err
    assert "Traceback" not in said.err


def test_an_unknown_line_is_told(run):
    said = run("--disease", "melanoma", cells="A3755")
    assert said.code == 1
    assert "A375" in said.err


def test_a_report_and_the_genes_turned_back(run, tmp_path):
    for ending, said in ((".html", "Negative controls"), (".gmt", "_LOWERED")):
        out = tmp_path / f"hypotheses{ending}"
        assert run("--disease", "pancreatic cancer", "--out", out).code == 0
        assert said in out.read_text("utf-8")
