"""Reads all of a user's HDF5 file in a process of its own, where a hang or a crash does no harm.

Started by `hdf5_check` as a program, without the rest of the package, so that it is there at once.
"""

import io
import sys

import h5py

FOREIGN = 3
"""Exit status for a file that takes data from other files."""
_MOST = 1 << 28
"""Bytes of a dataset that is read whole; of a larger one, its chunks are looked up."""


class ForeignError(Exception):
    """Data that lie in another file."""


def probe(source: str | io.BytesIO) -> None:
    """Do whatever a reader could do, so that what ends here ends there; errors are the reader's.

    Raises:
        ForeignError: for a link, a dataset or a part of one that lies in another file.
    """
    try:
        file = h5py.File(source, "r")
    except Exception:  # noqa: BLE001 - the reader meets the same and says what it is
        return
    with file:
        _entry(file, set())


def _entry(entry: h5py.Group | h5py.Dataset | h5py.Datatype, seen: set[int]) -> None:
    address = h5py.h5o.get_info(entry.id).addr
    if address in seen:
        return
    seen.add(address)
    for name in _each(lambda: list(entry.attrs)):
        _each(lambda name=name: [entry.attrs[name]])
    if isinstance(entry, h5py.Dataset):
        _dataset(entry)
    elif isinstance(entry, h5py.Group):
        for name in _each(lambda: list(entry)):
            for link in _each(lambda name=name: [entry.get(name, getlink=True)]):
                if isinstance(link, h5py.ExternalLink):
                    raise ForeignError
            for part in _each(lambda name=name: [entry[name]]):
                _each(lambda part=part: _entry(part, seen) or [])


def _dataset(dataset: h5py.Dataset) -> None:
    if dataset.external or dataset.is_virtual:
        raise ForeignError
    if dataset.nbytes <= _MOST:
        dataset[()]
    elif dataset.chunks is not None:
        dataset.id.get_num_chunks()
        dataset.id.get_chunk_info(0)


def _each(work) -> list:  # noqa: ANN001
    """What it gives, nothing where the file is damaged: the rest is gone through all the same."""
    try:
        return work()
    except ForeignError:
        raise
    except Exception:  # noqa: BLE001 - h5py raises almost any kind for what is damaged
        return []


if __name__ == "__main__":
    try:
        probe(sys.argv[1] if len(sys.argv) > 1 else io.BytesIO(sys.stdin.buffer.read()))
    except ForeignError:
        sys.exit(FOREIGN)
