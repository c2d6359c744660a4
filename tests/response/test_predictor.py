"""The shipped predictor: it opens fast and answers, and its intervals hold on what was held out."""

import json
import subprocess
import sys
import time

import numpy as np
import pytest

from badger_core.checked import OWN, card_text
from badger_core.chem.molecule import read_molecule
from badger_core.data.response import profiles
from badger_core.errors import ResponseError
from badger_core.response.baselines.kernel import KernelSettings, fit_kernel
from badger_core.response.confidence import LEVEL, Bins
from badger_core.response.contract import Train
from badger_core.response.heads import Head
from badger_core.response.machine import Machine
from badger_core.response.predictor import MACHINES, LineProfile, Sensitivity
from badger_core.response.ship import SPLITS_OF, checked, held_out_pairs
from badger_core.response.shipped import read_shipped, write_shipped
from badger_core.response.splits import folds
from badger_core.response.units import lesson_of

METHOTREXATE = "CN(Cc1cnc2nc(N)nc(N)c2n1)c1ccc(C(=O)NC(CCC(=O)O)C(=O)O)cc1"
STRANGER = "O=C(c1ccc(CN2CCOCC2)cc1)Nc1ccc(F)cc1"
WANTED = {
    *("screen", "line", "cell", "display_name", "lineage", "ik14", "predicted", "low", "high"),
    *("drug_specific", "sure", "confidence", "measured", "basis", "nearest_drug", "likeness"),
    *("nearest_line", "line_likeness", "percent"),
}


@pytest.fixture(scope="module")
def model() -> Sensitivity:
    """As shipped."""
    return Sensitivity.load()


def test_opens_without_sklearn_and_torch() -> None:
    code = (
        "import sys; from badger_core.response.predictor import Sensitivity; Sensitivity.load(); "
        "print([name for name in ('sklearn', 'torch', 'streamlit') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_known_drug_over_lines(model) -> None:
    table = model.of_drug(read_molecule(METHOTREXATE))
    assert set(table.columns) >= WANTED
    assert dict(table["screen"].value_counts()) == {"ctrp": 632, "nci60": 59}
    assert set(table["basis"]) == {"measured pair", "known drug"}
    assert (table["likeness"] == 1).all()
    assert table["predicted"].notna().all()
    assert (table["low"] <= table["predicted"]).all()
    assert (table["predicted"] <= table["high"]).all()
    chance = table.loc[table["screen"] == "nci60", "predicted"]
    assert chance.between(0, 1).all()
    assert ((table["basis"] == "measured pair") == table["measured"].notna()).all()
    assert table["percent"].between(0, 100).all()


def test_a_new_drug_is_answered_within_a_second_or_two(model) -> None:
    molecule = read_molecule(STRANGER)
    start = time.process_time()
    table = model.of_drug(molecule)
    assert time.process_time() - start < 2
    assert set(table["basis"]) == {"new drug"}
    assert table["measured"].isna().all()
    assert table["likeness"].max() < 1
    ctrp = table[table["screen"] == "ctrp"]
    assert ctrp["predicted"].std() > 0.1  # lines differ


def test_a_measured_pair_is_predicted_by_a_fit_that_held_it_out(model) -> None:
    table = model.of_drug(read_molecule(METHOTREXATE))
    known = table[(table["screen"] == "ctrp") & table["measured"].notna()]
    machine = model._machines["ctrp", "ccle1000"]
    row = machine.screen.about_drugs["ik14"].tolist().index(known["ik14"].iloc[0])
    at = machine.screen.lines.keys.tolist().index(known["line"].iloc[0])
    assert known["predicted"].iloc[0] == pytest.approx(machine.held_out[row, at])


def test_an_upload_is_told_by_landmarks_and_centred_on_its_reference(model) -> None:
    panel = profiles("landmark")
    rng = np.random.default_rng(0)
    level = rng.normal(8, 1, panel.values.shape[1])
    values = np.where(np.isfinite(panel.values), panel.values, 0)[:40]
    reference = values[1:] + level
    upload = LineProfile("upload:x", values[0] + level, reference)
    other = LineProfile("upload:y", values[0] + level + 3, reference + 3)
    one, two = (model.of_line(line) for line in (upload, other))
    np.testing.assert_allclose(one["predicted"], two["predicted"], atol=1e-4)
    assert set(one["screen"]) == {"ctrp", "nci60"}
    assert one["line_likeness"].max() < 1
    moved = LineProfile("upload:z", np.roll(upload.landmark, 7), reference)
    assert np.abs(model.of_line(moved)["predicted"] - one["predicted"]).max() > 1e-3


def test_a_line_without_expression_is_an_error_that_says_so(model) -> None:
    with pytest.raises(ResponseError, match="No expression of nowhere"):
        model.of_line(LineProfile("nowhere"))


def test_pairs_agree_with_the_other_ways_to_ask(model) -> None:
    line = LineProfile("A375")
    smiles = [read_molecule(text).smiles for text in (METHOTREXATE, STRANGER)]
    pairs = model.pairs(smiles, line)
    for text, (_, row) in zip((METHOTREXATE, STRANGER), pairs.iterrows(), strict=True):
        table = model.of_drug(read_molecule(text), [line])
        one = table[table["screen"] == "ctrp"].iloc[0]
        for name in ("predicted", "low", "high", "drug_specific", "likeness"):
            assert row[name] == pytest.approx(one[name], abs=1e-4)
    assert len(model.pairs([], line)) == 0


def test_every_question_has_a_head_and_a_check(model) -> None:
    for (screen, panel), splits in SPLITS_OF.items():
        machine = model._machines[screen, panel]
        assert set(machine.heads) == set(splits)
        for split in splits:
            about = model.manifest[f"{screen}_{panel}_{split}"]
            if screen == "ctrp":
                assert about["coverage"] == pytest.approx(LEVEL, abs=0.03)
            else:
                assert about["calibration_error"] < 0.1


def test_shipped_intervals_hold_the_measured_pairs(model) -> None:
    machine = model._machines["ctrp", "ccle1000"]
    known = np.isfinite(machine.held_out) & np.isfinite(machine.screen.labels)
    value, truth = machine.held_out[known], machine.screen.labels[known]
    low, high, _ = machine.heads["random"].bins.at(np.ones(len(value)), value)
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(LEVEL, abs=0.02)


def test_held_out_pairs_are_all_test_pairs_once(tiny_ctrp) -> None:
    cut = folds(tiny_ctrp, "unseen-drug")
    lessons = [lesson_of(tiny_ctrp, fold) for fold in cut]
    out = held_out_pairs(tiny_ctrp.labels, tiny_ctrp.lines.groups, cut, lessons, KernelSettings())
    assert len(out.raw) == np.isfinite(tiny_ctrp.labels).sum()
    assert len(set(zip(out.drug, out.line, strict=True))) == len(out.raw)
    np.testing.assert_array_equal(out.truth, tiny_ctrp.labels[out.drug, out.line])
    assert (out.likeness < 1).all()
    assert 0.6 < checked("auc", out)["coverage"] < 0.95


def test_machine_agrees_with_the_fit_it_was_made_from(tiny_ctrp) -> None:
    settings = KernelSettings(own_line=0.5, own_drug=0.2)
    train = Train("auc", tiny_ctrp.drugs, tiny_ctrp.lines, tiny_ctrp.labels,
                  np.zeros(tiny_ctrp.labels.shape, bool))  # fmt: skip
    fit = fit_kernel(train, settings)
    ones = np.ones(50)
    bins = Bins.fit("auc", ones, np.arange(50.0), np.arange(50.0) + 1, np.arange(50))
    machine = Machine(tiny_ctrp, {"random": Head(settings, fit.offset, fit.weights, None, bins)})
    asked = machine.ask(tiny_ctrp.drugs.keys, tiny_ctrp.drugs.bits, tiny_ctrp.lines.keys.tolist())
    np.testing.assert_allclose(
        asked.predicted, fit.predict(tiny_ctrp.drugs, tiny_ctrp.lines), atol=1e-3
    )
    np.testing.assert_array_equal(asked.measured, tiny_ctrp.labels)


def test_an_empty_file_of_weights_says_how_to_get_them_back(tmp_path) -> None:
    (tmp_path / "predictor.json").write_text("{}")
    (tmp_path / "predictor.npz").write_bytes(b"")
    with pytest.raises(ResponseError, match="badger response train"):
        Sensitivity.load(tmp_path)


def test_weights_of_other_tables_are_refused(model, tmp_path, monkeypatch) -> None:
    with pytest.raises(ResponseError, match="is missing"):
        read_shipped(tmp_path, MACHINES)
    machine = model._machines["nci60", "nci60"]
    write_shipped(tmp_path, {("nci60", "nci60"): machine}, {})
    panels = {"nci60": ("nci60",)}
    record = json.loads((tmp_path / "predictor.json").read_text())
    monkeypatch.setattr(
        "badger_core.response.shipped.screen_on", lambda name, panel, root: machine.screen
    )
    monkeypatch.setattr("badger_core.response.shipped._by_cell", lambda panel, root: {})
    again = read_shipped(tmp_path, panels).machines["nci60", "nci60"]
    np.testing.assert_array_equal(again.heads["random"].weights, machine.heads["random"].weights)
    record["machines"]["nci60_nci60"]["signature"] = "0"
    (tmp_path / "predictor.json").write_text(json.dumps(record))
    with pytest.raises(ResponseError, match="does not match its checksum"):
        read_shipped(tmp_path, panels)
    del record[OWN]
    (tmp_path / "predictor.json").write_text(card_text(record))
    with pytest.raises(ResponseError, match="belong to other tables"):
        read_shipped(tmp_path, panels)
    arrays = bytearray((tmp_path / "predictor.npz").read_bytes())
    arrays[len(arrays) // 2] ^= 1
    (tmp_path / "predictor.npz").write_bytes(arrays)
    with pytest.raises(ResponseError, match=r"predictor\.npz' does not match its checksum"):
        read_shipped(tmp_path, panels)
