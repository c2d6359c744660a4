"""Reads all of a user's HDF5 file in a process of its own, where a hang or a crash does no harm.

Started by `hdf5_check` as a program, without the rest of the package, so that it is there at once.
Its memory and its time on the processor are limited where the system can do so (Linux).
"""

import io
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import h5py

FOREIGN, LARGE, DEEP = 3, 4, 5
"""Exit status for a file that takes data from others, fills memory, or is nested without end."""
MOST_DEEP, MOST_ENTRIES = 20, 100_000
"""Groups within groups, and entries of all of them; AnnData and GCTX need three, and hundreds."""
_MOST = 1 << 29
"""Bytes of a dataset that is read whole; of a larger one, its chunks are looked up."""


class ForeignError(Exception):
    """Data that lie in another file."""


class LargeError(Exception):
    """Data that cannot be unpacked in the memory that there is."""


class DeepError(Exception):
    """Groups in groups, or entries, without end."""


def probe(source: str | io.BytesIO, most_mb: int) -> None:
    """Do whatever a reader could do, so that what ends here ends there; errors are the reader's.

    Args:
        source: the file.
        most_mb: MB of texts of all datasets together.

    Raises:
        ForeignError: for a link, a dataset or a part of one that lies in another file.
        LargeError: for a part that does not fit the memory, also once it is unpacked.
        DeepError: for groups that are nested too deep, or too many entries.
    """
    try:
        file = h5py.File(source, "r")
    except Exception:  # noqa: BLE001 - the reader meets the same and says what it is
        return
    with file:
        left = most_mb * 1024**2
        for entry in _entries(file):
            for name in _each(lambda entry=entry: list(entry.attrs)):
                _each(lambda name=name, entry=entry: [entry.attrs[name]])
            if isinstance(entry, h5py.Dataset):
                left -= sum(_each(lambda entry=entry: [_read(entry)]))
                if left < 0:
                    raise LargeError


def _entries(file: h5py.File) -> Iterator[h5py.Group | h5py.Dataset | h5py.Datatype]:
    """Everything in the file, each thing once however many links lead to it."""
    seen: set[int] = set()
    count, waiting = 0, [(root, 0) for root in _each(lambda: [file["/"]])]
    while waiting:
        entry, depth = waiting.pop()
        for address in _each(lambda entry=entry: [h5py.h5o.get_info(entry.id).addr]):
            if address in seen:
                continue
            seen.add(address)
            yield entry
            if not isinstance(entry, h5py.Group):
                continue
            names = _each(lambda entry=entry: list(entry))
            count += len(names)
            if (depth >= MOST_DEEP and names) or count > MOST_ENTRIES:
                raise DeepError
            for name in names:
                for link in _each(lambda n=name, e=entry: [e.get(n, getlink=True)]):
                    if isinstance(link, h5py.ExternalLink):
                        raise ForeignError
                found = _each(lambda n=name, e=entry: [e[n]])
                waiting += [(part, depth + 1) for part in found]


def _read(dataset: h5py.Dataset) -> int:
    """Read it, or look its chunks up; the bytes of its texts."""
    if dataset.external or dataset.is_virtual:
        raise ForeignError
    if dataset.chunks is not None and math.prod(dataset.chunks) * dataset.dtype.itemsize > _MOST:
        raise LargeError
    if dataset.nbytes > _MOST:
        if dataset.chunks is not None:
            dataset.id.get_num_chunks()
            dataset.id.get_chunk_info(0)
        return 0
    try:
        found = dataset[()]
    except Exception as error:
        if _is_packed(dataset) or "alloc" in str(error):
            raise LargeError from error
        raise
    if getattr(found, "dtype", None) is None or found.dtype.kind != "O":
        return found.nbytes if found.dtype.kind == "S" else 0
    return sum(len(text) for text in found.ravel() if isinstance(text, bytes | str))


def _is_packed(dataset: h5py.Dataset) -> bool:
    """Whether it is compressed, in a way that can be undone here."""
    made = dataset.id.get_create_plist()
    filters = [made.get_filter(at)[0] for at in range(made.get_nfilters())]
    return bool(filters) and all(h5py.h5z.filter_avail(one) for one in filters)


def _each(work: Callable[[], list]) -> list:
    """What it gives, nothing where the file is damaged: the rest is gone through all the same."""
    try:
        return work()
    except (ForeignError, LargeError, DeepError):
        raise
    except MemoryError as error:
        raise LargeError from error
    except Exception:  # noqa: BLE001 - h5py raises almost any kind for what is damaged
        return []


def _limit(most_mb: int, most_s: int) -> None:
    """Let this process take so much more than it has, where the system can tell and hold it."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (most_s, most_s + 1))
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + most_mb * 1024**2
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def main(arguments: list[str]) -> int:
    """The exit status.

    Args:
        arguments: MB of memory and seconds of the processor, then the file; without one it is read
            from standard input.
    """
    most_mb, most_s = (int(number) for number in arguments[:2])
    source = arguments[2] if len(arguments) > 2 else io.BytesIO(sys.stdin.buffer.read())
    _limit(most_mb, most_s)
    try:
        probe(source, most_mb)
    except ForeignError:
        return FOREIGN
    except (LargeError, MemoryError):
        return LARGE
    except DeepError:
        return DEEP
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
