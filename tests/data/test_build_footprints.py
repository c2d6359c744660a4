"""PROGENy's weights in the bundle are those of its file, keyed by Entrez id."""

import gzip

import pandas as pd
import pytest

from badger_core.data.build.footprints import FILE, footprint_table
from badger_core.data.raw import RawData
from badger_core.errors import RawDataError


def given(tmp_path, lines):
    path = tmp_path / FILE
    path.parent.mkdir()
    with gzip.open(path, "wt") as file:
        file.write("\n".join(["gene,pathway,weight,p.value", *lines]))
    return RawData(tmp_path)


def test_symbols_and_aliases_become_entrez_ids(bundle, tmp_path):
    raw = given(tmp_path, ["PTGS2,NFkB,1.5,0.01", "COX2,MAPK,-2,0.2", "MYC,NFkB,1,0.001"])
    table = footprint_table(raw, bundle.genes)
    assert table.values.tolist() == [
        ["MAPK", 5743, -2.0, 0.2],
        ["NFkB", 4609, 1.0, 0.001],
        ["NFkB", 5743, 1.5, 0.01],
    ]


def test_a_gene_that_is_no_landmark_or_stands_twice_is_refused(bundle, tmp_path):
    with pytest.raises(RawDataError, match="no landmark: NOGENE"):
        footprint_table(given(tmp_path, ["NOGENE,NFkB,1,0.1"]), bundle.genes)
    (tmp_path / "twice").mkdir()
    raw = given(tmp_path / "twice", ["PTGS2,NFkB,1.5,0.01", "COX2,NFkB,1,0.01"])
    with pytest.raises(RawDataError, match="twice in one pathway"):
        footprint_table(raw, bundle.genes)


@pytest.mark.raw
def test_the_bundle_holds_the_whole_file(bundle, raw_dir):
    built = footprint_table(RawData(raw_dir), bundle.genes)
    pd.testing.assert_frame_equal(built, bundle.progeny)
    assert len(built) == len(pd.read_csv(raw_dir / FILE))
