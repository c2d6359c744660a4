"""Annotation of a matrix: joined from a table by id, and refused where it says too little."""

import os
from pathlib import Path
from threading import Thread

import pandas as pd
import pytest

from badger_core.data.matrix import annotated, check_annotation, with_table
from badger_core.data.matrix_file import read_matrix
from badger_core.errors import MatrixFileError
from tests.data.matrices import example


def _table() -> pd.DataFrame:
    return pd.DataFrame(
        {"sig_id": ["S:3", "other", "S:0", "S:2", "S:1"], "time": [3, 9, 0, 2, 1], "cell": "A375"}
    )


def test_a_table_is_joined_by_id_and_wins() -> None:
    matrix = with_table(example(), _table())
    assert matrix.columns["time"].tolist() == [0, 1, 2, 3]
    assert matrix.columns["cell"].tolist() == ["A375"] * 4
    assert matrix.columns["note"].equals(example().columns["note"])
    assert matrix.columns.index.equals(example().columns.index)


def test_a_table_that_does_not_fit_is_refused() -> None:
    columns, table = example().columns, _table()
    with pytest.raises(MatrixFileError, match=r"1 of 4 columns .*'S:2'"):
        annotated(columns, table[table["sig_id"] != "S:2"])
    with pytest.raises(MatrixFileError, match="'S:0' more than once"):
        annotated(columns, pd.concat([table, table.iloc[[2]]]))
    with pytest.raises(MatrixFileError, match=r"no field sig_id or .*It has: 'time', 'cell'"):
        annotated(columns, table.drop(columns="sig_id"))
    with pytest.raises(MatrixFileError, match="no field well"):
        annotated(columns, table, "well")
    assert len(annotated(columns, pd.concat([table, table.iloc[[1]]]))) == 4


def test_what_is_missing_is_named() -> None:
    columns = example().columns.assign(pert_id="a", cell_iname="b", pert_idose="10 uM")
    with pytest.raises(MatrixFileError) as refused:
        check_annotation(columns, "'x.gctx'")
    said = str(refused.value)
    assert "pert_type; pert_time or pert_itime or exp_pert_time" in said
    assert "--siginfo" in said
    assert "cell_id" not in said
    check_annotation(columns.assign(pert_type="trt_cp", pert_itime="6 h"), "'x.gctx'")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("ending", ["gctx", "gct", "h5ad", "csv"])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, ending: str) -> None:
    path, said = tmp_path / f"pipe.{ending}", []
    os.mkfifo(path)

    def read() -> None:
        with pytest.raises(MatrixFileError) as refused:
            read_matrix(path)
        said.append(str(refused.value))

    reader = Thread(target=read, daemon=True)
    reader.start()
    reader.join(30)
    assert said == [f"'{path}' cannot be opened. Check the name and the folder."]
