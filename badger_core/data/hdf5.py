"""HDF5 files opened with errors that people understand, and read without needless memory."""

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import h5py
import numpy as np

from badger_core.errors import MatrixFileError
from badger_core.limits import limits

_SIGNATURE = b"\x89HDF\r\n\x1a\n"
_MOST_CACHE = 64 * 1024**2
_SLOTS = 10_007


class PartError(ValueError):
    """What is wrong with a part of a file, in words that follow the name of the file."""


def opened(source: Path | str | BinaryIO, name: str) -> h5py.File:
    """An HDF5 file to read.

    Raises:
        MatrixFileError: for a file that is missing, of another kind, or cut off.
    """
    if isinstance(source, Path | str):
        try:
            with Path(source).open("rb") as file:
                start = file.read(len(_SIGNATURE))
        except OSError as error:
            raise MatrixFileError(
                f"'{name}' cannot be opened. Check the name and the folder."
            ) from error
        if not start:
            raise MatrixFileError(f"'{name}' is empty. Download or write it again.")
        if start[:2] == b"\x1f\x8b":
            raise MatrixFileError(f"'{name}' is compressed. Unpack it first: gunzip '{name}'.")
        if start != _SIGNATURE:
            raise MatrixFileError(
                f"'{name}' is no HDF5 file, so neither GCTX nor h5ad. Give the file as it was "
                "downloaded, or a table as .csv, .tsv or .gct."
            )
    with told(name):
        return h5py.File(source, "r")


@contextmanager
def told(name: str) -> Iterator[None]:
    """Whatever HDF5 and its wrapper raise for a damaged file, as one sentence.

    Raises:
        MatrixFileError: instead of theirs; memory that runs out and what people stop pass through.
    """
    try:
        yield
    except (MatrixFileError, MemoryError):
        raise
    except PartError as error:
        raise MatrixFileError(f"'{name}' {error}. Download or write it again.") from error
    except Exception as error:  # h5py raises almost any kind for what is damaged
        raise MatrixFileError(
            f"'{name}' is damaged, cut off or not of its kind. Download or write it again."
        ) from error


def check_written(dataset: h5py.Dataset, what: str) -> None:
    """That a dataset was written, not only announced: what is missing would be read as zeros.

    Args:
        dataset: with any number of axes.
        what: it holds, for the message.

    Raises:
        PartError: if it was not, or not to its end.
    """
    if not dataset.size:
        return
    stored = dataset.id.get_storage_size()
    if dataset.chunks is None:
        whole = stored > 0
    else:
        pairs = zip(dataset.shape, dataset.chunks, strict=True)
        pieces = math.prod(-(-length // chunk) for length, chunk in pairs)
        whole = stored > 0 and dataset.id.get_num_chunks() >= pieces
    if not whole:
        raise PartError(f"announces {dataset.size:,} {what} that were not written to their end")


def taken(dataset: h5py.Dataset, what: str) -> np.ndarray:
    """All of a dataset, unless it is larger than memory is meant to be.

    Raises:
        PartError: if it is, or if it was not written.
    """
    most = limits().hdf5_mb
    if dataset.nbytes > most * 1024**2:
        raise PartError(f"announces {dataset.size:,} {what}, more than {most:,} MB")
    check_written(dataset, what)
    return dataset[()]


def uncached(dataset: h5py.Dataset) -> h5py.Dataset:
    """The same data, read without keeping chunks that are not compressed; `dataset` is closed.

    HDF5 reads a whole chunk for one row of it if the chunk fits its cache. Without compression
    there is no need to; with it, one row of chunks is kept, up to 64 MB.
    """
    if dataset.chunks is None:
        return dataset
    across = -(-dataset.shape[-1] // dataset.chunks[-1]) if dataset.ndim > 1 else 1
    chunk = dataset.dtype.itemsize
    for length in dataset.chunks:
        chunk *= length
    packed = dataset.id.get_create_plist().get_nfilters() > 0
    access = h5py.h5p.create(h5py.h5p.DATASET_ACCESS)
    access.set_chunk_cache(_SLOTS, min(across * chunk, _MOST_CACHE) if packed else 0, 1.0)
    file, name = dataset.file.id, dataset.name.encode()
    dataset.id.close()  # a dataset that is open keeps the cache that it has
    return h5py.Dataset(h5py.h5d.open(file, name, access))


def forget_before(dataset: h5py.Dataset, row: int) -> None:
    """Tell the system that what lies before this row of a dataset will not be read again.

    It then drops those pages of its cache; where it cannot be told, nothing happens.
    """
    file = dataset.file
    if file.driver != "sec2" or not hasattr(os, "posix_fadvise"):
        return
    if dataset.chunks is None:
        start = dataset.id.get_offset()
        end = None if start is None else start + row * dataset.nbytes // max(len(dataset), 1)
    else:
        first = (row // dataset.chunks[0] * dataset.chunks[0], *[0] * (dataset.ndim - 1))
        end = dataset.id.get_chunk_info_by_coord(first).byte_offset
    if end:
        os.posix_fadvise(file.id.get_vfd_handle(), 0, end, os.POSIX_FADV_DONTNEED)
