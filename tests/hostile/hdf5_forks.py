"""Many files tried in one forked process, so that a thousand of them take seconds.

What `hdf5_check` does in a process of its own happens here in the same one, which may be lost.
"""

import io
import multiprocessing
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace

from badger_core.data import hdf5_check, hdf5_probe
from badger_core.errors import BadgerError
from tests.hostile import trial

MORE_MB = 1000
"""Address space for a reader beyond what the tests have."""
_CODES = {
    hdf5_probe.ForeignError: hdf5_probe.FOREIGN,
    hdf5_probe.LargeError: hdf5_probe.LARGE,
    MemoryError: hdf5_probe.LARGE,
    hdf5_probe.DeepError: hdf5_probe.DEEP,
}
_PROBE_S = 0.25
"""Of the processor's time for a first look, which takes milliseconds."""
_PATIENCE_S = 60.0
"""Of time, for anything."""
_PROBE, _PROBED = "probe", "probed"


def fates(
    kind: str, read: Callable[[bytes], object], contents: Sequence[bytes], named: str
) -> list[str]:
    """What became of each file: 'read', or the message that refused it.

    A file on which the first look does not end or crashes counts as refused: `hdf5_check` ends it
    there, where `test_hdf5_check.py` shows that it does. One on which the reader itself crashes,
    hangs, fills memory or raises anything else is a defect.

    Args:
        kind, read, named: see `trial.attempt`.
        contents: of the files.

    Raises:
        AssertionError: for a defect, with the bytes that show it in a file of /tmp.
    """
    found: list[str] = []
    while len(found) < len(contents):
        found += _some(kind, read, contents[len(found) :], named)
    return found


def _some(
    kind: str, read: Callable[[bytes], object], contents: Sequence[bytes], named: str
) -> list[str]:
    """Fates until a process ends, at least one."""
    ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = os.fork()
    if child == 0:
        _in_child(theirs, kind, read, contents, named)
    theirs.close()
    found: list[str] = []
    stage, text, begun = "", "no end", time.monotonic()
    try:
        while len(found) < len(contents):
            if not ours.poll(_PATIENCE_S):
                break
            stage, text = ours.recv()
            if stage == "defect":
                break
            if stage not in (_PROBE, _PROBED):
                found.append(text)
                _note(kind, stage == "read", time.monotonic() - begun)
                stage, begun = "", time.monotonic()
    except EOFError:
        text = "the process died"
    finally:
        ours.close()
        _end(child)
    if len(found) < len(contents) and stage == _PROBE:
        found.append("ended by the first look")
        _note(kind, accepted=False, seconds=0.0)
    elif len(found) < len(contents):
        kept = Path("/tmp", f"badger-hostile-{os.getpid()}.h5")
        kept.write_bytes(contents[len(found)])
        raise AssertionError(f"{kind}: {text or 'no end'} after '{stage}' ({kept})")
    return found


def _in_child(
    pipe: Connection,
    kind: str,
    read: Callable[[bytes], object],
    contents: Sequence[bytes],
    named: str,
) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MORE_MB * 1024**2
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)  # SIGPROF is taken by `trial.attempt`
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 2)  # a process that the allocator ends says so here

    def run(command: Sequence[str], **options: object) -> SimpleNamespace:
        content = options.get("input")
        pipe.send((_PROBE, ""))
        signal.setitimer(signal.ITIMER_VIRTUAL, _PROBE_S)  # ends the process, a loop in C or not
        try:
            hdf5_probe.probe(command[5] if content is None else io.BytesIO(content), 256)
        except tuple(_CODES) as error:
            return SimpleNamespace(returncode=_CODES[type(error)])
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            pipe.send((_PROBED, ""))
        return SimpleNamespace(returncode=0)

    hdf5_check.subprocess = SimpleNamespace(
        run=run, TimeoutExpired=subprocess.TimeoutExpired, DEVNULL=subprocess.DEVNULL
    )
    try:
        for content in contents:
            answer = trial.attempt(kind, lambda content=content: read(content), named)
            refused = isinstance(answer, BadgerError)
            pipe.send(("refused" if refused else "read", str(answer) if refused else "read"))
    except BaseException as error:  # noqa: BLE001 - the parent shall hear of every kind
        pipe.send(("defect", f"{type(error).__name__}: {error!s:.400}"))
    finally:
        pipe.close()
        os._exit(0)


def _note(kind: str, accepted: bool, seconds: float) -> None:
    tried = trial._tally[kind]
    tried.accepted, tried.refused = tried.accepted + accepted, tried.refused + (not accepted)
    tried.slowest_s = max(tried.slowest_s, seconds)


def _end(child: int) -> None:
    found, _ = os.waitpid(child, os.WNOHANG)
    if not found:
        os.kill(child, 9)
        os.waitpid(child, 0)
