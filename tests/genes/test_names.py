"""Identifiers of any kind find their gene, and say so where they cannot."""

import pandas as pd
import pytest

from badger_core.data.build.genes import human_names
from badger_core.data.raw import RawData
from badger_core.genes.names import gene_names


@pytest.fixture(scope="module")
def names(bundle):
    return gene_names(bundle.genes.table)


def test_every_present_symbol_finds_its_own_gene(names, bundle):
    found = names.resolve(bundle.genes.symbols)
    assert list(found.entrez.values()) == bundle.genes.entrez.tolist()
    assert not found.by_alias


@pytest.mark.parametrize(
    ("old", "present"),
    [("TOMM70A", "TOMM70"), ("SQRDL", "SQOR"), ("KIAA0196", "WASHC5"), ("HN1L", "JPT2")],
)
def test_an_old_l1000_symbol_is_found_as_an_alias(names, bundle, old, present):
    found = names.resolve([old])
    gene = bundle.genes.symbols.index(present)
    assert found.entrez == {old: bundle.genes.entrez[gene]}
    assert found.by_alias == (old,)


@pytest.mark.raw
def test_every_symbol_that_lincs_used_finds_its_gene(names, raw_dir):
    landmarks = pd.read_csv(raw_dir / "l1000" / "landmark_genes.csv", keep_default_na=False)
    expected = dict(zip(landmarks["pr_gene_symbol"], landmarks["pr_gene_id"], strict=True))
    assert names.resolve(expected).entrez == expected


@pytest.mark.parametrize(
    "text",
    ["DDR1", " ddr1 ", "780", "ENSG00000204580", "ENSG00000204580.15", "ensg00000204580"],
)
def test_one_gene_is_found_however_it_is_written(names, text):
    assert names.find(text) == 780


def test_an_entrez_id_may_be_a_number(names):
    assert names.resolve([780]).entrez == {"780": 780}


@pytest.mark.parametrize("text", ["NOTAGENE", "", "999999999", "²", "ENSG99999999999", "780.5"])
def test_what_is_no_gene_is_unknown(names, text):
    found = names.resolve([text])
    assert found.unknown == (text,)
    assert not found.entrez
    assert names.find(text) is None


def test_an_alias_of_two_genes_is_ambiguous_and_not_guessed(names):
    found = names.resolve(["CAK"])  # DDR1, and the CDK7 complex
    assert found.ambiguous == ("CAK",)
    assert not found.entrez
    assert not found.unknown


def test_a_symbol_beats_the_same_text_as_alias_of_another_gene():
    table = pd.DataFrame(
        {
            "entrez": [1, 2],
            "symbol": ["OWN", "OTHER"],
            "ensembl": ["ENSG01|ENSG02", ""],
            "aliases": [[], ["OWN", "ONLY"]],
        }
    )
    names = gene_names(table)
    assert names.resolve(["OWN", "ONLY", "ENSG02.1"]).entrez == {"OWN": 1, "ONLY": 2, "ENSG02.1": 1}


def test_each_identifier_is_mapped_once_in_the_order_given(names):
    found = names.resolve(["RPS5", "DDR1", "RPS5"])
    assert list(found.entrez.items()) == [("RPS5", 6193), ("DDR1", 780)]


@pytest.mark.raw
def test_the_names_of_all_human_genes_know_new_and_old_landmark_symbols(raw_dir, bundle):
    everyone = human_names(RawData(raw_dir))
    found = everyone.resolve(bundle.genes.symbols)
    assert list(found.entrez.values()) == bundle.genes.entrez.tolist()
    assert everyone.find("SQRDL") == everyone.find("SQOR")
