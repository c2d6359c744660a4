"""Where things lie: the bundle, the models, shipped predictions and the folder for new runs.

`BADGER_BUNDLE`, `BADGER_MODELS`, `BADGER_PREDICTIONS` and `BADGER_RESPONSE` in the environment
point elsewhere; importing creates nothing.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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


def benchmark_dir() -> Path:
    """Folder of the committed result tables."""
    return ROOT / "data" / "benchmark"


def runs_dir() -> Path:
    """Folder for unfinished training: state to resume from (never committed)."""
    return ROOT / "runs"
