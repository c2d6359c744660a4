"""Every file that ships, harmed in every way: refused with a remedy, never another answer."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from badger_core.checksums import LIST, absent, sha256
from badger_core.data import perturbation
from badger_core.data.bundle import Bundle
from badger_core.data.response_files import ResponseFiles
from badger_core.model.checkpoint import load
from badger_core.paths import ROOT
from badger_core.perturbation.checkpoint import load_model
from badger_core.perturbation.shipped import shipped_edges
from badger_core.predict.predictor import Predictor
from badger_core.predict.trust import load_trust
from badger_core.repurpose.ready_scores import stored_scores
from badger_core.repurpose.shipped import read_shipped
from badger_core.response.drug_genes import read_drug_genes
from badger_core.response.predictor import MACHINES, Sensitivity
from badger_core.response.shipped import read_shipped as read_predictor
from tests.hostile.bundle_files import FOLDERS, WAYS, harmed, linked_copy
from tests.hostile.trial import attempt, refused

Reader = Callable[[Path], object]
BUNDLE: dict[str, Reader] = {
    "manifest.json": lambda root: Bundle(root).genes,
    "cell_expression.npz": lambda root: Bundle(root).cells,
    "cell_expression_rows.parquet": lambda root: Bundle(root).cells,
    "cells.parquet": lambda root: Bundle(root).cells,
    "compound_names.parquet": lambda root: Bundle(root).library,
    "compound_pathways.parquet": lambda root: Bundle(root)._table("compound_pathways"),
    "compounds.parquet": lambda root: Bundle(root).library,
    "disease_signatures.parquet": lambda root: Bundle(root).diseases,
    "diseases.parquet": lambda root: Bundle(root).diseases,
    "gene_vectors.npz": lambda root: Bundle(root).gene_vectors,
    "genes.parquet": lambda root: Bundle(root).genes,
    "indications.parquet": lambda root: Bundle(root).diseases,
    "pathways.parquet": lambda root: Bundle(root).pathways,
    "progeny.parquet": lambda root: Bundle(root).progeny,
    "signatures.npz": lambda root: Bundle(root).signatures.read(),
    "signatures.parquet": lambda root: Bundle(root).signatures,
    "splits.parquet": lambda root: Bundle(root).splits,
    "target_genes.parquet": lambda root: Bundle(root).target_genes,
}
MODELS: dict[str, Reader] = {
    f"fold{fold}.{ending}": lambda root, fold=fold: load(root / f"fold{fold}")
    for fold in range(1, 6)
    for ending in ("json", "safetensors")
} | {"trust.json": load_trust}
SCREENS: dict[str, Reader] = {
    "manifest.json": lambda _: perturbation.screen_genes(),
    "screen_cells.parquet": lambda _: perturbation.shipped_screen(),
    "screen_counts.parquet": lambda _: perturbation.shipped_screen(),
    "screen_genes.parquet": lambda _: perturbation.screen_genes(),
    "string_edges.parquet": lambda _: perturbation.string_edges(),
    "overexpression.parquet": lambda _: perturbation.overexpressions(),
    "edges.parquet": lambda _: shipped_edges(),
    "model.json": lambda root: load_model(root / "model"),
    "model.safetensors": lambda root: load_model(root / "model"),
}
RESPONSE: dict[str, Reader] = {
    "manifest.json": lambda root: ResponseFiles(root).table("screen_ctrp_lines"),
    "predictor.json": lambda root: read_predictor(root, {}),
    "predictor.npz": lambda root: read_predictor(root, {}),
    "drug_genes.parquet": read_drug_genes,
}
RESPONSE |= {
    name: (lambda root, name=name: ResponseFiles(root).arrays(name.removesuffix(".npz")))
    if name.endswith(".npz")
    else (lambda root, name=name: ResponseFiles(root).table(name.removesuffix(".parquet")))
    for name in ResponseFiles().manifest["outputs"]
}
FILES = {
    "bundle": BUNDLE,
    "models/badger": MODELS,
    "perturbation": SCREENS,
    "response": RESPONSE,
}


def part_of_bundle(name: str) -> Reader:
    """Reads one file, by the method that all others use."""
    stem, _, kind = name.partition(".")
    method = "_arrays" if kind == "npz" else "_table"
    return lambda root: getattr(Bundle(root), method)(stem)


def part_of_screens(name: str) -> Reader:
    """The same of the single-cell screen."""
    stem = name.partition(".")[0]
    return lambda _: perturbation._table(stem)


ALONE = {
    "bundle": {name: part_of_bundle(name) for name in BUNDLE if name != "manifest.json"},
    "perturbation": {name: part_of_screens(name) for name in SCREENS if name[:7] == "screen_"},
}
"""The same files without what is read beside them, which takes time."""
HARMLESS = {"a byte changed", "another byte changed", "with a byte more", "without its last byte"}
"""A manifest with a change in a remark is the same list of checksums."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return linked_copy(tmp_path_factory.mktemp("all") / "data")


@pytest.fixture(autouse=True)
def _named(data, monkeypatch):
    for variable, folder in FOLDERS.items():
        monkeypatch.setenv(variable, str(data / folder))


def test_every_file_that_ships_is_tried(data):
    for folder, files in FILES.items():
        there = {p.name for p in (data / folder).iterdir() if p.suffix != ".md"}
        assert there == set(files), folder
    shipped = {p.name for p in (data / "predictions").iterdir()} - {"README.md"}
    assert shipped == {"hub.npz", "reversal.npz", "manifest.json"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("folder", FILES)
def test_a_harmed_file_is_refused_with_its_remedy(data, folder, way):
    root, restore = data / folder, f"Restore data/{folder.split('/')[0]}"
    for name, whole in FILES[folder].items():
        if name == "trust.json" and way == "missing":
            continue  # predictions do without it, and say so
        read = whole if way == "a byte changed" else ALONE.get(folder, {}).get(name, whole)
        others = [file for file in FILES[folder] if file.endswith(name[-5:]) and file != name]
        with harmed(root / name, way, (root / (others or ["none"])[0]).resolve()):
            if name == "manifest.json" and way in HARMLESS:
                attempt(folder, lambda read=read: read(root))
                continue
            said = refused(folder, lambda read=read: read(root), "", restore)
            assert name in said or name == "manifest.json" or way == "another file", said
            assert "'badger " in said


@pytest.mark.parametrize("folder", ["bundle", "response", "perturbation"])
def test_a_manifest_with_a_changed_byte_is_the_same_list_or_is_told(data, folder):
    """Wherever it changes: no other file passes for one that it names."""
    path = data / folder / "manifest.json"
    content = path.resolve().read_bytes()
    read = FILES[folder]["manifest.json"]
    for place in np.linspace(0, len(content) - 1, 12).astype(int):
        path.unlink()
        path.write_bytes(content[:place] + bytes([content[place] ^ 2]) + content[place + 1 :])
        attempt(folder, lambda: read(path.parent))
        path.unlink()
        path.symlink_to(ROOT / "data" / folder / "manifest.json")


@pytest.mark.parametrize("way", ["missing", "a folder", "half", "a byte changed", "text instead"])
def test_harmed_predictions_are_screened_instead(data, bundle, way):
    folder, models = data / "predictions", data / "models" / "badger"
    keys = sorted(bundle.library.hub["ik14"])
    for name in ("hub.npz", "manifest.json"):
        with harmed(folder / name, way, (folder / "reversal.npz").resolve()):
            found = read_shipped(folder, bundle, models)
            assert not found.lines or (name == "manifest.json" and found.refused == "")
            assert found.refused or found.lines or way == "missing"
            assert not found.refused or "badger ship-predictions" in found.refused
            if found.lines:
                assert sha256(folder / "hub.npz") == sha256(ROOT / "data/predictions/hub.npz")
    with harmed(folder / "reversal.npz", way, (folder / "hub.npz").resolve()):
        assert stored_scores(bundle, ["A375"], keys, folder) is None
    assert way != "missing" or stored_scores(bundle, ["A375"], keys, folder) is not None


def test_predictions_of_harmed_models_are_not_used(data, bundle):
    models = data / "models" / "badger"
    with harmed(models / "fold2.safetensors", "a byte changed", models):
        assert "other models" in read_shipped(data / "predictions", bundle, models).refused


@pytest.mark.parametrize("name", ["fold4.safetensors", "fold4.json"])
def test_an_ensemble_that_lacks_a_file_is_refused(data, bundle, name):
    models = data / "models" / "badger"
    with harmed(models / name, "missing", models):
        said = refused("models/badger", lambda: Predictor(bundle, models), name, "Restore")
        assert "fewer models" in said


def test_a_predictor_of_sensitivity_over_a_harmed_screen_is_refused(data):
    for name in ("screen_ctrp.npz", "panel_nci60.npz"):
        with harmed(data / "response" / name, "a byte changed", data):
            refused("response", lambda: Sensitivity.load(), name, "does not match its checksum")
    assert MACHINES


def test_the_list_names_what_no_manifest_does_and_agrees():
    """Made by `sha256sum`, renewed by whatever trains: see `checksums.renew`."""
    lines = (ROOT / "data" / LIST).read_text("utf-8").splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    assert list(sums) == sorted(sums)
    learnt = {f"models/badger/{name}" for name in MODELS}
    learnt |= {f"perturbation/{n}" for n in ("edges.parquet", "model.json", "model.safetensors")}
    learnt |= {f"response/{n}" for n in ("drug_genes.parquet", "predictor.json", "predictor.npz")}
    assert set(sums) == learnt
    assert {name: sha256(ROOT / "data" / name) for name in sums} == sums
    assert absent(ROOT / "data" / "models" / "badger") == []
