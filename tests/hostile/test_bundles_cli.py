"""The program given such files: exit code 1, the reason on standard error, no traceback."""

import pytest

from tests.cli.conftest import badger  # noqa: F401 - the fixture
from tests.hostile.bundle_files import harmed, linked_copy
from tests.hostile.hdf5_files import expression_h5ad, gctx


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return linked_copy(tmp_path_factory.mktemp("all") / "data")


ASK = ("predict", "--compound", "vemurafenib", "--cell", "A375")
CASES = {
    "a bundle": (ASK, "bundle/genes.parquet", "genes.parquet' does not match its checksum"),
    "a model": (ASK, "models/badger/fold2.safetensors", "does not match its checksum"),
    "the weights of sensitivity": (
        ("response", "predict", "--compound", "vemurafenib"),
        "response/predictor.npz",
        "predictor.npz' does not match its checksum",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_harmed_file_ends_a_command_with_its_reason(case, data, badger, monkeypatch):  # noqa: F811
    command, file, reason = CASES[case]
    monkeypatch.setenv("BADGER_BUNDLE", str(data / "bundle"))
    monkeypatch.setenv("BADGER_MODELS", str(data / "models"))
    monkeypatch.setenv("BADGER_RESPONSE", str(data / "response"))
    with harmed(data / file, "a byte changed", data):
        said = badger(*command)
    assert said.code == 1
    assert said.err.startswith("badger: ")
    assert reason in said.err
    assert "Traceback" not in said.err + said.out


UPLOADS = {
    "x.gctx": (gctx()[:3000], "damaged"),
    "y.gctx": (b"gene,s1\nTP53,1\n", "no HDF5 file"),
    "x.h5ad": (expression_h5ad()[:2500], "damaged"),
    "empty.h5ad": (b"", "is empty"),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_a_damaged_matrix_ends_a_command_with_its_reason(name, badger, tmp_path):  # noqa: F811
    content, reason = UPLOADS[name]
    (tmp_path / name).write_bytes(content)
    said = badger("data", "convert", tmp_path / name, tmp_path / "out.csv")
    assert said.code == 1
    assert name in said.err
    assert reason in said.err
    assert "Traceback" not in said.err + said.out
    assert not (tmp_path / "out.csv").exists()
