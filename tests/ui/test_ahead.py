"""What is loaded beside the first page: torch's library, without torch itself."""

import subprocess
import sys

from badger_core.paths import ROOT

TOLD = """
import sys, threading
from badger_core.ui import ahead
ahead.begin()
ahead.begin()
threads = [each for each in threading.enumerate() if each is not threading.main_thread()]
for each in threads:
    each.join()
print(len(threads) <= 1, "torch" in sys.modules, "pandas" in sys.modules)
maps = open("/proc/self/maps").read() if sys.platform == "linux" else "libtorch_cpu"
print("libtorch_cpu" in maps)
import torch
print(float(torch.ones(2).sum()))
"""


def test_the_library_is_there_before_torch_is() -> None:
    told = subprocess.run(
        [sys.executable, "-c", TOLD], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert told.stdout.split() == ["True", "False", "False", "True", "2.0"]


def test_the_frame_of_a_page_loads_nothing_heavy() -> None:
    code = "import sys; import badger_core.ui.frame; print('pandas' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert told.stdout.strip() == "False"
