"""The badge says what of a question was trained on and measured."""

import pytest

from badger_core.chem.molecule import read_molecule
from badger_core.predict.familiarity import BADGES, Neighbourhood


@pytest.fixture(scope="module")
def keys(bundle):
    names = ("vemurafenib", "vorinostat", "imatinib")
    return {name: bundle.library.find(name).ik14 for name in names}


@pytest.fixture(scope="module")
def ask(bundle, keys):
    """Familiarity for models trained on vemurafenib and imatinib, in A375 and MCF7."""
    compounds = [keys["vemurafenib"], keys["imatinib"]]
    near = Neighbourhood(bundle.library, bundle.cells, compounds, ["A375", "MCF7"])

    def of(compound, line):
        molecule = read_molecule(bundle.library.find(compound).smiles)
        return near.of(molecule, bundle.cells.find(line), bundle.signatures)

    return of


@pytest.mark.parametrize(
    ("compound", "line", "badge"),
    [
        ("vemurafenib", "A375", "measured pair"),
        ("imatinib", "A375", "unseen pair"),  # trained on (so we say), and measured in no line
        ("vorinostat", "MCF7", "unseen compound"),  # measured, but not trained on
        ("caffeine", "MCF7", "unseen compound"),
        ("vemurafenib", "HT29", "unseen line"),  # measured, but not trained on
        ("imatinib", "SKMEL28", "unseen line"),
        ("vorinostat", "HT29", "unseen compound and line"),
        ("caffeine", "SKMEL28", "unseen compound and line"),
    ],
)
def test_the_badge_tells_what_the_model_was_trained_on(ask, compound, line, badge):
    assert ask(compound, line).badge == badge
    assert badge in BADGES.values()


def test_the_number_of_measured_signatures_is_that_of_the_bundle(ask, bundle, keys):
    expected = len(bundle.signatures.of_pair(keys["vemurafenib"], "A375"))
    assert ask("vemurafenib", "A375").n_measured == expected > 0
    assert ask("imatinib", "A375").n_measured == 0


def test_a_trained_compound_and_line_are_their_own_nearest(ask):
    found = ask("vemurafenib", "A375")
    assert (found.compound, found.line) == ("vemurafenib", "A375")
    assert found.compound_similarity == 1
    assert found.line_similarity == pytest.approx(1)


def test_the_nearest_of_others_is_less_alike(ask):
    found = ask("PLX-4720", "SKMEL28")  # an analogue of vemurafenib, and another melanoma line
    assert (found.compound, found.line) == ("vemurafenib", "A375")
    assert 0.5 < found.compound_similarity < 1
    assert 0 < found.line_similarity < 0.9


def test_the_shipped_models_know_what_they_were_trained_on(predictor, bundle):
    near = predictor.neighbourhood
    molecule = read_molecule("CC(C)(C)c1ccc(NC(=O)CCC2CCN(c3ncccn3)CC2)cc1F")
    found = near.of(molecule, bundle.cells.find("MCF7"), bundle.signatures)
    assert found.badge == "unseen compound"
    assert found.line == "MCF7"
