"""`badger screen` on a Dask cluster that loses a worker, hangs, or loses all or the scheduler."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults import running

_HARM = (
    "a worker is killed",
    "a worker hangs",
    "all workers are killed",
    "the scheduler is killed",
)
_AFTER = 2
"""Chunks that are finished before the harm is done."""


def rows(place: Path) -> Iterator[dict]:
    """Each on a cluster of its own, and an address where nobody answers."""
    try:
        from tests.faults.cluster import Cluster
    except ImportError:
        yield _row("Dask", 0, "distributed is not installed", [])
        return
    whole = place / "whole"
    running.finish(_command(whole, []), whole / "said")
    expected = (whole / "s.parquet").read_bytes()
    for number, what in enumerate(_HARM):
        own = place / str(number)
        own.mkdir()
        with Cluster(own, 2, ttl="10s") as cluster:
            yield _tried(cluster, what, number, own, expected)
    ended = running.finish(_command(place / "n", ["tcp://127.0.0.1:9"]), place / "n" / "said")
    seen = ended.err.strip().splitlines()[-1].removeprefix("badger: ")
    wrong = [] if ended.code == 1 and "No Dask scheduler answers" in seen else [ended.err[-500:]]
    yield _row("no scheduler at the address", 1, seen, wrong)


def _tried(cluster, what: str, number: int, own: Path, expected: bytes) -> dict:
    harms: list[Callable[[], object]] = [
        cluster.workers[0].kill,
        lambda: cluster.workers[0].send_signal(signal.SIGSTOP),
        lambda: [worker.kill() for worker in cluster.workers],
        cluster.scheduler.kill,
    ]
    run = running.Running(_command(own, [cluster.address]), own / "said")
    if run.wait(lambda: len(list(own.glob("w/*/*.sha256"))) >= _AFTER) is None:
        harms[number]()
    begun = time.monotonic()
    ended = run.wait()
    assert ended is not None
    seconds, wrong = time.monotonic() - begun, []
    if number < 2:
        seen = "another worker does its chunk"
        if ended.code or (own / "s.parquet").read_bytes() != expected:
            wrong.append(f"it ended with {ended.code}: {ended.err[-800:]}")
    else:
        seen = ended.err.strip().splitlines()[-1].removeprefix("badger: ")
        if ended.code != 1 or "Traceback" in ended.err or "kept: run the same" not in seen:
            wrong.append(f"it ended with {ended.code}: {ended.err[-800:]}")
        again = running.finish([*_command(own, []), "--json"], own / "said")
        if again.code or (own / "s.parquet").read_bytes() != expected:
            wrong.append(f"the next run ended with {again.code}: {again.err[-500:]}")
        if '"chunks_reused": 0' in again.out:
            wrong.append("nothing was kept")
    return _row(what, 1, f"{seen} (told or done after {seconds:.0f} s)", wrong)


def _command(own: Path, address: list[str]) -> list[str]:
    command = ["screen", "--cells", "A375", "--limit", "32", "--chunk", "2"]
    command += ["--out", str(own / "s.parquet"), "--work", str(own / "w")]
    return [*command, "--engine", "dask", "--scheduler", *address] if address else command


def _row(what: str, tried: int, seen: str, wrong: list[str]) -> dict:
    return {
        "fault": what,
        "where": "screen on Dask",
        "tried": tried,
        "survived": not wrong,
        "seen": seen.replace(str(os.getcwd()), "."),
        "wrong": wrong,
    }
