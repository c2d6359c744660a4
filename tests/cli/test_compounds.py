"""`badger compounds`: the same functions as the page, in words and in JSON."""

import json

import pytest


def test_search_by_name_and_facet(badger):
    said = badger("compounds", "search", "brd k56343971", "--json")
    assert said.code == 0
    (row,) = json.loads(said.out)
    assert (row["name"], row["found_by"]) == ("vemurafenib", "synonym or id")
    said = badger("compounds", "search", "--moa", "HDAC inhibitor", "--phase", "Launched")
    assert "belinostat" in said.out


def test_read_tells_every_row(badger, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("name,smiles\na,CCO\nb,C1CC\n")
    said = badger("compounds", "read", file, "--json")
    assert said.code == 0
    assert [row["verdict"] for row in json.loads(said.out)] == ["ok", "not read"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read"),
        (b"", "is empty"),
        (b"PK\x03\x04", "Save the sheet as CSV"),
        (b"smiles\nC1CC\n", "no structure that can be used"),
    ],
)
def test_a_file_without_a_structure_ends_with_code_one(badger, tmp_path, content, reason):
    file = tmp_path / "a.csv"
    if content is not None:
        file.write_bytes(content)
    said = badger("compounds", "read", file)
    assert said.code == 1
    assert reason in said.err


def test_similar_leaves_the_compound_itself_out(badger):
    said = badger("compounds", "similar", "vemurafenib", "--top", "2", "--json")
    assert [row["name"] for row in json.loads(said.out)] == ["PLX4720", "PLX8394"]
    said = badger("compounds", "similar", "C1CC")
    assert said.code == 1
    assert "unclosed ring" in said.err


def test_a_name_of_another_source_is_found_and_its_source_told(badger):
    (row,) = json.loads(badger("compounds", "search", "ABT-199", "--json").out)
    assert (row["name"], row["found_by"]) == ("venetoclax", "a name in CTRP v2")
    said = badger("compounds", "similar", "ABT-199", "--top", "1")
    assert said.code == 0
    assert said.err.strip() == "'ABT-199' stands for venetoclax in CTRP v2."
