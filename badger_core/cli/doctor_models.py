"""Whether the shipped models and their predictions are whole, and made for each other."""

import json
from pathlib import Path

from badger_core.cli.doctor_damage import damage
from badger_core.cli.doctor_data import content_hash, differing, read_manifest
from badger_core.cli.doctor_finding import Finding, broken, fine, look
from badger_core.repurpose.model_files import models_hash

_AGAIN = "Restore it from the repository, or train again with 'badger train badger'."
_SHIP = "Lists are screened instead. Ship them again with 'badger ship-predictions'."


def models_finding(folder: Path, bundle: Path) -> Finding:
    """The ensemble: cards that can be read, weights that are whole, trained on this bundle.

    Args:
        folder: of the checkpoints.
        bundle: folder of the bundle in use.
    """
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        return broken("models", f"no weights in '{folder}'", _AGAIN)
    looked_at = (*weights, *sorted(folder.glob("*.json")))
    wrong = [f"{file.name} {said}" for file in looked_at if (said := damage(file))]
    made_for = set()
    for file in weights:
        try:
            made_for.add(
                json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["bundle"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            if not any(said.startswith(f"{file.stem}.json ") for said in wrong):
                wrong.append(f"{file.stem}.json is missing or damaged")
    cards = {file.stem for file in folder.glob("*.json")} - {"trust"}
    wrong += [
        f"{name}.safetensors is missing" for name in sorted(cards - {w.stem for w in weights})
    ]
    if wrong:
        return broken("models", f"in '{folder}': {'; '.join(wrong)}", _AGAIN)
    try:
        here = content_hash(bundle)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return look("models", "the bundle they belong to cannot be read", "Mend the bundle first.")
    if made_for != {here}:
        said = f"trained on the bundle {', '.join(sorted(made_for))}, not on {here}"
        return look("models", said, "Name their bundle with BADGER_BUNDLE, or train again.")
    if not (folder / "trust.json").is_file():
        remedy = "Make it with 'badger calibrate', or restore it from the repository."
        return look("models", f"no trust.json in '{folder}': results say no confidence", remedy)
    return fine("models", f"{len(weights)} members, {models_hash(folder)}, of the bundle {here}")


def predictions_finding(folder: Path, models: Path, bundle: Path) -> Finding:
    """The shipped predictions: checksums, and whether they are of these models over this bundle.

    The app refuses others by itself and screens, so nothing of this is a failure but damage.
    """
    if not (folder / "manifest.json").exists():
        return look("predictions", f"none in '{folder}': each line is screened first", _SHIP)
    try:
        manifest = read_manifest(folder)
        wanted = {manifest["file"]: manifest["sha256"]}
        if "reversal" in manifest:
            wanted[manifest["reversal"]["file"]] = manifest["reversal"]["sha256"]
        wrong = differing(folder, wanted)
        of_bundle, of_models = manifest["bundle"], manifest["model"]["files"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        wrong = ["manifest.json is damaged"]
    if wrong:
        return broken("predictions", f"in '{folder}': {'; '.join(wrong)}", _SHIP)
    try:
        here = content_hash(bundle)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        here = "one that cannot be read"
    if (of_bundle, of_models) != (here, models_hash(models)):
        said = f"made by other models or over another bundle ({of_models} over {of_bundle})"
        return look("predictions", said, _SHIP)
    return fine("predictions", f"{len(wanted)} files agree, made by these models over this bundle")
