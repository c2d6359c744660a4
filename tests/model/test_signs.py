"""Signs of trust are what they say, on a shipped member."""

import numpy as np
import pytest
import torch

from badger_core.chem.molecule import read_molecule
from badger_core.data.featurise import CellFeatures, prediction_batch
from badger_core.data.knowledge import Knowledge
from badger_core.model.checkpoint import load
from badger_core.model.signs import SIGNS, signs_of
from badger_core.paths import models_dir

INVENTED = "FC(F)(F)c1nnc2CN(Cc3ccoc3)CCn12"


@pytest.fixture(scope="module")
def signs(bundle):
    """Of a training compound, an invented one, and the first one in a line nobody knows."""
    model, card = load(models_dir() / "badger" / "fold1")
    cells = CellFeatures(bundle.cells, card.references, frozenset(card.held_out_cells))
    known = next(k for k in card.trained_compounds if bundle.library.by_structure(k).moa)
    smiles = bundle.library.by_structure(known).smiles
    molecules = [read_molecule(s) for s in (smiles, INVENTED, smiles)]
    knowledge = Knowledge(bundle.library, card.terms)
    line = cells.of_line("MCF7")
    batch = prediction_batch(
        molecules,
        [line, line, None],
        len(card.references),
        card.n_context,
        knowledge=np.stack([knowledge.of(m.ik14) for m in molecules]),
    )
    with torch.inference_mode():
        return signs_of(model.expert, batch, model(batch))


def test_every_sign_has_a_column(signs):
    assert tuple(signs.columns) == SIGNS


def test_a_training_compound_is_its_own_nearest(signs):
    assert signs["structure"][0] == pytest.approx(1)
    assert signs["structure"][1] < 0.6


def test_nothing_is_known_of_an_invented_compound(signs):
    assert signs["known"].tolist() == [1, 0, 1]


def test_an_unknown_line_has_no_likeness(signs):
    assert signs["line"][0] == pytest.approx(1, abs=1e-4)
    assert np.isnan(signs["line"][2])


def test_strength_and_agreement_are_in_their_range(signs):
    assert (signs["strength"] > 0).all()
    assert signs["agreement"].between(-1, 1).all()
