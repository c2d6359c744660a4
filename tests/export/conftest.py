"""A dossier with everything in it, made once."""

import pytest

from badger_core.explain.compare import ask_all
from badger_core.explain.dossier import Dossier, gather
from badger_core.predict.ask import read_cell, read_compound
from badger_core.predict.baselines import Baselines
from badger_core.predict.predictor import Predictor


@pytest.fixture(scope="session")
def dossier(predictor: Predictor) -> Dossier:
    """Vemurafenib in A375 with two compounds in two lines beside it."""
    bundle = predictor.bundle
    compounds = [read_compound(bundle.library, name) for name in ("vemurafenib", "selumetinib")]
    lines = [read_cell(bundle.cells, name) for name in ("A375", "SKMEL28")]
    compared = ask_all(predictor.rank, compounds, lines)
    ranking = predictor.rank(compounds[0], lines[0])
    return gather(predictor, Baselines(bundle), ranking, compounds[0], lines[0], compared)
