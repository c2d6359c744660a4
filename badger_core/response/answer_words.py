"""A standing in words: what the page, the commands and the files say of a predicted sensitivity."""

import math

from badger_core.response.answer import CTRP, NCI60, SCREENS, Standing

AUC_WORDS = (
    "AUC is the area under the dose-response curve in CTRP v2: the lower, the more the compound "
    "kills. Of all measured pairs half lie below 13.7, and one in ten below 10.0."
)
POOLED_WORDS = (
    "Such scores mostly say which lines are fragile whatever the drug: read the drug-specific "
    "part, predicted less the line's mean over the tested drugs, beside them."
)
CLOSE, UNLIKE = 0.6, 0.35
"""Tanimoto bounds of the words used here: a convention for Morgan fingerprints."""


def headline(standing: Standing) -> str:
    """What the line's standing is, measured before predicted, without the names asked for."""
    place = f"place {standing.rank:,} of {standing.of:,} lines"
    if standing.screen == CTRP:
        measured = _known(standing.measured, "measured AUC {:.1f}, ")
        return (
            f"{measured}predicted AUC {standing.predicted:.1f} "
            f"(80% interval {standing.low:.1f} to {standing.high:.1f}), {place}"
        )
    known = measured_class(standing.measured)
    measured = f"measured {known}, " if known else ""
    return f"{measured}predicted {standing.predicted:.0%} sensitive, {place}"


def measured_class(value: float) -> str:
    """A label of NCI-60 in a word, 'mixed' where samples of one structure differ; '' for none."""
    if math.isnan(value):
        return ""
    return {1.0: "sensitive", 0.0: "resistant"}.get(value, "mixed")


def specific_words(standing: Standing) -> str:
    """What the drug-specific part says."""
    value = standing.drug_specific
    if math.isnan(value):
        return "The line's mean over drugs is not known."
    kills_more = value < 0 if standing.screen == CTRP else value > 0
    way = "Kills this line more" if kills_more else "Kills this line less"
    return f"{way} than the tested drugs do on average ({SCREENS[standing.screen]})."


def specific_number(standing: Standing) -> str:
    """The drug-specific part with its sign and unit."""
    if math.isnan(standing.drug_specific):
        return "not known"
    if standing.screen == NCI60:
        return f"{100 * standing.drug_specific:+.0f} points"
    return f"{standing.drug_specific:+.2f} AUC"


def drug_words(standing: Standing) -> str:
    """How like the compound is to the nearest tested drug."""
    value = standing.likeness
    if math.isnan(value) or not standing.nearest_drug:
        return "unlike every tested drug: low confidence"
    if standing.basis in ("measured pair", "known drug"):
        return "tested itself"
    if value >= 1:
        return "its fingerprint is the same, the compound is another"
    if value >= CLOSE:
        return "a close analogue"
    return "similar in parts" if value >= UNLIKE else "unlike all tested: take with care"


def _known(value: float, form: str) -> str:
    return "" if math.isnan(value) else form.format(value)
