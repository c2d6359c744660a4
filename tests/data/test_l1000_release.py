"""The made-up releases have the published columns, and their GCTX fits their tables."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from badger_core.data.gctx import GctxFile
from badger_core.data.matrix import annotated, check_annotation
from badger_core.errors import MatrixFileError
from tests.data.l1000_columns import COLUMNS
from tests.data.l1000_release import write_release


@pytest.mark.parametrize("release", COLUMNS)
def test_a_release_is_whole(release: str, tmp_path: Path) -> None:
    made = write_release(tmp_path, release)
    files = dict(
        zip(
            ("sig", "pert", "cell", "gene", "metrics"),
            (made.siginfo, made.pertinfo, made.cellinfo, made.geneinfo, made.metrics),
            strict=True,
        )
    )
    for kind, columns in COLUMNS[release].items():
        assert tuple(pd.read_csv(files[kind], sep="\t").columns) == columns
    with GctxFile(made.gctx) as file:
        np.testing.assert_array_equal(file.read(), made.values)
        assert file.row_ids.astype("int64").tolist() == made.entrez.tolist()
        assert made.landmark.sum() == 978
        with pytest.raises(MatrixFileError, match="pert_id; pert_type; cell_id or"):
            check_annotation(file.columns, made.gctx.name)
        table = pd.read_csv(made.siginfo, sep="\t", na_values=["-666"])
        told = annotated(file.columns, table)
        check_annotation(told, made.gctx.name)
    assert told["pert_id"].tolist() == made.truth["pert_id"].tolist()
