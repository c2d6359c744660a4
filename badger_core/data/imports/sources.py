"""Where an import's files come from, for the manifest, with a hash that huge files allow."""

import hashlib
from pathlib import Path

from badger_core.checksums import sha256

_WHOLE = 64 << 20
_SAMPLE, _SAMPLES = 1 << 20, 64
_TITLES = {
    "gctx": "values",
    "signatures": "conditions",
    "metrics": "measures of quality",
    "compounds": "compounds",
    "cells": "cell lines",
    "genes": "genes",
    "basal": "basal expression",
}


def source_entry(path: Path, role: str, origin: str, licence: str) -> dict:
    """An entry of the manifest's inputs.

    Up to 64 MB the hash is of the whole file, beyond of its size and of 64 pieces of 1 MB spread
    evenly from its first to its last byte: hashing 40 GB would take longer than reading them.
    """
    size = path.stat().st_size
    whole = size <= _WHOLE
    return {
        "path": path.name,
        "title": f"{origin}: {_TITLES[role]}",
        "origin": origin,
        "licence": licence,
        "released": "",
        "ship": False,
        "bytes": size,
        "sha256": sha256(path) if whole else _sampled(path, size),
        "hashed": "whole" if whole else f"size and {_SAMPLES} pieces",
    }


def _sampled(path: Path, size: int) -> str:
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for i in range(_SAMPLES):
            file.seek((size - _SAMPLE) * i // (_SAMPLES - 1))
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()
