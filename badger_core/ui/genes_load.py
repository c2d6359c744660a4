"""What the page Genes computes, remembered for all visitors."""

import numpy as np
import pandas as pd
import streamlit as st

from badger_core.genes.card import GeneCard, gene_card
from badger_core.pathways.enrichment_beside import beside
from badger_core.pathways.enrichment_sets import choose_sets
from badger_core.pathways.footprints import activities
from badger_core.predict.drug_specific import DrugSpecific, drug_free_table, drug_specific
from badger_core.predict.measured import Measured, measured_pair
from badger_core.predict.ranking import Ranking
from badger_core.ui import evidence, load
from badger_core.ui.question import Question

SMALLEST_SHOWN = 2
SEED = 0


@st.cache_data(max_entries=8, show_spinner=False)
def sets(collection: str, min_size: int) -> pd.DataFrame:
    """The sets of a collection, `min_size` landmarks or more (`enrichment_sets.SET_COLUMNS`)."""
    bundle = load.bundle()
    return choose_sets(bundle.pathways.table, bundle.genes.entrez, collection, min_size)


@st.cache_data(max_entries=1, show_spinner=False)
def set_labels() -> dict[str, str]:
    """Id of every set with two landmarks or more to its label, by name."""
    table = sets("all", SMALLEST_SHOWN)
    labels = {}
    for row in table.sort_values("name", key=lambda names: names.str.casefold()).itertuples():
        source = "" if row.source in row.name or "(Hallmark)" in row.name else f" ({row.source})"
        labels[row.pathway] = f"{row.name}{source} · {row.size} genes"
    return labels


@st.cache_data(max_entries=1, show_spinner=False)
def set_members() -> dict[str, frozenset[int]]:
    """Id of a set to the landmarks in it."""
    table = sets("all", SMALLEST_SHOWN)
    return {p: frozenset(g) for p, g in zip(table["pathway"], table["entrez"], strict=True)}


@st.cache_data(max_entries=128, show_spinner="Testing gene sets ...")
def enrichment(ranking: pd.DataFrame, collection: str, method: str, count: int) -> pd.DataFrame:
    """`pathways.enrichment.enrich` of a ranking's table."""
    from badger_core.pathways.enrichment import enrich
    from badger_core.pathways.enrichment_sets import MIN_SIZE

    return enrich(ranking, sets(collection, MIN_SIZE), method, count, seed=SEED)


@st.cache_data(max_entries=128, show_spinner="Scoring footprints ...")
def footprints(ranking: pd.DataFrame) -> pd.DataFrame:
    """`pathways.footprints.activities` of a ranking's table."""
    return activities(ranking, load.bundle().progeny, seed=SEED)


def drug_free(ranking: Ranking, found: Question) -> pd.DataFrame:
    """The drug-free ranking of the line, of `drug_free_table`."""
    free = evidence.of(ranking, found.asked, found.line).drug_free
    return drug_free_table(ranking.table, free.scores, load.bundle().genes.entrez)


def own_part(ranking: Ranking, found: Question) -> DrugSpecific:
    """What the ranking says beyond the drug-free one."""
    return drug_specific(ranking.table, drug_free(ranking, found))


def enrichment_beside(
    table: pd.DataFrame, free: pd.DataFrame, collection: str, method: str, count: int
) -> pd.DataFrame:
    """The enrichment of a ranking beside that of the drug-free one."""
    return beside(
        enrichment(table, collection, method, count), enrichment(free, collection, method, count)
    )


@st.cache_data(max_entries=978, show_spinner=False)
def card(entrez: int) -> GeneCard:
    """All that the bundle says of a gene."""
    bundle = load.bundle()
    return gene_card(entrez, bundle.genes.table, bundle.pathways.table, bundle.library.table)


@st.cache_data(max_entries=128, show_spinner=False)
def measured(ik14: str, cell: str) -> tuple[int, np.ndarray] | None:
    """Number of signatures of a pair and the mean rank (G,) of each gene, or None."""
    found: Measured | None = measured_pair(load.bundle().signatures, ik14, cell)
    return None if found is None else (found.n_signatures, found.ranks)
