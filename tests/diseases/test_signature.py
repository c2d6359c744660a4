"""Signatures of the catalogue and of ids with numbers: by hand, and what is refused."""

import json

import numpy as np
import pytest

from badger_core.diseases.signature import catalogue_signature, extreme_genes
from badger_core.diseases.signature_mapping import (
    LEAST_LISTED,
    LEAST_VALUES,
    Source,
    signature_of_lists,
    signature_of_values,
)
from badger_core.errors import DiseaseNotFoundError, SignatureError

SOURCE = Source("mine", "mine.csv", "CSV", "the column 'stat'")


@pytest.fixture(scope="module")
def symbols(bundle):
    return bundle.genes.symbols


def test_extreme_genes_by_hand():
    values = np.array([0.5, np.nan, -3, 2, 0, -1, 2])
    assert extreme_genes(values, 2) == ((3, 6), (2, 5))
    assert extreme_genes(values, 9) == ((3, 6, 0), (2, 5))


def test_a_signature_of_the_catalogue(bundle):
    found = catalogue_signature(bundle.diseases, "Pancreatic cancer", bundle.genes)
    assert (found.name, found.listed) == ("pancreatic cancer", False)
    assert (len(found.up), len(found.down)) == (50, 50)
    rows = bundle.diseases.signatures.query("doid == 'DOID:1793'").set_index("entrez")
    at = found.up[0]
    row = rows.loc[bundle.genes.entrez[at]]
    assert found.values[at] == pytest.approx(row["effect"] / row["se"], rel=1e-5)
    assert found.values[at] == np.nanmax(found.values)
    assert found.report.n_landmarks == found.known.sum() == found.universe.sum()
    with pytest.raises(DiseaseNotFoundError):
        catalogue_signature(bundle.diseases, "the plague of 1348", bundle.genes)


def test_every_disease_has_a_signature(bundle):
    for doid in bundle.diseases.names["doid"]:
        found = catalogue_signature(bundle.diseases, doid, bundle.genes)
        assert len(found.up) == len(found.down) == 50
        assert not set(found.up) & set(found.down)
        assert np.isfinite(found.values[found.known]).all()
        report = found.report
        assert report.n_read == report.n_landmarks + len(report.unused) + len(report.no_number)


def test_ids_of_every_kind_and_their_report(bundle, symbols):
    panel = bundle.genes
    rest = [symbol for symbol in symbols if symbol not in ("TP53", "MYC", "JUN", "FOS", "CCND1")]
    ids = ["7157", "ENSG00000136997", "JUN", "JUN", "FOS", "BCL1", "NOSUCHGENE", *rest[:200]]
    values = np.array([3.0, -4, 1, 2, np.nan, 5, 9, *np.linspace(-1, 1, 200)])
    found = signature_of_values(ids, values, panel, SOURCE, side=2)
    at = {symbol: place for place, symbol in enumerate(symbols)}
    assert found.values[[at["TP53"], at["MYC"], at["JUN"]]].tolist() == [3, -4, 1.5]
    assert np.isnan(found.values[at["FOS"]])
    assert found.up == (at["CCND1"], at["TP53"])
    assert found.down[0] == at["MYC"]
    report = found.report
    assert report.by_alias == ("BCL1",)
    assert (report.unused, report.duplicates, report.no_number) == (
        ("NOSUCHGENE",),
        ("JUN",),
        ("FOS",),
    )
    assert (report.n_read, report.n_mapped, report.n_landmarks) == (206, 205, 204)
    assert any("BCL1" in sentence for sentence in report.sentences())
    assert json.loads(json.dumps(report.record()))["mapped"] == 205


def test_an_own_name_beats_an_alias(bundle, symbols):
    ids = ["CCND1", "BCL1", *(symbol for symbol in symbols[:200] if symbol != "CCND1")]
    values = np.array([2.0, -8, *np.linspace(-1, 1, len(ids) - 2)])
    found = signature_of_values(ids, values, bundle.genes, SOURCE)
    assert found.values[symbols.index("CCND1")] == 2
    assert found.report.displaced == ("BCL1",)


def test_too_few_genes_are_refused(bundle, symbols):
    few = symbols[: LEAST_VALUES - 1]
    with pytest.raises(SignatureError, match=r"99 of the 978 .* the whole result table"):
        signature_of_values(few, np.linspace(-1, 1, 99), bundle.genes, SOURCE)
    with pytest.raises(SignatureError, match=r"'ENSMUSG00000059552': Ensembl ids of another"):
        signature_of_values(["ENSMUSG00000059552"] * 3, np.ones(3), bundle.genes, SOURCE)
    with pytest.raises(SignatureError, match=r"9 of the 978 .* Give longer lists"):
        signature_of_lists(symbols[: LEAST_LISTED - 1], ["NOSUCHGENE"], bundle.genes, SOURCE)
    with pytest.raises(SignatureError, match="0 of the 978"):
        signature_of_lists([], [], bundle.genes, SOURCE)


@pytest.mark.parametrize(("sign", "words"), [(1, "0 or above"), (-1, "0 or below")])
def test_one_sign_is_refused(bundle, symbols, sign, words):
    with pytest.raises(SignatureError, match=words):
        signature_of_values(symbols, sign * np.arange(978.0), bundle.genes, SOURCE)


def test_infinite_values_are_gaps(bundle, symbols):
    values = np.linspace(-1, 1, 978)
    values[:3] = [np.inf, -np.inf, np.nan]
    found = signature_of_values(symbols, values, bundle.genes, SOURCE)
    assert np.isnan(found.values[:3]).all()
    assert len(found.report.no_number) == 3


def test_lists_by_hand(bundle, symbols):
    up, down = [*symbols[10:20], symbols[10], symbols[0], "XYZ"], [*symbols[30:35], symbols[0]]
    found = signature_of_lists(up, down, bundle.genes, SOURCE)
    assert (found.up, found.down) == (tuple(range(10, 20)), tuple(range(30, 35)))
    assert found.listed
    assert found.universe.all()
    assert (found.known.sum(), np.nansum(found.values)) == (15, 5)
    report = found.report
    assert report.conflicts == (symbols[0],)
    assert report.duplicates == (symbols[10],)
    assert report.unused == ("XYZ",)


def test_one_list_is_enough_and_told(bundle, symbols):
    found = signature_of_lists([], symbols[:12], bundle.genes, SOURCE)
    assert (found.up, len(found.down)) == ((), 12)
    assert "Only genes down" in found.report.sentences()[-1]


def test_symbols_of_mouse_are_told(bundle, symbols):
    ids = [symbol.capitalize() for symbol in symbols]
    found = signature_of_values(ids, np.linspace(-1, 1, 978), bundle.genes, SOURCE)
    assert "mouse" in found.report.sentences()[-1]
