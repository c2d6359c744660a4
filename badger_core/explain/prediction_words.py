"""An explanation in sentences, made from its numbers and no stronger than they are."""

from collections.abc import Mapping

import numpy as np

from badger_core.explain.agreement import agreement, following
from badger_core.explain.prediction_maps import Explanation
from badger_core.explain.prediction_quoted import Quoted
from badger_core.explain.prediction_tables import TAUGHT, fragment_table, pathway_table

HARDLY = 0.05
"""1 - Spearman below which an order counts as hardly changed: a convention."""
EVEN = 2.0
"""Multiple of an even share below which attention counts as nearly even: a convention."""
TRACE, CLEAR = 0.02, 0.1
"""Gains over chance below which a figure is no better, or a little better: a convention."""
_LONGEST = 40


def reading(explanation: Explanation) -> str:
    """What attention says in two sentences: fragment, pathways and why, evenness."""
    return f"{_fragment(explanation)} {_pathways(explanation)}"


def part_words(explanation: Explanation) -> str:
    """How much of the prediction attention can explain at all."""
    if not explanation.parts:
        return "The cascade that attention belongs to says the whole prediction."
    cascade, kernel = explanation.parts["cascade"], explanation.parts["kernel"]
    return (
        f"Attention belongs to the cascade, which says {100 * cascade:.0f}% of this prediction; "
        f"{100 * kernel:.0f}% comes from similar compounds and lines, which no attention "
        "explains."
    )


def deletion_words(explanation: Explanation, found: Mapping[str, Quoted]) -> str:
    """What deleting fragments says of this attention, with what the benchmark measured."""
    if len(explanation.fragments) == 1:
        said = "The compound is one fragment: there is nothing to delete, so attention on it "
        said += "cannot be tested here."
    else:
        rho = following(explanation.attention, explanation.order)
        largest = np.nanmax(explanation.order.mean(axis=0))
        much = "hardly changes" if largest < HARDLY else "changes"
        said = (
            f"Deleting one fragment {much} the order of genes: 1 − Spearman is {largest:.3f} at "
            "most, where 0 is no change. "
        )
        if np.isnan(rho).any():
            said += "With fewer than three fragments there is no order for attention to follow."
        else:
            said += (
                f"Over these {len(explanation.fragments)} fragments attention and effect "
                f"correlate by {rho.mean():.2f} (Spearman, mean of the members; "
                f"{rho.min():.2f} to {rho.max():.2f})."
            )
    return f"{said} {_tested(found)}".strip()


def agreement_words(explanation: Explanation, found: Mapping[str, Quoted]) -> str:
    """How far the members agree, and how much of that is the compound's own."""
    members = len(explanation.members)
    if members == 1:
        return "One member alone: agreement cannot be told."
    named = {
        "on fragments": explanation.attention,
        "on which pathways look at the compound": explanation.mass,
        "on which pathways genes use": explanation.use,
    }
    parts = []
    for what, values in named.items():
        pairs = agreement(values)
        figure = "" if np.isnan(pairs.mean) else f" ({pairs.mean:.2f})".replace("-", "−")
        parts.append(f"{what} they {_could(pairs.words)}{figure}")
    said = f"The {members} members, by mean Spearman of pairs: {'; '.join(parts)}."
    if "mass agrees" in found:
        own = found["mass agrees"]
        said += (
            f" In the benchmark pathways agree by {own.value:.2f} for one compound and by "
            f"{own.chance:.2f} for two different ones: only the difference is the compound's own."
        )
    return said


def supervision_words(explanation: Explanation) -> str:
    """What the marks of the pathways mean for this compound."""
    members, shown = len(explanation.members), explanation.n_shown
    if not explanation.known_targets:
        return (
            "No known target of this compound lies in a pathway of the model: all attention on "
            "pathways is inferred."
        )
    count = int(explanation.pathways["targets"].map(bool).sum())
    targets = _listed(explanation.known_targets, 4)
    holds = f"{count} of {len(explanation.pathways)} pathways hold a known target ({targets})"
    if shown:
        return (
            f"{TAUGHT}: {holds}, and {shown} of {members} members were taught to let these look "
            "at the compound, the others not: it repeats what was known, it is no finding."
        )
    return (
        f"○ known target: {holds}, but no member was taught this compound's targets: where "
        "attention meets them, it was inferred."
    )


def pathway_check_words(found: Mapping[str, Quoted]) -> str:
    """What the benchmark says of attention to pathways, for compounds not in training."""
    if "mass" not in found or "use" not in found:
        return "Whether attended pathways hold the targets of new compounds was not measured."
    mass, use = found["mass"], found["use"]
    said = (
        f"In the benchmark, with compounds a member never saw, pathways that look at the compound "
        f"hold its known targets {_beats(mass)} those of other compounds (AUROC {mass.value:.2f} "
        f"and {mass.chance:.2f}); pathways that genes use, {_beats(use)} those "
        f"({use.value:.2f} and {use.chance:.2f})."
    )
    if "sameness" in found:
        alike = found["sameness"].value
        said += (
            f" For two compounds in one line the pathways come out similar: Spearman {alike:.2f}."
        )
    return said


def _fragment(explanation: Explanation) -> str:
    table = fragment_table(explanation)
    top = table.iloc[int(table["attention"].argmax())]
    name = f"{top['fragment']} ({_short(top['smiles'])})"
    if len(table) == 1:
        return "The compound is one fragment, so all attention on fragments is on it."
    share, spread = 100 * top["attention"], 100 * top["attention_sd"]
    said = (
        f"Attention rests most on fragment {name}: {share:.0f}% ± {spread:.0f} of what goes to "
        f"fragments (an even share is {100 / len(table):.3g}%)"
    )
    most = table.iloc[int(table["order"].argmax())]
    if most["fragment"] == top["fragment"]:
        return f"{said}; deleting it also changes the prediction most."
    return f"{said}; but deleting {most['fragment']} changes the prediction most."


def _pathways(explanation: Explanation) -> str:
    table = pathway_table(explanation).head(3)
    first = table.iloc[0]
    names = ", ".join(f"{_short(row.name_)} ({_why(row)})" for row in _rows(table))
    times = first["use"] * explanation.to_gene.shape[2]
    strength = "nearly evenly over all pathways" if times < EVEN else "unevenly over pathways"
    return (
        f"It reaches genes most through {names}. Genes spread their attention {strength}: the "
        f"first of these gets {times:.1f} times an even share."
    )


def _tested(found: Mapping[str, Quoted]) -> str:
    if "deletion" not in found:
        return "How well attention follows deletion in general was not measured."
    rho = found["deletion"]
    said = (
        f"In the benchmark ({rho.n} cases with compounds a member never saw): {rho.value:.2f} "
        f"[{rho.low:.2f} to {rho.high:.2f}], by chance {abs(rho.chance):.0f}"
    )
    if "bits" in found:
        said += f"; a fragment's size alone reaches {found['bits'].value:.2f}"
    return f"{said}."


def _beats(found: Quoted) -> str:
    """A figure against its chance, in words."""
    gain = found.value - found.chance
    if gain < TRACE:
        return "no better than"
    return "a little better than" if gain < CLEAR else "better than"


def _could(words: str) -> str:
    return "cannot be compared" if words == "cannot be told" else words


def _why(row: object) -> str:
    if not row.targets:
        return "inferred"
    held = _listed(tuple(row.targets.split(", ")), 2)
    how = "taught: training knew the target" if row.shown_to else "holds the known target"
    return f"{how} {held}"


def _rows(table: object) -> list:
    return list(table.rename(columns={"name": "name_"}).itertuples(index=False))


def _listed(names: tuple[str, ...], most: int) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
