"""The gene features that DeepCE and CIGER were published with, for bench runs only.

STRING node2vec (DeepCE, 128 numbers per gene) and Gene Ontology terms (CIGER, 1,107) come from the
authors' repositories, which state no licence. They are read from the raw data and never enter the
bundle. Both tables name all 978 landmark genes, under L1000's old symbols.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from badger_core.data.sources import BENCH_ONLY
from badger_core.errors import RawDataError
from badger_core.genes.names import gene_names
from badger_core.genes.panel import GenePanel

FILES = {
    "string_node2vec": "genes/deepce_string_node2vec_128.csv.gz",
    "go": "genes/ciger_go_1107.csv.gz",
}
"""Setting `gene_vectors` to the raw file that holds them."""
_REMEDY = "Give the folder of the raw data with --raw FOLDER, or use '--set gene_vectors=own'."


def published_gene_vectors(raw: Path | None, name: str, genes: GenePanel) -> np.ndarray:
    """(G, V) published features in panel order, each column centred, root mean square 1 in all.

    One scale serves the whole table, so that a rare term does not outweigh a common one. A gene
    that the table does not name, by symbol or unambiguous alias, gets zeros.

    Args:
        raw: folder of the raw data, None where it was not given.
        name: a key of FILES.
        genes: the panel.

    Raises:
        RawDataError: if the file is not there or not of the described shape.
    """
    table = _read(bench_file(raw, FILES[name]))
    entrez = gene_names(genes.table).resolve(table.index).entrez
    table = table[table.index.isin(entrez)]
    ids = np.array([entrez[symbol] for symbol in table.index], np.int64)
    values = genes.align(table.to_numpy(np.float64).T, ids).T  # (G, V), NaN where not named
    values = values - np.nanmean(values, axis=0)
    values = np.nan_to_num(values, nan=0.0)
    return (values / np.sqrt((values**2).mean())).astype(np.float32)


def bench_file(raw: Path | None, name: str) -> Path:
    """Path of a raw file that is for benchmarks only.

    `RawData.path` refuses these files, so that nothing built from them can reach the bundle.

    Raises:
        RawDataError: if no folder was given, or the file is not there or not for benchmarks.
    """
    if name not in BENCH_ONLY:
        raise RawDataError(f"'{name}' is not among the raw files for benchmarks.")
    if raw is None:
        raise RawDataError(f"The raw file '{name}' is not part of the bundle. {_REMEDY}")
    path = Path(raw) / name
    if not path.is_file():
        raise RawDataError(f"There is no file '{name}' in '{raw}'. {_REMEDY}")
    return path


def _read(path: Path) -> pd.DataFrame:
    """Numbers by symbol; the file has no header and the symbol in its first column."""
    try:
        return pd.read_csv(path, header=None, index_col=0).astype(np.float64)
    except (OSError, EOFError, ValueError) as error:
        raise RawDataError(
            f"'{path}' is not a table of a gene symbol and its numbers per row. {_REMEDY}"
        ) from error
