"""Names a folder of models by what is in it, without reading a network."""

import hashlib
from pathlib import Path


def models_hash(folder: Path) -> str:
    """First 16 digits of a hash over weights, cards and trust: every file of a folder of models."""
    digest = hashlib.sha256()
    for file in sorted([*folder.glob("*.safetensors"), *folder.glob("*.json")]):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
