"""Begins to load, beside the imports of the first page, what does not need the interpreter."""

import ctypes
import sys
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

from badger_core.ui import heavy


@cache
def begin() -> None:
    """Open torch's shared library once in this process, on a thread of its own.

    Opening it takes a good part of `import torch` and holds the interpreter there; through ctypes
    it does not, so that it is done by the time the model is wanted. Where there is no such file,
    nothing happens and torch is loaded as always. The interpreter is handed over more often.
    """
    heavy.hand_over_often()
    if "torch" not in sys.modules:
        Thread(target=_open_torch, daemon=True).start()


def _open_torch() -> None:
    with suppress(OSError, ImportError, ValueError):
        found = find_spec("torch")
        if found is None or found.origin is None:
            return
        for file in sorted((Path(found.origin).parent / "lib").glob("libtorch_cpu.*")):
            if file.suffix in (".so", ".dylib"):
                ctypes.CDLL(str(file))
