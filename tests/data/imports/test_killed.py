"""A real SIGKILL while values are written: the same command then makes the same bytes."""

import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from badger_core.benchmark.import_file import write_files
from badger_core.data.imports.assemble import WORK
from badger_core.data.raw import verify

COUNT = 30_000
"""Some 17,000 of them are noted first."""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_a_sigkill_then_the_same_command(bundle, tmp_path):
    files = write_files(tmp_path, bundle, COUNT)
    table = pd.read_csv(files.siginfo, sep="\t", dtype=str, keep_default_na=False)
    table["pert_id"] = table["pert_id"].str[:-2] + "00"  # few compounds: splits take no time
    table.to_csv(files.siginfo, sep="\t", index=False)
    program = [sys.executable, "-m", "badger_core", "data", "import"]
    program += ["--gctx", files.gctx, "--siginfo", files.siginfo, "--pertinfo", files.pertinfo]
    program += ["--tables-of", bundle.root, "--json", "--out"]

    def start(out):
        return subprocess.Popen(
            [*map(str, program), str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    killed, whole = tmp_path / "killed", tmp_path / "whole"
    journal = killed / WORK / "journal.json"
    process = start(killed)
    until = time.monotonic() + 120
    while not journal.exists():
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < until
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    noted = json.loads(journal.read_text(encoding="utf-8"))["rows"]
    assert 0 < noted < COUNT
    assert not (killed / "manifest.json").exists()
    manifests = []
    for out in (killed, whole):
        said, error = (process := start(out)).communicate(timeout=300)
        assert process.returncode == 0, error.decode()
        manifests.append(json.loads(said))
    assert manifests[0] == manifests[1]
    verify(killed, manifests[0])
    assert not (killed / WORK).exists()
    names = sorted(path.name for path in whole.iterdir())
    assert sorted(path.name for path in killed.iterdir()) == names
    for name in names:
        assert (killed / name).read_bytes() == (whole / name).read_bytes(), name
