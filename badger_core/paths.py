"""Where things lie: the bundle, the models, shipped predictions and the folder for new runs.

`BADGER_BUNDLE`, `BADGER_MODELS`, `BADGER_PREDICTIONS`, `BADGER_RESPONSE`, `BADGER_PERTURBATION` and
`BADGER_RUNS` in the environment point elsewhere; importing creates nothing.
"""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
INSTALLED = (_PACKAGE / "_studio").is_dir()
"""Whether this is a wheel, which carries app, pages, assets and data inside the package."""
ROOT = _PACKAGE / "_studio" if INSTALLED else _PACKAGE.parent
"""Folder of app.py, pages, assets, data and .streamlit."""


def bundle_dir() -> Path:
    """Folder of the data bundle that the app and the commands read."""
    return Path(os.environ.get("BADGER_BUNDLE", ROOT / "data" / "bundle"))


def models_dir() -> Path:
    """Folder of the trained models, one sub-folder per run name."""
    return Path(os.environ.get("BADGER_MODELS", ROOT / "data" / "models"))


def predictions_dir() -> Path:
    """Folder of the shipped predictions of the library in some lines."""
    return Path(os.environ.get("BADGER_PREDICTIONS", ROOT / "data" / "predictions"))


def response_dir() -> Path:
    """Folder of the drug-sensitivity tables and of what predicts from them."""
    return Path(os.environ.get("BADGER_RESPONSE", ROOT / "data" / "response"))


def perturbation_dir() -> Path:
    """Folder of the single-cell screen and of what learns from it."""
    return Path(os.environ.get("BADGER_PERTURBATION", ROOT / "data" / "perturbation"))


def benchmark_dir() -> Path:
    """Folder of the committed result tables."""
    return ROOT / "data" / "benchmark"


def runs_dir() -> Path:
    """Folder for unfinished work: state to resume from (never committed).

    `runs` in a checkout; of an installed package a folder of the user, for the package may be
    read-only and is replaced by the next version.
    """
    named = os.environ.get("BADGER_RUNS")
    if named:
        return Path(named)
    return _user_data() / "badger-studio" / "runs" if INSTALLED else ROOT / "runs"


def _user_data() -> Path:
    """Where programs keep data of the user, by the custom of the system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
