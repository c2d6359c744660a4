"""The doctor finds damaged and missing files of bundle, tables, models and predictions."""

import json
from hashlib import sha256

import numpy as np
import pytest

from badger_core.cli.doctor_damage import damage
from badger_core.cli.doctor_data import bundle_finding, content_hash, tables_finding
from badger_core.cli.doctor_finding import FAILS, OK, WARNING
from badger_core.cli.doctor_models import models_finding, predictions_finding
from badger_core.paths import models_dir, predictions_dir

MODELS = models_dir() / "badger"
A = sha256(b"a").hexdigest()


def linked(source, folder):
    folder.mkdir(parents=True)
    for file in source.iterdir():
        (folder / file.name).symlink_to(file)
    return folder


def replaced(path, content):
    path.unlink()
    path.write_bytes(content)


def test_the_bundle_that_comes_with_the_app_is_whole(bundle):
    found = bundle_finding(bundle.root)
    assert found.state == OK
    assert content_hash(bundle.root) == bundle.content_hash


def test_a_damaged_file_of_the_bundle_is_named(bundle_copy):
    content = bytearray((bundle_copy / "genes.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    replaced(bundle_copy / "genes.parquet", bytes(content))
    found = bundle_finding(bundle_copy)
    assert found.state == FAILS
    assert "genes.parquet differs from its checksum" in found.found
    assert "badger data build" in found.remedy


def test_a_missing_file_of_the_bundle_is_named(bundle_copy):
    (bundle_copy / "progeny.parquet").unlink()
    found = bundle_finding(bundle_copy)
    assert found.state == FAILS
    assert "progeny.parquet is missing" in found.found


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"outputs": 3}', b"\xff\xfe", b'{"outputs": {}}']
)
def test_a_manifest_that_makes_no_sense_is_a_failure_and_no_traceback(bundle_copy, content):
    replaced(bundle_copy / "manifest.json", content)
    assert bundle_finding(bundle_copy).state == FAILS
    assert models_finding(MODELS, bundle_copy).state == WARNING


def test_a_bundle_of_another_version_is_refused(bundle_copy):
    manifest = json.loads((bundle_copy / "manifest.json").read_text()) | {"bundle_version": 99}
    replaced(bundle_copy / "manifest.json", json.dumps(manifest).encode())
    assert "version 99" in bundle_finding(bundle_copy).found


def test_tables_that_are_not_there_are_a_warning_and_damaged_ones_a_failure(tmp_path):
    found = tables_finding("x", tmp_path / "none", "badger make", "no answers")
    assert (found.state, "badger make" in found.remedy) == (WARNING, True)
    (tmp_path / "a.npz").write_bytes(b"a")
    assert tables_finding("x", tmp_path, "badger make", "").state == FAILS
    outputs = {"outputs": {"a.npz": {"sha256": "0" * 64}}}
    (tmp_path / "manifest.json").write_text(json.dumps(outputs))
    assert "a.npz differs" in tables_finding("x", tmp_path, "badger make", "").found


def test_the_shipped_models_and_predictions_belong_together(bundle):
    assert models_finding(MODELS, bundle.root).state == OK
    assert predictions_finding(predictions_dir(), MODELS, bundle.root).state == OK


@pytest.mark.parametrize(
    ("file", "damage", "word"),
    [
        ("fold1.safetensors", lambda content: content[:-100], "cut off"),
        ("fold2.safetensors", lambda content: b"nonsense", "damaged"),
        ("fold3.json", lambda content: b"{", "fold3.json"),
        ("fold4.safetensors", None, "fold4.safetensors is missing"),
        ("fold5.json", None, "fold5.json is missing"),
    ],
)
def test_a_damaged_or_missing_model_file_is_named(bundle, tmp_path, file, damage, word):
    folder = linked(MODELS, tmp_path / "models")
    if damage is None:
        (folder / file).unlink()
    else:
        replaced(folder / file, damage((folder / file).read_bytes()))
    found = models_finding(folder, bundle.root)
    assert found.state == FAILS
    assert word in found.found


@pytest.mark.parametrize("file", ["fold1.safetensors", "fold3.json", "trust.json"])
def test_a_changed_byte_in_what_was_learnt_is_named(bundle, tmp_path, file):
    copy = tmp_path / "data"
    folder = linked(MODELS, copy / "models" / "badger")
    (copy / "SHA256SUMS").write_bytes((MODELS.parents[1] / "SHA256SUMS").read_bytes())
    assert models_finding(folder, bundle.root).state == OK
    content = (folder / file).read_bytes()
    at = content.rindex(b"1") if file.endswith(".json") else len(content) - 3
    replaced(folder / file, content[:at] + b"2" + content[at + 1 :])
    found = models_finding(folder, bundle.root)
    assert found.state == FAILS
    assert f"{file} differs from its checksum" in found.found


def test_no_models_fail_and_models_of_another_bundle_are_a_warning(bundle, bundle_copy, tmp_path):
    assert models_finding(tmp_path, bundle.root).state == FAILS
    manifest = json.loads((bundle_copy / "manifest.json").read_text())
    manifest["outputs"]["genes.parquet"]["sha256"] = "0" * 64
    replaced(bundle_copy / "manifest.json", json.dumps(manifest).encode())
    assert models_finding(MODELS, bundle_copy).state == WARNING
    assert predictions_finding(predictions_dir(), MODELS, bundle_copy).state == WARNING


def test_changed_weights_of_the_right_length_are_seen_by_the_predictions(bundle, tmp_path):
    folder = linked(MODELS, tmp_path / "models")
    content = bytearray((folder / "fold1.safetensors").read_bytes())
    content[-3] ^= 1
    replaced(folder / "fold1.safetensors", bytes(content))
    found = predictions_finding(predictions_dir(), folder, bundle.root)
    assert found.state == WARNING
    assert "other models" in found.found


def test_damaged_predictions_fail_and_missing_ones_are_a_warning(bundle, tmp_path):
    assert predictions_finding(tmp_path, MODELS, bundle.root).state == WARNING
    folder = linked(predictions_dir(), tmp_path / "predictions")
    replaced(folder / "reversal.npz", b"x")
    found = predictions_finding(folder, MODELS, bundle.root)
    assert (found.state, "reversal.npz differs" in found.found) == (FAILS, True)
    replaced(folder / "manifest.json", b"[1]")
    assert predictions_finding(folder, MODELS, bundle.root).state == FAILS


def test_weights_that_no_manifest_lists_are_looked_at(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps({"outputs": {"a": {"sha256": A}}}))
    (tmp_path / "a").write_bytes(b"a")
    np.savez_compressed(tmp_path / "weights.npz", weights=np.arange(1000.0))
    (tmp_path / "README.md").write_text("x")
    assert tables_finding("x", tmp_path, "make", "").state == OK
    content = bytearray((tmp_path / "weights.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "weights.npz").write_bytes(bytes(content))
    found = tables_finding("x", tmp_path, "make", "")
    assert (found.state, "weights.npz is damaged" in found.found) == (FAILS, True)


def test_tables_without_what_is_learnt_from_them_are_a_warning(tmp_path):
    outputs = {"outputs": {"a": {"sha256": A}}}
    (tmp_path / "manifest.json").write_text(json.dumps(outputs))
    (tmp_path / "a").write_bytes(b"a")
    learnt = {"w.json": "badger learn", "a": "badger other"}
    found = tables_finding("x", tmp_path, "badger make", "no answers", learnt)
    assert (found.state, "w.json missing" in found.found) == (WARNING, True)
    assert "'badger learn'" in found.remedy
    assert "badger other" not in found.remedy
    (tmp_path / "w.json").write_text("{}")
    assert tables_finding("x", tmp_path, "badger make", "", learnt).state == OK


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"\xff"),
        ("a.npz", b"PK"),
        ("a.parquet", b""),
        ("a.parquet", b"PAR1 cut off"),
        ("a.safetensors", b""),
        ("a.safetensors", b"\x02" + bytes(7) + b"[]"),
        ("a.safetensors", b"\xff" * 8),
    ],
)
def test_damage_is_told_and_raises_nothing(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert damage(tmp_path / name)


def test_a_missing_file_is_damaged_and_another_kind_is_only_there(tmp_path):
    (tmp_path / "a.csv").write_text("x")
    assert (damage(tmp_path / "a.csv"), bool(damage(tmp_path / "b.csv"))) == ("", True)
