"""The three releases become bundles: values, conditions, what was left out, and resuming."""

import numpy as np
import pandas as pd
import pytest

from badger_core import schema
from badger_core.data.bundle import Bundle
from badger_core.data.imports import sink as sink_module
from badger_core.data.imports import values as values_module
from badger_core.data.imports.assemble import WORK, Request, import_bundle
from badger_core.data.imports.options import Options
from badger_core.data.raw import verify
from badger_core.errors import StoppedError
from tests.data.imports.conftest import asking, quiet

OFFICIAL = "l1000/official_formats/"


@pytest.fixture(scope="module")
def imported(release, tmp_path_factory):
    name, files = release
    out = tmp_path_factory.mktemp("bundle") / name
    return name, files, quiet(asking(files), out), Bundle(out)


def wanted(truth):
    """Rows of the truth that the default options keep, before doubles on a plate go."""
    rows = truth[(truth["pert_type"] == "trt_cp") & truth["smiles"].notna()]
    return rows[rows["qc_pass"] != 0] if rows["qc_pass"].notna().any() else rows


def test_the_bundle_is_whole(imported):
    name, _, manifest, bundle = imported
    verify(bundle.root, manifest)
    assert not (bundle.root / WORK).exists()
    assert manifest["import"]["release"] == name
    table = bundle.signatures.table
    assert tuple(table) == schema.SIGNATURE_COLUMNS
    assert (table["source"] == name).all()
    assert (table["level"] == "5").all()
    assert set(bundle.splits["group"]) == set(table["ik14"]) | set(table["cell"])
    assert tuple(bundle.cells.table) == schema.CELL_COLUMNS
    assert tuple(bundle.library.table) == schema.COMPOUND_COLUMNS


def test_conditions_are_those_of_the_release(imported):
    _, files, _, bundle = imported
    table = bundle.signatures.table
    truth = files.truth.set_index("sig_id").loc[table["signature"].str.partition("|")[2]]
    assert np.allclose(table["dose_um"], truth["dose_um"])
    assert np.allclose(table["time_h"], truth["time_h"])
    assert (table["n_replicates"].to_numpy() == truth["n_rep"].to_numpy(float)).all()
    assert (table["ik14"].to_numpy() == truth["inchi_key"].str[:14].to_numpy()).all()
    assert (table["cell"].to_numpy() == truth["cell"].to_numpy()).all()


def test_values_are_the_landmarks_in_panel_order(imported):
    _, files, _, bundle = imported
    row = {gene: i for i, gene in enumerate(files.entrez)}
    column = {one: i for i, one in enumerate(files.truth["sig_id"])}
    table = bundle.signatures.table
    at = [column[one] for one in table["signature"].str.partition("|")[2]]
    plain = files.values[np.ix_([row[g] for g in bundle.genes.entrez], at)].T
    stored = bundle.signatures.values(table["row"].to_numpy())
    assert np.nanmax(np.abs(stored - plain)) < 6e-4
    assert isinstance(bundle.signatures.packed(np.arange(1))[0], np.ndarray)


def test_what_is_left_out_is_counted(imported):
    _, files, manifest, bundle = imported
    kept, dropped = len(bundle.signatures.table), manifest["dropped"]
    assert kept + sum(dropped.values()) == len(files.truth)
    assert dropped["signature: other perturbation than trt_cp"] == 2
    assert dropped["signature: compound without structure"] > 0
    assert kept <= len(wanted(files.truth))
    left = pd.read_parquet(bundle.root / "left_out.parquet")
    compound = left[left["kind"] == "compound"]
    assert compound["id"].tolist() == ["BRD-K00000001"]
    assert compound["n_signatures"].item() >= dropped["signature: compound without structure"]


def test_doubles_on_a_plate_leave_the_most_active_one(imported):
    _, files, manifest, bundle = imported
    rows = wanted(files.truth)
    plate = rows["sig_id"].str.partition(":")[0]
    groups = rows.groupby([plate, "cell", "inchi_key", "dose_um", "time_h"])["tas"]
    best = rows.loc[groups.idxmax(), "sig_id"]
    assert set(bundle.signatures.table["signature"].str.partition("|")[2]) == set(best)
    assert len(rows) - len(best) == manifest["dropped"].get(
        "signature: same line, structure, dose, time and plate as a more active one", 0
    )


def test_an_unknown_line_is_added_without_expression(imported):
    _, _, manifest, bundle = imported
    line = bundle.cells.find("newline1")
    assert manifest["import"]["lines new to the catalogue"] == ["NEWLINE1"]
    assert line.basal is None
    assert line.lineage in ("skin", "")


def test_options(lincs2020, tmp_path):
    truth = wanted(lincs2020.truth)
    strict = Options(min_tas=0.4, gold=True, min_replicates=3, best_of_plate=False)
    quiet(asking(lincs2020, strict), tmp_path / "a")
    kept = truth[(truth["tas"] >= 0.4) & (truth["gold"] == 1) & (truth["n_rep"] >= 3)]
    found = Bundle(tmp_path / "a").signatures.table["signature"].str.partition("|")[2]
    assert set(found) == set(kept["sig_id"])
    loose = Options(qc=False, best_of_plate=False)
    quiet(asking(lincs2020, loose), tmp_path / "b")
    everything = lincs2020.truth
    everything = everything[(everything["pert_type"] == "trt_cp") & everything["smiles"].notna()]
    assert len(Bundle(tmp_path / "b").signatures.table) == len(everything)


def test_an_interrupted_import_resumes_to_the_same_bytes(lincs2020, tmp_path, monkeypatch):
    monkeypatch.setattr(values_module, "BLOCK", 5)
    monkeypatch.setattr(sink_module, "_NOTE_EVERY_S", -1.0)
    monkeypatch.setattr(sink_module, "_SYNC_BYTES", 1)
    request = asking(lincs2020)
    whole = quiet(request, tmp_path / "whole")
    asked = iter([False, True])
    with pytest.raises(StoppedError, match="same command"):
        quiet(request, tmp_path / "part", stop=lambda: next(asked))
    seen = []
    again = import_bundle(request, tmp_path / "part", lambda _: None, seen.append)
    assert seen[0].done == 15  # two blocks were there
    assert again == whole
    for name in (*whole["outputs"], *whole["references"], "manifest.json", "README.md"):
        assert (tmp_path / "part" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_killed_import_resumes_to_the_same_bytes(lincs2020, tmp_path, monkeypatch):
    monkeypatch.setattr(values_module, "BLOCK", 5)
    monkeypatch.setattr(sink_module, "_NOTE_EVERY_S", -1.0)
    monkeypatch.setattr(sink_module, "_SYNC_BYTES", 1)
    request = asking(lincs2020)
    whole = quiet(request, tmp_path / "whole")
    note = values_module.Sink.note
    count = iter(range(100))

    def killed(self):
        note(self)
        if next(count) == 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(values_module.Sink, "note", killed)
        with pytest.raises(KeyboardInterrupt):
            quiet(request, tmp_path / "part")
    assert (tmp_path / "part" / WORK / "journal.json").exists()
    assert quiet(request, tmp_path / "part") == whole
    other = asking(lincs2020, Options(min_replicates=2))
    with monkeypatch.context() as patch:  # work under way of another request is not gone on with
        patch.setattr(values_module.Sink, "note", killed)
        quiet(other, tmp_path / "part")
    assert quiet(other, tmp_path / "fresh") == Bundle(tmp_path / "part").manifest


def test_lower_levels_of_official_files(raw_dir, tmp_path, bundle):
    """The level 5 sample is in the shipped bundle too: the same values come out."""
    file = raw_dir / OFFICIAL / "level5_modz_n272x978.gctx"
    quiet(Request(file, options=Options(best_of_plate=False)), tmp_path / "five")
    ours, shipped = Bundle(tmp_path / "five").signatures, bundle.signatures
    same = shipped.table[shipped.table["source"] == "l1ktools_modz272"]
    same = same.assign(id=same["signature"].str.partition("|")[2]).set_index("id")
    table = ours.table.assign(id=ours.table["signature"].str.partition("|")[2])
    rows = same.loc[table["id"]]
    difference = ours.values(table["row"].to_numpy()) - shipped.values(rows["row"].to_numpy())
    assert np.nanmax(np.abs(difference)) < 1.1e-3
    assert (rows["ik14"].to_numpy() == table["ik14"].to_numpy()).all()
    assert np.allclose(rows["dose_um"], table["dose_um"])
    assert (rows["cell"].to_numpy() == table["cell"].to_numpy()).all()
    three = raw_dir / OFFICIAL / "level3_qnorm_LJP005_A375_24H_n377x978.gct"
    quiet(Request(three, options=Options(level=3)), tmp_path / "three")
    found = Bundle(tmp_path / "three").signatures
    assert set(found.table["level"]) == {"3diff"}
    assert abs(np.median(found.values(found.table["row"].to_numpy()))) < 0.2
