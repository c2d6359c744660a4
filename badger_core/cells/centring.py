"""What an uploaded profile is centred against: the other samples of its file, or a platform.

A profile compares with the lines only after its platform's own level was taken away
(`similarity.py`). Measured with lines that several platforms measured:

- NCI-60 microarrays, 13 lines shared with L1000, among the 165 L1000 lines: all 13 find themselves
  first when centred on the 59 of their platform, on the 13, or on 4 of any kind (own likeness .54
  to .78); 12 of 13 when centred on L1000, the wrong platform, at half the likeness (.23 to .68).
- CCLE RNA-seq, of which 134 landmarks are at hand, 95 shared lines: 91 to 93% find themselves
  first when centred on 8 or more RNA-seq samples, 83% when a single sample is centred on the
  nearest platform at hand. Without a reference of its own a likeness is a little less sure.
- 377 wells of one line (A375, L1000): 368 find A375 first when centred on L1000, 85 when centred on
  themselves: what samples of one line share is that line, and centring takes it away.

The mean ranks of a platform correlate at .74 to .92 with the ranks of a sample of that platform, at
.39 to .54 with one of the other, at .64 (NCI-60) and .41 (L1000) with RNA-seq. The ranks of two
lines correlate at .72 (median; 95% below .86), those of two wells of one line at .88.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from badger_core import naming
from badger_core.errors import ExpressionError
from badger_core.ranks import average_ranks

AUTO, OWN = "auto", "the uploaded samples themselves"
LEAST_OWN = 8
"""Samples from which a file can be its own reference."""
ALIKE = 0.85
"""Median rank correlation of samples that look like repeats of one line or tissue."""
FITS = 0.7
"""Correlation with a platform's mean ranks from which a sample looks measured on it."""
STRANGE = 0.2
"""Below it a sample looks like no expression profile: real ones of any kind fit at .39 or more."""
UNLIKE_ANY = "the sample resembles no expression profile at hand"
_SHORT = {"own": OWN, "l1000": "L1000 vehicle", "nci60": "NCI-60 microarray"}


class Centring(NamedTuple):
    """What one sample is centred against, and why.

    Attributes:
        choice: OWN or the name of a platform.
        match: correlation of the sample's ranks with the platform's mean ranks; NaN for OWN.
        reason: a sentence.
    """

    choice: str
    match: float
    reason: str


def read_choice(text: str, platforms: Mapping[str, np.ndarray]) -> str:
    """AUTO, OWN or a platform's name, however it is written ('own', 'l1000', 'nci60').

    Raises:
        ExpressionError: for anything else; it lists the choices.
    """
    known = {naming.fold(name): name for name in (AUTO, OWN, *platforms)} | _SHORT
    choice = known.get(naming.fold(text))
    if choice is None:
        raise ExpressionError(
            f"There is no platform '{text[:40]}'. Choose auto, own, "
            f"{' or '.join(repr(name) for name in platforms)}."
        )
    return choice


def choose(
    profiles: np.ndarray, platforms: Mapping[str, np.ndarray], wanted: str = AUTO
) -> list[Centring]:
    """The reference of each of S samples.

    Args:
        profiles: (S, G) accepted samples.
        platforms: name to (C, G) profiles.
        wanted: AUTO, OWN or a platform's name.

    Raises:
        ExpressionError: if the samples shall be their own reference and are too few.
    """
    if wanted == OWN and len(profiles) < LEAST_OWN:
        raise ExpressionError(
            f"{len(profiles)} samples are too few to be centred on themselves; {LEAST_OWN} are "
            "needed, of different lines or patients. Choose auto or a platform."
        )
    means = {name: mean_ranks(of_platform) for name, of_platform in platforms.items()}
    ranks = [mean_ranks(profile[None]) for profile in profiles]
    matches = [{name: correlation(r, mean) for name, mean in means.items()} for r in ranks]
    if wanted not in (AUTO, OWN):
        said = "as you chose"
        return [Centring(wanted, match[wanted], said + _unfit(match[wanted])) for match in matches]
    alike = median_correlation(ranks) if len(ranks) >= LEAST_OWN else np.nan
    fit = float(np.median([max(match.values()) for match in matches]))
    own = wanted == OWN or (len(ranks) >= LEAST_OWN and not (alike > ALIKE and fit >= FITS))
    if own:
        said = f"{len(ranks)} samples of one platform: each gene is compared with its mean in them"
        if alike > ALIKE:
            said += (
                f"; they are much alike (median rank correlation {alike:.2f}): if all are of one "
                "line or tissue, this takes away what makes it special, so choose a platform"
            )
        return [Centring(OWN, np.nan, said)] * len(ranks)
    found = []
    for match in matches:
        name = max(match, key=match.__getitem__)
        said = f"the platform at hand whose mean ranks fit best ({match[name]:.2f})"
        if alike > ALIKE:
            said += f"; the samples are too much alike ({alike:.2f}) to be their own reference"
        found.append(Centring(name, match[name], said + _unfit(match[name])))
    return found


def reference_for(
    profile: np.ndarray, choice: str, profiles: np.ndarray, platforms: Mapping[str, np.ndarray]
) -> np.ndarray | None:
    """(C, G) what a (G,) profile is centred against, on the genes that it has.

    Ranks within fewer genes compare with ranks within the same genes only: without the half that is
    expressed least, the likeness to all lines correlates at .91 with the whole profile's if the
    reference lacks it too, at .71 if not. None stands for the catalogue's own reference, where the
    profile has all genes that the platform has.
    """
    reference = profiles if choice == OWN else platforms[choice]
    lacking = np.isnan(profile)
    if choice != OWN and not (lacking & ~np.isnan(reference).all(axis=0)).any():
        return None
    return np.where(lacking, np.nan, reference).astype(np.float32)


def mean_ranks(profiles: np.ndarray) -> np.ndarray:
    """(G,) mean over C profiles of the ranks within each, 0 to 1; NaN where none has a gene."""
    known = ~np.isnan(profiles)
    ranks = average_ranks(profiles) / (known.sum(axis=1, keepdims=True) + 1)
    total = np.where(known, ranks, 0.0).sum(axis=0)
    count = known.sum(axis=0)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def correlation(left: np.ndarray, right: np.ndarray) -> float:
    """Pearson correlation of two (G,) vectors of ranks over the genes that both have."""
    both = ~np.isnan(left) & ~np.isnan(right)
    return float(np.corrcoef(left[both], right[both])[0, 1])


def median_correlation(ranks: list[np.ndarray]) -> float:
    """Median over all pairs of samples, on the genes that all of them have."""
    table = np.stack(ranks)
    table = table[:, ~np.isnan(table).any(axis=0)]
    above = np.triu_indices(len(table), 1)
    return float(np.median(np.corrcoef(table)[above])) if table.shape[1] > 2 else np.nan


def _unfit(match: float) -> str:
    if match >= FITS:
        return ""
    if match < STRANGE:
        return (
            f"; {UNLIKE_ANY} (correlation {match:.2f}; those of other platforms fit at .4 or "
            "more). Its genes may be shuffled or its values no expression: predictions from it "
            "mean little. Check the file"
        )
    return (
        "; the sample seems measured on another platform (RNA-seq, for instance), of which no "
        f"reference is at hand: likeness is less sure. {LEAST_OWN} or more samples of different "
        "lines in one file would be their own reference"
    )
