"""The bundle, the model and their answers, each loaded once for all visitors.

The rooms that need torch are imported on first use: the page is on the screen before torch is.
"""

import os
from contextlib import suppress
from datetime import date
from hashlib import sha256
from threading import Semaphore, Thread
from typing import TYPE_CHECKING

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.cells.disease_names import line_words
from badger_core.data.bundle import Bundle
from badger_core.errors import BundleError
from badger_core.paths import models_dir
from badger_core.predict.ask import Asked
from badger_core.predict.ranking import Ranking
from badger_core.ui import settled, uploads

if TYPE_CHECKING:
    from badger_core.model.checkpoint import Card
    from badger_core.predict.predictor import Predictor

MODEL = "badger"
at_once = Semaphore(max(2, os.cpu_count() or 1))
"""Answers of all visitors that are worked out side by side; more would only slow each other, and
the memory that each needs for a moment stays with the process."""


@st.cache_resource(show_spinner="Opening the data bundle ...")
def bundle() -> Bundle:
    """The data bundle; its measured signatures are read beside whatever the first visitor does.

    Unpacking them leaves the interpreter free, so it takes none of the visitor's time.
    """
    opened = Bundle()
    Thread(target=_read_ahead, args=(opened,), daemon=True).start()
    return opened


@st.cache_resource(show_spinner=False)
def predictor() -> "Predictor":
    """The ensemble, with everything that the first question needs.

    One thread per answer: with more, visitors who ask at the same time wait for each other.
    """
    import torch

    from badger_core.predict.predictor import Predictor

    torch.set_num_threads(1)
    loaded = Predictor(bundle())
    _ = loaded.neighbourhood, loaded.model_hash
    settled.leave_out()
    return loaded


@st.cache_data(max_entries=1, show_spinner=False)
def model_hash() -> str:
    """`Predictor.model_hash`, without opening the models: files of a list need no more of them."""
    digest = sha256()
    for file in sorted((models_dir() / MODEL).glob("*.safetensors")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


@st.cache_resource(show_spinner=False)
def cards() -> "tuple[Card, ...]":
    """What each member of the ensemble says of itself.

    Raises:
        CheckpointError: if a card is missing or damaged.
    """
    from badger_core.model.checkpoint import load_card

    return tuple(load_card(file) for file in sorted((models_dir() / MODEL).glob("*.safetensors")))


def ranking(asked: Asked, line: CellLine) -> Ranking:
    """The answer to one question: `Predictor.rank`, remembered for the day it bears.

    A line of the catalogue counts by its name, an upload for its visit alone.
    """
    with st.spinner("Ranking 978 genes ..."):
        return _ranking(asked.text, uploads.own(line.name), date.today().isoformat(), asked, line)


def warm_up() -> None:
    """Load the model while the visitor still reads."""
    predictor()


def _read_ahead(opened: Bundle) -> None:
    with suppress(BundleError):  # who asks for them is told
        opened.signatures.read()


@st.cache_data(max_entries=256, show_spinner=False)
def _ranking(compound: str, cell: str, day: str, _asked: Asked, _line: CellLine) -> Ranking:
    with at_once:
        return predictor().rank(_asked, _line)


@st.cache_data(max_entries=1, show_spinner=False)
def compound_names() -> list[str]:
    """Names of the default library, letters before digits and brackets."""
    names = bundle().library.hub["name"]
    return sorted(names, key=lambda name: (not name[:1].isalpha(), name.casefold()))


@st.cache_data(max_entries=1, show_spinner=False)
def cell_descriptions() -> dict[str, str]:
    """Cell to disease and subtype where they are known, such as 'Skin Cancer, Melanoma'."""
    table = bundle().cells.table
    return {row.cell: line_words(row.disease, row.subtype) for row in table.itertuples()}


@st.cache_data(max_entries=1, show_spinner=False)
def cell_labels() -> dict[str, str]:
    """Display name to label of the lines that can be predicted for, the best measured first."""
    said = cell_descriptions()
    return {
        row.display_name: " · ".join(filter(None, (row.display_name, said[row.cell])))
        for row in bundle().cells.usable.itertuples()
    }
