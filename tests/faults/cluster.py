"""A Dask cluster of processes that can be killed and stopped one by one."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from distributed import Client

_SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
_WORKER = "from distributed.cli.dask_worker import main; main()"
_WAIT_S = 60


class Cluster:
    """A scheduler and workers without nannies, so that a dead one stays dead.

    Args:
        folder: of their files.
        workers: how many.
        ttl: seconds after which the scheduler gives up a worker that says nothing.
    """

    def __init__(self, folder: Path, workers: int, ttl: str = "300s") -> None:
        self._env = os.environ | {
            "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": ttl,
            "DASK_DISTRIBUTED__DASHBOARD__LINK": "",
            "OMP_NUM_THREADS": "1",
        }
        told = folder / "scheduler.json"
        places = ["--scheduler-file", str(told)]
        self.scheduler = self._start(
            _SCHEDULER, *places, "--port", "0", "--no-dashboard", "--host", "127.0.0.1"
        )
        until = time.monotonic() + _WAIT_S
        while not told.exists() or not told.read_text():
            assert time.monotonic() < until
            assert self.scheduler.poll() is None
            time.sleep(0.05)
        own = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
        self.workers = [self._start(_WORKER, *places, *own) for _ in range(workers)]
        self.address = json.loads(told.read_text())["address"]
        with Client(self.address, timeout=_WAIT_S, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=_WAIT_S)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def _start(self, code: str, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env=self._env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        """Kill what is left of it."""
        for one in (*self.workers, self.scheduler):
            if one.poll() is None:
                one.send_signal(signal.SIGCONT)
                one.kill()
            one.wait()
