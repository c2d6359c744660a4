"""A cluster that loses its scheduler or its workers: survived, or told in bounded time."""

import signal

import pytest

from badger_core.errors import ProgramError
from badger_core.repurpose import engine_dask
from badger_core.repurpose.engines import finished

pytest.importorskip(
    "distributed", reason="the extra dask is not installed (pip install 'badger-studio[dask]')"
)
from tests.faults.chores import slow_chunk
from tests.faults.cluster import Cluster

pytestmark = pytest.mark.slow
TASKS, AFTER = 8, 3


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    monkeypatch.setattr(engine_dask, "_GRACE_S", 2)
    monkeypatch.setattr(engine_dask, "_ASK_EVERY_S", 0.5)
    with Cluster(tmp_path, 2, ttl="2s") as running:
        yield running


def done_with(cluster, harm):
    """Numbers of the chunks that came, with the harm done after the third one."""
    came = []
    with engine_dask.dask(cluster.address) as engine:
        for number, content in finished(engine, slow_chunk, range(TASKS), lambda: False):
            assert content == b"x" * number
            came.append(number)
            if len(came) == AFTER:
                harm()
    return sorted(came)


def test_a_worker_that_hangs_loses_its_chunk_to_another_and_a_dead_cluster_is_told(cluster):
    hang = cluster.workers[0].send_signal
    assert done_with(cluster, lambda: hang(signal.SIGSTOP)) == list(range(TASKS))
    with pytest.raises(ProgramError, match=r"has shown no worker for 2 seconds\. Finished chunks"):
        done_with(cluster, cluster.workers[1].kill)
    with (
        pytest.raises(ProgramError, match=r"has no worker\. Start some with 'dask worker"),
        engine_dask.dask(cluster.address),
    ):
        pass


def test_a_scheduler_that_dies_is_told(cluster, caplog):
    with pytest.raises(ProgramError, match=r"scheduler at '.*' went away\. Finished chunks are"):
        done_with(cluster, cluster.scheduler.kill)
    assert "Traceback" not in caplog.text
