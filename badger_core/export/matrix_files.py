"""A matrix to a file of the kind that its ending says; GCTX to GCTX in slices, of any size."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from badger_core.data.gctx import GctxFile
from badger_core.data.gctx_writer import GctxWriter, write_gctx
from badger_core.data.h5ad_writer import write_h5ad
from badger_core.data.matrix import Matrix
from badger_core.data.matrix_file import kind_of, read_matrix
from badger_core.errors import MatrixFileError
from badger_core.export.gct import gct, gct_1_2
from badger_core.export.tables import one_field
from badger_core.files import write_whole

MOST_TEXT = 50_000_000
"""Numbers of a file of text."""
_SLICE_BYTES = 32 * 1024**2


def convert(
    source: Path,
    target: Path,
    version: str = "1.3",
    compression: str | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[int, int]:
    """Write `source` as `target`, with its annotation where the kind of `target` has room for it.

    Args:
        source: GCTX, GCT, h5ad, CSV or TSV, by its ending.
        target: likewise; replaced if it is there.
        version: of a GCT file, '1.3' or '1.2'.
        compression: of the values of a GCTX file, 'gzip' or 'lzf'.
        on_progress: is told the columns that are done, and all of them.

    Returns:
        The numbers of rows and columns.

    Raises:
        MatrixFileError: for a file that cannot be read or written, or is too large for its kind.
    """
    if target.resolve() == source.resolve():
        raise MatrixFileError(f"'{target}' would be written over itself. Give another name.")
    if kind_of(source) == kind_of(target) == ".gctx":
        with GctxFile(source) as file:
            size = max(1, _SLICE_BYTES // max(1, 4 * file.shape[0]))
            with GctxWriter(target, file.rows, file.columns, compression=compression) as writer:
                for where, block in file.blocks(size, reuse=True):
                    writer.write(block)
                    on_progress(where.stop, file.shape[1])
            return file.shape
    matrix = read_matrix(source)
    write_matrix(target, matrix, version, compression)
    on_progress(matrix.values.shape[1], matrix.values.shape[1])
    return matrix.values.shape


def write_matrix(
    path: Path, matrix: Matrix, version: str = "1.3", compression: str | None = None
) -> None:
    """A matrix as the kind of file that the ending says.

    Raises:
        MatrixFileError: as `convert`.
        SettingError: for ids that stand twice in a GCT.
    """
    kind = kind_of(path)
    if path.name.lower().endswith(".gz"):
        raise MatrixFileError(f"'{path}': compress it afterwards, with gzip.")
    if kind == ".gctx":
        write_gctx(path, matrix, compression)
    elif kind == ".h5ad":
        write_h5ad(path, matrix)
    else:
        if matrix.values.size > MOST_TEXT:
            raise MatrixFileError(
                f"{matrix.values.size:,} numbers are too many for a file of text. Write a GCTX."
            )
        write_whole(path, _text(matrix, kind, version))


def _text(matrix: Matrix, kind: str, version: str) -> str:
    values = pd.DataFrame(
        matrix.values, index=matrix.rows.index, columns=matrix.columns.index, copy=False
    )
    if kind == ".gct" and version == "1.3":
        return gct(values, matrix.rows, matrix.columns)
    if kind == ".gct":
        ids = pd.Series(values.index, values.index, dtype=object)
        return gct_1_2(values, matrix.rows.get("Description", ids))
    for at in ("index", "columns"):
        values = values.set_axis([one_field(str(n), "") for n in getattr(values, at)], axis=at)
    return values.rename_axis(matrix.rows.index.name).to_csv(
        sep="\t" if kind == ".tsv" else ",", lineterminator="\n"
    )
