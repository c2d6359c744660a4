"""Files that cannot be imported get a sentence that says what to give instead."""

import dataclasses

import h5py
import numpy as np
import pandas as pd
import pytest

from badger_core.data.gctx import GctxFile
from badger_core.data.gctx_writer import GctxWriter
from badger_core.data.imports.assemble import Request
from badger_core.data.imports.options import Options
from badger_core.errors import BundleError, MatrixFileError, RawDataError, SettingError
from badger_core.paths import bundle_dir
from tests.data.imports.conftest import asking, quiet


def without(release, tmp_path, *fields):
    """The release with fields of its siginfo struck out."""
    table = pd.read_csv(release.siginfo, sep="\t", dtype=str, keep_default_na=False)
    path = tmp_path / "siginfo.txt"
    table.drop(columns=list(fields)).to_csv(path, sep="\t", index=False)
    return release._replace(siginfo=path)


def test_a_missing_field_is_named(lincs2020, tmp_path):
    poor = without(lincs2020, tmp_path, "cell_iname", "cell_mfc_name")
    with pytest.raises(RawDataError, match=r"no field cell_iname or cell_id"):
        quiet(asking(poor), tmp_path / "out")


def test_annotation_that_the_file_lacks_is_asked_for(lincs2020, tmp_path):
    with pytest.raises(RawDataError, match=r"annotation of .* has no field cell_iname"):
        quiet(Request(lincs2020.gctx), tmp_path / "out")


def test_ids_that_match_nothing(lincs2020, tmp_path):
    table = pd.read_csv(lincs2020.siginfo, sep="\t", dtype=str, keep_default_na=False)
    path = tmp_path / "siginfo.txt"
    table.assign(sig_id="X" + table["sig_id"]).to_csv(path, sep="\t", index=False)
    with pytest.raises(MatrixFileError, match=r"None of .* is a column .* same release and level"):
        quiet(asking(lincs2020._replace(siginfo=path)), tmp_path / "out")


def test_two_columns_of_one_id(lincs2020, tmp_path):
    path = tmp_path / "twice.gctx"
    path.write_bytes(lincs2020.gctx.read_bytes())
    with h5py.File(path, "r+") as file:
        file["0/META/COL/id"][1] = file["0/META/COL/id"][0]
    with pytest.raises(MatrixFileError, match=r"two columns that are called .* its own id"):
        quiet(asking(lincs2020._replace(gctx=path)), tmp_path / "out")


def test_a_file_without_landmarks(lincs2020, tmp_path):
    path = tmp_path / "other.gctx"
    rows = pd.DataFrame(index=pd.Index([f"9990{i}" for i in range(5)], dtype="str"))
    columns = pd.DataFrame(index=pd.Index(lincs2020.truth["sig_id"], dtype="str"))
    with GctxWriter(path, rows, columns) as writer:
        writer.write(np.zeros((5, len(columns)), np.float32))
    with pytest.raises(MatrixFileError, match=r"0 of the 978 landmark genes .* --geneinfo"):
        quiet(asking(lincs2020._replace(gctx=path)), tmp_path / "out")


def test_levels(lincs2020, tmp_path):
    with pytest.raises(SettingError, match=r"Level 2 cannot be imported"):
        Options(level=2)
    with pytest.raises(MatrixFileError, match=r"look like level 4 or 5 .* imported as level 3"):
        quiet(asking(lincs2020, Options(level=3)), tmp_path / "out")
    expressed = shifted(lincs2020, tmp_path)
    with pytest.raises(MatrixFileError, match=r"look like level 3 .* imported as level 5"):
        quiet(asking(expressed), tmp_path / "out")
    table = pd.read_csv(lincs2020.siginfo, sep="\t", dtype=str, keep_default_na=False)
    path = tmp_path / "siginfo.txt"
    table[table["pert_type"] == "trt_cp"].to_csv(path, sep="\t", index=False)
    with pytest.raises(MatrixFileError, match=r"level 3, and no column of it is a vehicle well"):
        quiet(asking(expressed._replace(siginfo=path), Options(level=3)), tmp_path / "out")


def shifted(release, tmp_path):
    """The release with values as expression has them."""
    path = tmp_path / "level3.gctx"
    with GctxFile(release.gctx) as file, GctxWriter(path, file.rows, file.columns) as writer:
        writer.write(np.abs(file.read()) + 6)
    return release._replace(gctx=path)


def test_options_that_leave_nothing_say_what_went(lincs2020, tmp_path):
    with pytest.raises(MatrixFileError, match=r"left to import .* TAS below 1"):
        quiet(asking(lincs2020, Options(min_tas=1.0)), tmp_path / "out")


def test_files_and_folders(lincs2020, tmp_path):
    request = asking(lincs2020)
    with pytest.raises(MatrixFileError, match=r"There is no file"):
        quiet(dataclasses.replace(request, matrix=tmp_path / "no.gctx"), tmp_path / "out")
    (tmp_path / "a.docx").write_bytes(b"")
    with pytest.raises(MatrixFileError, match=r"none of \.gctx"):
        quiet(dataclasses.replace(request, matrix=tmp_path / "a.docx"), tmp_path / "out")
    with pytest.raises(SettingError, match=r"another folder by --out"):
        quiet(request, bundle_dir())
    with pytest.raises(BundleError):
        quiet(dataclasses.replace(request, base=tmp_path / "none"), tmp_path / "out")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with pytest.raises(RawDataError, match=r"is no table"):
        quiet(asking(lincs2020._replace(siginfo=empty)), tmp_path / "out")
    gone = lincs2020._replace(pertinfo=tmp_path / "gone.txt")
    with pytest.raises(RawDataError, match=r"cannot be read"):
        quiet(asking(gone), tmp_path / "out")
