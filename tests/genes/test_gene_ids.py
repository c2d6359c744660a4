"""Identifiers of every kind are recognised, and dates are told from genes."""

import pandas as pd
import pytest

from badger_core.genes.excel_dates import is_date, possible_genes
from badger_core.genes.gene_ids import (
    ALIAS,
    AMBIGUOUS,
    DATE,
    OWN,
    UNKNOWN,
    kind_of,
    looks_like_mouse,
    recognise,
)
from badger_core.genes.names import gene_names

TABLE = pd.DataFrame(
    {
        "entrez": [7157, 5743, 4735, 8553],
        "symbol": ["TP53", "PTGS2", "SEPTIN2", "BHLHE40"],
        "ensembl": ["ENSG00000141510", "ENSG00000073756", "ENSG00000168385", "ENSG00000134107"],
        "aliases": [["P53", "X1"], ["COX2", "X1"], ["SEPT2"], ["DEC1"]],
    }
)


@pytest.fixture(scope="module")
def names():
    return gene_names(TABLE)


@pytest.mark.parametrize(
    ("text", "entrez", "how"),
    [
        ("TP53", 7157, OWN),
        ("tp53 ", 7157, OWN),
        ('"TP53"', 7157, OWN),
        ("7157", 7157, OWN),
        ("7157.0", 7157, OWN),
        ("7157_at", 7157, OWN),
        ("entrez:7157", 7157, OWN),
        ("ENSG00000141510", 7157, OWN),
        ("ENSG00000141510.18", 7157, OWN),
        ("ENSG00000141510.18_TP53", 7157, OWN),
        ("ENSG00000141510|TP53", 7157, OWN),
        ("TP53 (7157)", 7157, OWN),
        ("TP53|7157", 7157, OWN),
        ("X1|TP53", 7157, OWN),
        ("COX2", 5743, ALIAS),
        ("X1", 0, AMBIGUOUS),
        ("TP53;PTGS2", 0, AMBIGUOUS),
        ("TP53 /// PTGS2", 0, AMBIGUOUS),
        ("FOXP3", 0, UNKNOWN),
        ("99999999", 0, UNKNOWN),
        ("", 0, UNKNOWN),
        ("2-Sep", 4735, DATE),
        ("Sep-02", 4735, DATE),
        ("2020-09-02 00:00:00", 4735, DATE),
        ("1-Mar", 0, UNKNOWN),
        ("1-Dec", 0, AMBIGUOUS),
    ],
)
def test_an_identifier_is_recognised(names, text, entrez, how):
    found = recognise([text], names)
    assert (found.entrez[0], found.how[0]) == (entrez, how)


def test_the_answers_stand_where_the_identifiers_stood(names):
    found = recognise(["PTGS2", "nothing", "PTGS2", "TP53"], names)
    assert found.entrez.tolist() == [5743, 0, 5743, 7157]
    assert found.n_genes == 2


@pytest.mark.parametrize(
    "text", ["1-Mar", "Mar-01", "01.Mar", "14-Sep", "2024-03-01", "1-Dec-2024"]
)
def test_dates_are_told(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["TP53", "MARCH1", "SEPT2", "3-Max", "32-Mar", "0-Mar", "HLA-A", ""]
)
def test_symbols_are_no_dates(text):
    assert not is_date(text)


def test_a_date_is_every_gene_that_was_called_so(names):
    assert list(possible_genes("1-Mar", names)) == ["MARCHF1", "MTARC1"]
    assert list(possible_genes("3-Mar", names)) == ["MARCHF3"]
    assert possible_genes("2-Sep", names) == {"SEPTIN2": 4735}
    assert possible_genes("1-Dec", names) == {"DELEC1": None, "BHLHE40": 8553}
    assert possible_genes("5-Jan", names) == {}


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["TP53", "PTGS2"], "symbols"),
        (["7157", "5743"], "Entrez ids"),
        (["ENSG00000141510.1"], "Ensembl gene ids"),
        (["ENST00000141510.1"], "Ensembl transcript or protein ids"),
        (["ENSMUSG00000000001"], "Ensembl ids of another species"),
        (["1007_s_at", "1053_at", "ILMN_1234"], "probe ids"),
        ([], "symbols"),
    ],
)
def test_the_kind_is_told_in_words(texts, kind):
    assert kind_of(texts) == kind


def test_symbols_of_mouse_are_told():
    assert looks_like_mouse(["Trp53", "Ptgs2", "Gapdh"])
    assert not looks_like_mouse(["TP53", "PTGS2", "C1orf50"])
    assert not looks_like_mouse(["7157", ""])
