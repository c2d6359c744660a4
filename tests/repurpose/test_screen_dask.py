"""A Dask cluster on this machine gives what local processes give, and survives a killed worker."""

import os
import signal

import pytest

from badger_core.errors import ProgramError
from badger_core.repurpose.library_file import hub_library
from badger_core.repurpose.screen import screen
from badger_core.repurpose.screen_plan import Plan

distributed = pytest.importorskip(
    "distributed", reason="the extra dask is not installed (pip install 'badger-studio[dask]')"
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plan(bundle, predictor):
    library = hub_library(bundle.library).limited(40)
    return Plan(predictor, library, (bundle.cells.find("A375"),), 4)


@pytest.fixture(scope="module")
def local(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    return screen(plan, folder / "a.parquet", folder).out.read_bytes()


@pytest.fixture
def cluster(tmp_path):
    options = {"dashboard_address": None, "local_directory": str(tmp_path / "dask")}
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, **options
    ) as cluster:
        yield cluster


def test_a_cluster_gives_the_same_bytes_even_if_a_worker_is_killed(plan, local, cluster, tmp_path):
    killed = []

    def kill(progress):
        if progress.new == 2 and not killed:
            killed.append(cluster.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    address = cluster.scheduler_address
    done = screen(plan, tmp_path / "b.parquet", tmp_path, scheduler=address, progress=kill)
    assert killed
    assert done.progress.new == plan.n_chunks
    assert done.out.read_bytes() == local


def test_an_address_where_nobody_answers(plan, tmp_path, monkeypatch):
    monkeypatch.setattr("badger_core.repurpose.engine_dask._LEAVE_S", 1)
    with pytest.raises(ProgramError, match="No Dask scheduler answers"):
        screen(plan, tmp_path / "b.parquet", tmp_path, scheduler="tcp://127.0.0.1:9")
