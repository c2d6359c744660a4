"""Who takes part: groups of contenders that are fitted together, and how each predicts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from badger_core.benchmark.plain import NAMES as PLAIN
from badger_core.benchmark.plain import plain_predictions
from badger_core.model.zoo import reads_graph
from badger_core.training.fold import Fold
from badger_core.training.run import fit_fold, save_fold
from badger_core.training.settings import TrainSettings, run_named

GROUPS = {
    "plain": PLAIN,
    "badger": ("badger", "badger_cascade", "badger_kernel"),
    "badger_light": ("badger_light",),
    "mlp": ("mlp",),
    "deepce": ("deepce",),
    "ciger": ("ciger",),
}
"""Group to the models it gives; a network's two parts are scored on their own too."""
OURS = GROUPS["badger"]
BASELINES = tuple(m for group, models in GROUPS.items() if group != "badger" for m in models)
PUBLISHED_VECTORS = {"deepce": "string_node2vec", "ciger": "go"}
_AT_ONCE = 64


def settings_of(group: str, quick: bool, with_raw: bool = False) -> TrainSettings | None:
    """The settings a group is trained with; None where there is nothing to train.

    With the raw data at hand, DeepCE and CIGER get the gene features they were published with.
    """
    if group == "plain":
        return None
    settings = run_named(group)
    if with_raw and group in PUBLISHED_VECTORS:
        settings = replace(settings, gene_vectors=PUBLISHED_VECTORS[group])
    return replace(settings, epochs=1, taught=min(settings.taught, 500)) if quick else settings


def predict_group(
    group: str,
    fold: Fold,
    settings: TrainSettings | None,
    folder: Path,
    command: str,
    device: torch.device,
    report: Callable[[str], None],
    raw: Path | None = None,
) -> dict[str, np.ndarray]:
    """(S, G) predictions of the fold's test rows by each model of the group; no label is read.

    A network's training state and checkpoint are kept in `folder`.
    """
    if settings is None:
        return plain_predictions(fold)
    trained = fit_fold(fold, settings, folder / "state", device, report, raw=raw)
    save_fold(fold, settings, trained, folder, command)
    knowledge = trained.lesson.knowledge
    loader = fold.loader(fold.split.test, reads_graph(settings.network), knowledge)
    with torch.inference_mode():
        outputs = [trained.model(batch.to(device)) for batch in loader.ordered(_AT_ONCE)]
    found = {group: torch.cat([output.change for output in outputs]).cpu().numpy()}
    for part in outputs[0].parts:
        found[f"{group}_{part}"] = torch.cat([o.parts[part] for o in outputs]).cpu().numpy()
    return found
