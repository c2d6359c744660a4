"""What the card of a gene says is what the bundle holds."""

from urllib.parse import urlparse

import pytest

from badger_core.errors import GeneError
from badger_core.genes.card import gene_card

PTGS2 = 5743


@pytest.fixture(scope="module")
def card(bundle):
    return gene_card(PTGS2, bundle.genes.table, bundle.pathways.table, bundle.library.table)


def test_names_and_function(card):
    assert (card.symbol, card.entrez) == ("PTGS2", PTGS2)
    assert card.title == "prostaglandin-endoperoxide synthase 2"
    assert "COX2" in card.aliases
    assert card.ensembl == "ENSG00000073756"


def test_its_pathways_hold_it(card, bundle):
    members = bundle.pathways.table.set_index("pathway")["entrez"]
    assert len(card.pathways) == sum(PTGS2 in genes for genes in members)
    assert all(PTGS2 in members[name] for name in card.pathways["pathway"])
    assert card.pathways["n_landmarks"].is_monotonic_increasing


def test_its_drugs_target_it_and_the_launched_come_first(card, bundle):
    assert "celecoxib" in set(card.drugs["name"])
    for key in card.drugs["ik14"]:
        assert PTGS2 in bundle.library.by_structure(key).target_entrez
    assert card.drugs["phase"].iat[0] == "Launched"
    launched = (card.drugs["phase"] == "Launched").to_numpy()
    assert not launched[launched.argmin() :].any()


def test_links_are_secure_and_name_the_gene(card):
    links = {link.label: link.url for link in card.links}
    assert list(links) == ["NCBI Gene", "Ensembl", "UniProt", "GeneCards", "Open Targets"]
    assert links["NCBI Gene"].endswith("/5743")
    assert links["Open Targets"].endswith("/ENSG00000073756")
    for url in links.values():
        assert urlparse(url).scheme == "https"
        assert not set(url) & set(" \"'<>")


def test_every_gene_has_a_card(bundle):
    tables = bundle.genes.table, bundle.pathways.table, bundle.library.table.head(50)
    for entrez in bundle.genes.entrez[::97]:
        assert gene_card(int(entrez), *tables).title


def test_a_gene_that_is_not_ranked_is_refused(bundle):
    tables = bundle.genes.table, bundle.pathways.table, bundle.library.table
    with pytest.raises(GeneError, match="Entrez id 999 is none of the 978 landmark genes"):
        gene_card(999, *tables)
