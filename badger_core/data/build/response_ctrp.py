"""The CTRP v2 screen: areas under the dose-response curve, repeats of a line averaged."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from badger_core.data.raw import RawData

AUC_FILE, NAMES_FILE = "response/ctrpv2_auc.csv.gz", "response/ctrp_drug2smiles.csv"


class Ctrp(NamedTuple):
    """Areas (D, L), NaN where not measured, with what they are of.

    Attributes:
        areas: (D, L) lower is more sensitive.
        drugs: (D rows) drug, name, smiles.
        lines: L names, sorted.
        no_structure: drugs left out, because no SMILES is given under their name.
        repeats: how lines that were screened more than once agree, see `_repeats`.
    """

    areas: np.ndarray
    drugs: pd.DataFrame
    lines: list[str]
    no_structure: list[str]
    repeats: dict[str, float]


def ctrp_areas(raw: RawData) -> Ctrp:
    """The screen, with the mean of the repeats where a line stands in several rows.

    Measured on the 18 such lines: two repeats of a line differ by 1.0 on average, two different
    lines under one drug by 1.2. No rule could tell which repeat is the better one, so all count.
    """
    given = raw.csv(AUC_FILE, index_col=0)
    smiles = raw.csv(NAMES_FILE).set_index("Drug")["SMILES"]
    known = [drug for drug in given.columns if drug in smiles.index]
    repeats = _repeats(given[known])
    mean = given[known].groupby(level=0, sort=True).mean()
    drugs = pd.DataFrame({"drug": known, "name": known, "smiles": smiles[known].to_numpy(object)})
    lost = sorted(set(given.columns) - set(known))
    return Ctrp(mean.to_numpy(np.float64).T, drugs, mean.index.tolist(), lost, repeats)


def _repeats(given: pd.DataFrame) -> dict[str, float]:
    """How the first two rows of each repeated line agree, which bounds what can be predicted.

    Most of a plain correlation is that some drugs kill every line; less the drug's mean over all
    lines, the correlation says how much of a line's own response comes back.
    """
    own = given - given.mean()
    twice = given[given.index.duplicated(keep=False)]
    pairs = [
        (given.loc[line].iloc[:2].to_numpy(), own.loc[line].iloc[:2].to_numpy())
        for line in sorted(set(twice.index))
    ]
    plain, centred = (np.concatenate(part, axis=1) for part in zip(*pairs, strict=True))
    both = np.isfinite(plain).all(axis=0)
    return {
        "rows": len(given),
        "lines in more than one row": len(pairs),
        "pairs of repeats": int(both.sum()),
        "mean difference of two repeats": _three(np.abs(np.diff(plain[:, both], axis=0)).mean()),
        "correlation of two repeats": _three(np.corrcoef(plain[:, both])[0, 1]),
        "... less the mean of each drug": _three(np.corrcoef(centred[:, both])[0, 1]),
    }


def _three(value: float) -> float:
    return round(float(value), 3)
