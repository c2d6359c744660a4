"""The tables of the validation of reversal, as read from their files, with their hashes."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from badger_core.errors import SettingError
from badger_core.repurpose.validate_report import FILES, RECORD

_AGAIN = "Make them with 'badger bench repurposing'."


class RepurposingTables(NamedTuple):
    """What the page is made from; the columns are those of `repurpose.validate*`.

    Attributes:
        by_disease, summary, checks, signatures: tables.
        record: the figures as JSON.
        hashes: file to the first 12 digits of its SHA-256.
    """

    by_disease: pd.DataFrame
    summary: pd.DataFrame
    checks: pd.DataFrame
    signatures: pd.DataFrame
    record: dict
    hashes: dict[str, str]


def read_repurposing(folder: Path) -> RepurposingTables:
    """Read them all.

    Raises:
        SettingError: one is missing or cannot be read.
    """
    found, hashes = {}, {}
    for name, file in (*FILES.items(), ("record", RECORD)):
        try:
            content = (folder / file).read_bytes()
            found[name] = json.loads(content) if name == "record" else pd.read_csv(BytesIO(content))
        except (OSError, ValueError) as error:
            raise SettingError(f"'{folder / file}' cannot be read. {_AGAIN}") from error
        hashes[file] = hashlib.sha256(content).hexdigest()[:12]
    return RepurposingTables(**found, hashes=hashes)


def saved_result(folder: Path) -> dict | None:
    """The record, for the one line that the app shows; None where there is none."""
    try:
        return json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
