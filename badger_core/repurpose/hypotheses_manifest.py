"""What a list of hypotheses was made from, how its controls fared, and what it is worth."""

import json
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from badger_core import __version__
from badger_core.data.bundle import Bundle
from badger_core.diseases.signature import DiseaseSignature
from badger_core.paths import benchmark_dir
from badger_core.repurpose.aggregate import MEAN
from badger_core.repurpose.connectivity import METHODS, WTCS
from badger_core.repurpose.indications import Disease, terms_for
from badger_core.repurpose.nulls import PERMUTATIONS
from badger_core.repurpose.predictions import Predictions

WORTH = (
    "Reversal by predicted signatures is weak evidence: it orders a library for looking closer and "
    "says nothing of dose, exposure or effect in people. What it was worth where the answer is "
    "known stands in docs/REPURPOSING.md. Research use only."
)


def tested() -> str:
    """What such lists were worth where the answer is known; '' where nobody measured it."""
    try:
        record = json.loads((benchmark_dir() / "repurposing.json").read_text(encoding="utf-8"))
        return str(record["sentence"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


@dataclass(frozen=True)
class HypothesisSettings:
    """What is asked of the library.

    Attributes:
        method: of `connectivity.METHODS`.
        summary: of `aggregate.SUMMARIES`.
        n_permutations: for p and FDR; 0 for none.
        seed: of the permutations.
        top: length of the list for which genes, pathways and classes are told.
        specific: score what a compound adds to the mean of its line (`controls.drug_specific`).
    """

    method: str = WTCS
    summary: str = MEAN
    n_permutations: int = PERMUTATIONS
    seed: int = 0
    top: int = 50
    specific: bool = False


def control_figures(table: pd.DataFrame) -> dict:
    """Kind of control to how many there are, their median percentile and the highest."""
    found = table[table["control"] != ""].groupby("control")["percentile"]
    return {
        str(kind): {
            "n": int(each.count()),
            "median_percentile": float(each.median()),
            "highest_percentile": float(each.max()),
        }
        for kind, each in found
    }


def manifest_of(
    bundle: Bundle,
    predictions: Predictions,
    signature: DiseaseSignature,
    settings: HypothesisSettings,
    disease: Disease | None,
    list_p: float,
    n_top: int,
) -> dict:
    """Provenance and settings, fit for JSON.

    Args:
        bundle: that was asked.
        predictions: of the library.
        signature: of the disease.
        settings: of the list.
        disease: whose known uses are marked, or None.
        list_p: of `reversal.Reversal`.
        n_top: length of the list.
    """
    hub = terms_for(bundle.library, disease) if disease else None
    return {
        "app_version": __version__,
        "bundle": bundle.content_hash,
        "signature": signature.name,
        "signature_source": signature.source,
        "genes_up": len(signature.up),
        "genes_down": len(signature.down),
        "genes_measured": int(signature.universe.sum()),
        "known_uses_of": disease._asdict() if disease else None,
        "hub_terms_counted": list(hub.counted) if hub else [],
        "hub_terms_too_wide": list(hub.wider) if hub else [],
        "lines": list(predictions.lines),
        "origin": list(predictions.origin),
        "compounds": len(predictions.compounds),
        "settings": asdict(settings),
        "measure": METHODS[settings.method],
        "list": {"top": n_top, "p": None if np.isnan(list_p) else list_p},
        "tested": tested(),
        "worth": WORTH,
    }
