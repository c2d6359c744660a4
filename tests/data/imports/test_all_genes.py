"""Files of all 12,328 genes: landmark rows are found by id, and memory is bounded by slices."""

import tracemalloc

import numpy as np
import pandas as pd

from badger_core.data.bundle import Bundle
from badger_core.data.gctx import GctxFile
from badger_core.data.imports.landmarks import landmark_rows
from badger_core.data.imports.vehicle import read_landmarks
from tests.data.imports.conftest import asking, quiet
from tests.data.l1000_release import write_release


def test_all_12328_genes_are_read_in_slices_of_the_landmarks(tmp_path_factory, tmp_path, bundle):
    """As the GEO releases have them: landmark rows scattered, named by id, memory bounded."""
    folder = tmp_path_factory.mktemp("genes")
    files = write_release(folder, "GSE92742", count=400, inferred=12_328 - 978)
    assert files.values.shape == (12_328, 400)
    with GctxFile(files.gctx) as file:
        places = landmark_rows(file.rows, bundle.genes, None, 978, file.name)
        ids = pd.Index(file.row_ids[places]).astype(int)
        assert ids.tolist() == bundle.genes.entrez.tolist()
        columns = np.arange(0, 400, 2)
        tracemalloc.start()
        try:
            found = read_landmarks(file, places, columns)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        row = {gene: i for i, gene in enumerate(files.entrez)}
        plain = files.values[[row[gene] for gene in bundle.genes.entrez]][:, columns].T
        assert np.array_equal(found, plain, equal_nan=True)
        assert most < found.nbytes + 8e6 < files.values.nbytes / 2
    quiet(asking(files), tmp_path / "bundle")
    table = Bundle(tmp_path / "bundle").signatures.table
    assert len(table)
    column = {one: i for i, one in enumerate(files.truth["sig_id"])}
    at = [column[one] for one in table["signature"].str.partition("|")[2]]
    stored = Bundle(tmp_path / "bundle").signatures.values(table["row"].to_numpy())
    assert np.nanmax(np.abs(stored - files.values[np.ix_([row[g] for g in ids], at)].T)) < 6e-4
