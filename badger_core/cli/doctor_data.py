"""Whether the bundle and the tables beside it are whole: every file against its manifest."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from badger_core.checksums import sha256
from badger_core.cli.doctor_damage import damage
from badger_core.cli.doctor_finding import OK, Finding, broken, fine, look
from badger_core.schema import BUNDLE_VERSION

_BUILD = "or build it from the raw files with"


def bundle_finding(folder: Path) -> Finding:
    """The data bundle: its version, and the checksum of every file."""
    remedy = f"Restore it from the repository, {_BUILD} 'badger data build --raw FOLDER'."
    try:
        manifest = read_manifest(folder)
        listed = manifest["outputs"] | manifest.get("references", {})
        wanted = {name: entry["sha256"] for name, entry in listed.items()}
        found = manifest["bundle_version"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return broken("data bundle", _no_manifest(folder, error), remedy)
    if found != BUNDLE_VERSION:
        said = f"'{folder}' has version {found}, this program reads {BUNDLE_VERSION}"
        return broken("data bundle", said, remedy)
    return _compared("data bundle", folder, wanted, remedy)


def tables_finding(
    name: str,
    folder: Path,
    command: str,
    without: str,
    learnt: Mapping[str, str] = MappingProxyType({}),
) -> Finding:
    """Tables that the app can do without, such as those of drug sensitivity.

    Weights beside them, which their manifest does not list, are looked at for damage.

    Args:
        name: what the report calls them.
        folder: that holds them and their manifest.
        command: that makes them.
        without: what does not work where they are missing.
        learnt: file beside the tables that is made from them, and the command that does.
    """
    remedy = f"Restore it from the repository, {_BUILD} '{command}'."
    if not folder.is_dir() or not any(folder.iterdir()):
        return look(name, f"nothing in '{folder}': {without}", remedy)
    try:
        outputs = read_manifest(folder)["outputs"]
        wanted = {file: entry["sha256"] for file, entry in outputs.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return broken(name, _no_manifest(folder, error), remedy)
    rest = sorted(p for p in folder.iterdir() if p.is_file() and p.name not in wanted)
    wrong = [f"{path.name} {said}" for path in rest if (said := damage(path))]
    if wrong:
        return broken(name, f"in '{folder}': {'; '.join(wrong)}", remedy)
    found = _compared(name, folder, wanted, remedy)
    missing = {file: made for file, made in learnt.items() if not (folder / file).is_file()}
    if found.state != OK or not missing:
        return found
    commands = " and ".join(f"'{made}'" for made in dict.fromkeys(missing.values()))
    said = f"{', '.join(missing)} missing in '{folder}': {without}"
    return look(name, said, f"Restore it from the repository, or make it with {commands}.")


def read_manifest(folder: Path) -> dict:
    """The manifest of a folder.

    Raises:
        OSError, ValueError: where there is none, or none that can be read.
    """
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def content_hash(folder: Path) -> str:
    """`Bundle.content_hash`, read without the tables.

    Raises:
        OSError, ValueError, KeyError: where the manifest cannot be read.
    """
    outputs = read_manifest(folder)["outputs"].items()
    whole = "\n".join(f"{name}:{entry['sha256']}" for name, entry in outputs)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def differing(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """What is wrong with the files of a folder, such as 'genes.parquet is missing'.

    Args:
        folder: that holds them.
        wanted: file name to SHA-256.
    """
    found = {name: _checksum(folder / name) for name in wanted}
    return [
        f"{name} {'differs from its checksum' if there else 'is missing or cannot be read'}"
        for name, there in found.items()
        if there != wanted[name]
    ]


def _checksum(path: Path) -> str:
    """Of a file; '' where it cannot be read."""
    try:
        return sha256(path)
    except OSError:
        return ""


def _compared(name: str, folder: Path, wanted: Mapping[str, str], remedy: str) -> Finding:
    wrong = differing(folder, wanted)
    if wrong or not wanted:
        return broken(name, f"in '{folder}': {'; '.join(wrong) or 'no file is listed'}", remedy)
    return fine(name, f"{len(wanted)} files agree with their checksums")


def _no_manifest(folder: Path, error: Exception) -> str:
    return f"no readable manifest.json in '{folder}' ({type(error).__name__})"
