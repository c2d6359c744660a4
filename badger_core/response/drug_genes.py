"""The genes that drGT's attention gives for each drug it knows, made once and shipped as a table.

The graph has no edge between drug and gene, so what stands first was learnt from sensitivity and
expression alone. D drugs, E genes.
"""

import io
from pathlib import Path

import numpy as np
import pandas as pd

from badger_core import checked, checksums
from badger_core.errors import ResponseError
from badger_core.files import write_whole
from badger_core.paths import response_dir
from badger_core.response.contract import Report

FILE = "drug_genes.parquet"
_DOOR = checked.Door(
    ResponseError, checked.restored("data/response", "run 'badger response genes'")
)
TOP, REFITS, SEED = 100, 2, 42
SCREEN = ("nci60", "nci60")
COLUMNS = ("ik14", "symbol", "entrez", "rank", "score", "share", "z")


def make_drug_genes(report: Report, refits: int = REFITS) -> pd.DataFrame:
    """Fit the graph to all labels of NCI-60, and `refits` times to permuted ones; `COLUMNS`.

    Genes stand by their share freed of hubs (a multiple of the gene's mean over drugs); z is the
    share against the permuted refits. `TOP` genes a drug.
    """
    from badger_core.response.attention import gene_shares
    from badger_core.response.contract import Train
    from badger_core.response.drgt import Drgt
    from badger_core.response.explain import against_null, permuted_refits, rows_of
    from badger_core.response.units import folds_at, opened

    one = opened(*SCREEN)
    model = Drgt(symbols=tuple(one.genes["symbol"]))
    train = Train(one.kind, one.drugs, one.lines, one.labels, folds_at(*SCREEN, "random")[0].valid)
    fitted = model.fit(train, SEED, report)
    shares = gene_shares(fitted)
    null = [
        gene_shares(other)[rows_of(other, fitted.drugs.keys.tolist())]
        for other in permuted_refits(model, train, refits, SEED, report)
    ]
    z = against_null(shares, np.stack(null))
    return table_of(fitted.drugs.keys, one.genes, shares, z)


def table_of(
    keys: np.ndarray, genes: pd.DataFrame, shares: np.ndarray, z: np.ndarray
) -> pd.DataFrame:
    """The first `TOP` genes of each drug.

    Args:
        keys: (D,) structures.
        genes: (E rows) symbol, entrez.
        shares: (D, E) of attention.
        z: (D, E) against permuted labels.
    """
    from badger_core.response.explain import freed_of_hubs, gene_table

    scores = freed_of_hubs(shares)
    tables = [
        gene_table(genes, scores[row], shares[row], z[row]).head(TOP).assign(ik14=key)
        for row, key in enumerate(keys)
    ]
    found = pd.concat(tables, ignore_index=True)[list(COLUMNS)]
    return found.astype({"score": np.float32, "share": np.float32, "z": np.float32})


def write_drug_genes(table: pd.DataFrame, root: Path | None = None) -> Path:
    """Write the shipped table whole or not at all; its path."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False, compression="zstd")
    path = (root or response_dir()) / FILE
    write_whole(path, buffer.getvalue())
    checksums.renew([path])
    return path


def read_drug_genes(root: Path | None = None) -> pd.DataFrame:
    """The shipped table.

    Raises:
        ResponseError: if it is missing or damaged; says how to make it.
    """
    path = (root or response_dir()) / FILE
    try:
        return checked.table(path, _DOOR, checksums.listed(path))[list(COLUMNS)]
    except KeyError as error:
        raise _DOOR.refuse(path, "lacks columns of the genes of drGT") from error


def genes_of(table: pd.DataFrame, ik14: str) -> pd.DataFrame | None:
    """The genes of one drug by rank; None for a drug that the graph does not know."""
    own = table[table["ik14"] == ik14]
    return own.sort_values("rank", ignore_index=True) if len(own) else None
