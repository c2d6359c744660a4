"""One question, one answer: library, command and golden file give the same numbers."""

import json

import numpy as np
import pytest

from badger_core import checksums
from badger_core.cli.main import main
from badger_core.data.featurise import CellFeatures, prediction_batch
from badger_core.data.knowledge import Knowledge
from badger_core.errors import (
    CellNotFoundError,
    CheckpointError,
    CompoundNotFoundError,
    MoleculeError,
)
from badger_core.export.tables import read_ranking
from badger_core.model.checkpoint import load
from badger_core.predict.predictor import Predictor
from tests.predict.make_golden import CELL, COMPOUND, GOLDEN

TOLERANCE = 1e-4
NEVER_MADE = "CC(C)(C)c1ccc(NC(=O)CCC2CCN(c3ncccn3)CC2)cc1F"


@pytest.fixture(scope="module")
def ranking(predictor):
    return predictor.ask(COMPOUND, CELL)


@pytest.fixture
def models(predictor, tmp_path):
    """A copy of the first shipped member that may be harmed."""
    weights = sorted(predictor.folder.glob("*.safetensors"))[0]
    for file in (weights, weights.with_suffix(".json")):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def edit(models, **changes):
    (file,) = models.glob("*.json")
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | changes), "utf-8")


def test_the_prediction_is_the_golden_one(ranking):
    """Where it is not, and the weights were replaced on purpose: see make_golden.py."""
    golden = read_ranking(GOLDEN).set_index("symbol")
    table = ranking.table.set_index("symbol")
    assert set(table.index) == set(golden.index)
    expected = golden.loc[table.index]
    assert table["score"].to_numpy() == pytest.approx(expected["score"].to_numpy(), abs=TOLERANCE)
    assert table["spread"].to_numpy() == pytest.approx(expected["spread"].to_numpy(), abs=TOLERANCE)
    # In today's order the golden scores fall, but for ties within the tolerance.
    assert np.diff(expected["score"]).max() <= 2 * TOLERANCE
    apart = np.abs(np.diff(expected["score"], prepend=np.inf, append=-np.inf)) > 2 * TOLERANCE
    alone = apart[:-1] & apart[1:]
    assert alone.sum() > 100
    assert (table["rank"][alone] == expected["rank"][alone]).all()


def test_the_command_gives_the_same_numbers(ranking, predictor, tmp_path, capsys):
    out = tmp_path / "new" / "ranking.csv"
    arguments = ["predict", "--compound", COMPOUND, "--cell", CELL, "--out", str(out)]
    arguments += ["--models", str(predictor.folder), "--bundle", str(predictor.bundle.root)]
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    assert f"Wrote {out}" in capsys.readouterr().err
    table = read_ranking(out)
    assert table["symbol"].tolist() == ranking.table["symbol"].tolist()
    for column in ("rank", "score", "spread"):
        assert (table[column].to_numpy() == ranking.table[column].to_numpy()).all()
    manifest = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert manifest.pop("evidence")["drug_free"]["compounds"]
    assert manifest == ranking.manifest | {"date": manifest["date"]}


def test_asking_again_gives_the_same_numbers(ranking, predictor):
    assert predictor.ask(COMPOUND, CELL).table.equals(ranking.table)


def test_one_compound_has_one_ranking_however_it_is_written(ranking, predictor):
    for text in (ranking.manifest["compound"]["smiles"], ranking.manifest["compound"]["inchikey"]):
        assert predictor.ask(text, "ACH-000219").table.equals(ranking.table)


def test_the_ranking_agrees_with_the_networks_asked_by_hand(
    ranking, predictor, bundle, vemurafenib
):
    line = bundle.cells.find(CELL)
    scores = []
    for file in sorted(predictor.folder.glob("*.safetensors")):
        network, card = load(file)
        cells = CellFeatures(bundle.cells, card.references, frozenset(card.held_out_cells))
        features = cells.of(line)
        known = Knowledge(bundle.library, card.terms).of(vemurafenib.ik14)[None]
        sizes = len(card.references), card.n_context
        batch = prediction_batch([vemurafenib], [features], *sizes, knowledge=known)
        scores.append(network(batch).change.detach().numpy()[0])
    expected = np.mean(scores, axis=0)
    found = ranking.table.set_index("entrez")["score"].loc[bundle.genes.entrez]
    assert found.to_numpy() == pytest.approx(expected, abs=1e-5)


def test_many_pairs_at_once_agree_with_one_at_a_time(predictor, bundle, vemurafenib, caffeine):
    lines = [bundle.cells.find(name) for name in ("A375", "MCF7")]
    together = predictor.members([vemurafenib, caffeine], lines)
    for i, pair in enumerate(zip((vemurafenib, caffeine), lines, strict=True)):
        alone = predictor.members([pair[0]], [pair[1]])[:, 0]
        assert together[:, i] == pytest.approx(alone, abs=1e-5)


def test_another_compound_and_another_line_give_another_ranking(ranking, predictor):
    own = ranking.table.set_index("entrez")["score"]
    for question in (("vorinostat", CELL), (COMPOUND, "MCF7")):
        other = predictor.ask(*question).table.set_index("entrez")["score"]
        assert np.abs(other - own).max() > 0.01


def test_a_molecule_that_was_never_made_gets_a_ranking(predictor):
    ranking = predictor.ask(NEVER_MADE, "MCF7")
    assert len(ranking.table) == 978
    assert ranking.manifest["compound"]["name"] == ranking.manifest["compound"]["inchikey"][:14]
    assert ranking.manifest["familiarity"]["badge"] == "unseen compound"


def test_a_line_of_the_other_platform_gets_a_ranking(predictor):
    ranking = predictor.ask(COMPOUND, "SK-MEL-28")
    assert ranking.manifest["cell"]["expression"] == "NCI-60 microarray"
    assert np.isfinite(ranking.table["score"]).all()


def test_the_manifest_says_where_the_numbers_come_from(ranking, predictor, bundle):
    m = ranking.manifest
    assert m["compound"]["asked"] == COMPOUND
    assert m["compound"]["inchikey"].startswith("GPXBXXGIAQBQNI")
    assert (m["cell"]["name"], m["cell"]["depmap_id"]) == ("A375", "ACH-000219")
    assert m["model"]["hash"] == predictor.model_hash
    assert m["model"]["members"] == len(list(predictor.folder.glob("*.safetensors")))
    assert m["bundle"] == bundle.content_hash
    assert m["context"] == {"dose_um": 10.0, "time_h": 24.0, "level": "5"}
    assert any("research use only" in limit for limit in m["limits"])
    assert json.loads(json.dumps(m, allow_nan=False)) == m


@pytest.mark.parametrize(
    ("compound", "cell", "error"),
    [
        ("vemurafinib", "A375", CompoundNotFoundError),
        ("CC(C", "A375", MoleculeError),
        ("vemurafenib", "A-357", CellNotFoundError),
        ("vemurafenib", "HCC15", CellNotFoundError),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(predictor, compound, cell, error):
    with pytest.raises(error):
        predictor.ask(compound, cell)


def test_one_member_is_an_ensemble_without_spread(models, bundle):
    ranking = Predictor(bundle, models).ask(COMPOUND, CELL)
    assert (ranking.table["spread"] == 0).all()
    assert ranking.manifest["model"]["members"] == 1


def test_the_hash_of_the_model_follows_its_weights(models, bundle):
    (weights,) = models.glob("*.safetensors")
    before = Predictor(bundle, models).model_hash
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert Predictor(bundle, models).model_hash != before


def test_a_folder_without_a_model_is_refused(bundle, tmp_path):
    with pytest.raises(CheckpointError, match=r"no model in .*Restore data/models"):
        Predictor(bundle, tmp_path)


@pytest.mark.parametrize("ending", [".json", ".safetensors"])
@pytest.mark.parametrize("keep", [0, 1000])
def test_a_damaged_model_is_refused(models, bundle, ending, keep):
    (file,) = models.glob(f"*{ending}")
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(CheckpointError, match=r"is empty|is damaged"):
        Predictor(bundle, models)


def test_a_model_without_its_card_is_refused(models, bundle):
    (file,) = models.glob("*.json")
    file.unlink()
    with pytest.raises(CheckpointError, match="is missing"):
        Predictor(bundle, models)


def test_a_card_without_weights_is_no_model(models, bundle):
    (file,) = models.glob("*.safetensors")
    file.unlink()
    with pytest.raises(CheckpointError):
        Predictor(bundle, models)


def test_an_ensemble_that_lacks_the_weights_of_a_card_is_refused(models, bundle):
    """The others alone would give other predictions, with nobody told."""
    (card,) = models.glob("*.json")
    (models / "fold9.json").write_bytes(card.read_bytes())
    with pytest.raises(CheckpointError, match=r"lacks fold9\.safetensors.*fewer models"):
        Predictor(bundle, models)


def test_an_ensemble_that_lacks_a_listed_member_is_refused(models, bundle):
    listing = models.parent / checksums.LIST
    listing.write_text(f"{'0' * 64}  {models.name}/fold8.json\n", "utf-8")
    try:
        with pytest.raises(CheckpointError, match=r"lacks fold8\.json"):
            Predictor(bundle, models)
    finally:
        listing.unlink()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("genes", "ranks other genes"),
        ("pathways", "knows other pathways"),
        ("references", "compares with the line NOSUCHLINE"),
    ],
)
def test_a_model_made_for_other_things_is_refused(models, bundle, name, problem):
    (file,) = models.glob("*.json")
    names = json.loads(file.read_text("utf-8"))[name]
    swapped = (
        ["NOSUCHLINE", *names[1:]] if name == "references" else [names[1], names[0], *names[2:]]
    )
    edit(models, **{name: swapped})
    with pytest.raises(CheckpointError, match=problem):
        Predictor(bundle, models)
