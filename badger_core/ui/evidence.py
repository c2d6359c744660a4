"""What stands beside a ranking, gathered once for all visitors."""

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.paths import benchmark_dir
from badger_core.predict.ask import Asked
from badger_core.predict.baselines import Baselines
from badger_core.predict.evidence import Evidence, beside, gather
from badger_core.predict.ranking import Ranking
from badger_core.ui import load, uploads


def of(ranking: Ranking, asked: Asked, line: CellLine) -> Evidence:
    """Measured, ceiling and drug-free ranking of one question, remembered."""
    with st.spinner("Comparing with what was measured ..."):
        return _evidence(asked.molecule.smiles, uploads.own(line.name), ranking, asked, line)


def on_screen(
    ranking: Ranking, asked: Asked, line: CellLine, remembered_by: str | None = None
) -> Ranking:
    """The ranking as its tables show it and its files hold it: with what is beside it.

    Files are made beside the page, where the session is out of reach: `remembered_by` is then what
    `uploads.own` said of the line.
    """
    cell = uploads.own(line.name) if remembered_by is None else remembered_by
    found = _evidence(asked.molecule.smiles, cell, ranking, asked, line)
    return beside(ranking, found, load.bundle().genes.entrez)


def warm_up() -> None:
    """Read the best measured line's signatures while the visitor still reads."""
    baselines().means(load.bundle().cells.usable["cell"].iloc[0])


@st.cache_resource(show_spinner=False)
def baselines() -> Baselines:
    """The drug-free rankings of the bundle."""
    return Baselines(load.bundle())


@st.cache_resource(max_entries=64, show_spinner=False)
def _evidence(
    smiles: str, cell: str, _ranking: Ranking, _asked: Asked, _line: CellLine
) -> Evidence:
    members = [(card.trained_compounds, card.trained_cells) for card in load.cards()]
    free = baselines()
    with load.at_once:
        return gather(load.bundle(), free, members, benchmark_dir(), _ranking, _asked, _line)
