"""The predictor of drug sensitivity and its tables, each made once for all visitors."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.predict.ask import Asked
from badger_core.ui import load, settled, uploads

if TYPE_CHECKING:
    from badger_core.response.predictor import Sensitivity


@st.cache_resource(show_spinner="Opening the sensitivity predictor ...")
def sensitivity() -> "Sensitivity":
    """The shipped predictor.

    Raises:
        ResponseError: where its tables or weights are missing; says how to make them.
    """
    from badger_core.response.predictor import Sensitivity

    loaded = Sensitivity.load()
    settled.leave_out()
    return loaded


def lines_table(asked: Asked, line: CellLine) -> pd.DataFrame:
    """One compound over all lines: `response.answer.across_lines`."""
    with st.spinner("Predicting over all lines ..."):
        return _lines(asked.molecule.smiles, uploads.own(line.name), asked, line)


def drugs_table(asked: Asked, line: CellLine) -> pd.DataFrame:
    """One line over all tested drugs: `response.answer.across_drugs`."""
    with st.spinner("Predicting over all tested drugs ..."):
        return _drugs(asked.molecule.ik14, uploads.own(line.name), asked, line)


@st.cache_data(max_entries=64, show_spinner=False)
def _lines(smiles: str, cell: str, _asked: Asked, _line: CellLine) -> pd.DataFrame:
    from badger_core.response.answer import across_lines

    return across_lines(sensitivity(), _asked.molecule, _line, load.bundle().cells)


@st.cache_data(max_entries=64, show_spinner=False)
def _drugs(ik14: str, cell: str, _asked: Asked, _line: CellLine) -> pd.DataFrame:
    from badger_core.response.answer import across_drugs

    return across_drugs(sensitivity(), _line, load.bundle().cells, _asked.molecule)


@st.cache_data(max_entries=1, show_spinner=False)
def _genes() -> pd.DataFrame:
    from badger_core.response.drug_genes import read_drug_genes

    return read_drug_genes()


def known_structures() -> int:
    """How many structures drGT has genes of."""
    return _genes()["ik14"].nunique()


def weighed_genes(asked: Asked) -> pd.DataFrame | None:
    """What drGT weighs for a compound, `drug_genes.COLUMNS`; None where it does not know it.

    Raises:
        ResponseError: where the table is missing; says how to make it.
    """
    from badger_core.response.drug_genes import genes_of

    return genes_of(_genes(), asked.molecule.ik14)


def gene_sets(asked: Asked) -> pd.DataFrame:
    """Sets among the genes that drGT weighs, `enrichment.ORA_COLUMNS`, the surest first.

    Raises:
        ResponseError: where the table of weighed genes is missing; says how to make it.
    """
    with st.spinner("Testing gene sets ..."):
        return _gene_sets(asked.molecule.ik14)


@st.cache_data(max_entries=64, show_spinner=False)
def _gene_sets(ik14: str) -> pd.DataFrame:
    from badger_core.data.response import profiles
    from badger_core.pathways.enrichment_sets import choose_sets
    from badger_core.response.gene_sets import enriched, on_panel

    weighed = _genes()
    own = weighed[weighed["ik14"] == ik14].sort_values("rank")
    table = on_panel(own, profiles("nci60")[1])
    sets = choose_sets(load.bundle().pathways.table, table["entrez"].to_numpy())
    return enriched(table, sets, int((own["entrez"] > 0).sum()))


@st.cache_data(max_entries=1, show_spinner=False)
def recovery_words() -> str:
    """How recovery of known targets came out, in a sentence; '' where it was not measured."""
    from badger_core.response.recovery_words import recovery_sentence

    return recovery_sentence()
