"""The explanation of one question, worked out once for all visitors."""

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_quoted import Quoted, quoted
from badger_core.predict.ask import Asked
from badger_core.ui import load, uploads


def explanation(asked: Asked, line: CellLine) -> Explanation:
    """What the ensemble attends to for this question.

    Structure, line and model make the question; an upload is remembered for its visit alone. One
    explanation takes about 4 MB.
    """
    with st.spinner("Reading the attention of the ensemble, deleting each fragment ..."):
        model = load.predictor().model_hash
        key = uploads.own(line.name)
        return _explanation(asked.molecule.smiles, key, model, asked, line)


@st.cache_data(max_entries=32, show_spinner=False)
def _explanation(smiles: str, cell: str, model: str, _asked: Asked, _line: CellLine) -> Explanation:
    from badger_core.explain.prediction import explain_prediction

    return explain_prediction(load.predictor().ensemble, _asked.molecule, _line, load.bundle())


@st.cache_data(max_entries=1, show_spinner=False)
def measured() -> dict[str, Quoted]:
    """What the benchmark measured of such explanations; {} where it was not run."""
    return dict(quoted())
