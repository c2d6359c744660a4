"""The tiles of the trust strip on what stands beside a ranking: measured, and drug-free."""

from badger_core.cells.catalogue import CellLine
from badger_core.predict.baseline import TOP
from badger_core.predict.evidence import Evidence
from badger_core.predict.trust_words import ceiling_words
from badger_core.ui import load
from badger_core.ui.tile import tile

REPEATED = 0.8
"""Spearman with the drug-free ranking from which a prediction says little about its compound."""


def measured(found: Evidence) -> str:
    """How the ranking agrees with the measured signatures, and how well it could."""
    if found.measured is None:
        text = "No signature of this pair to compare with."
        if None not in found.typical:
            every, strong = found.typical
            text += (
                f" Two measurements of one pair agree at Spearman {every:.2f} on average, "
                f"strong ones at {strong:.2f}."
            )
        return tile("Measured", "Not measured", text)
    count, members = found.measured.n_signatures, len(load.cards())
    texts = [f"with {count} measured signature{'s' if count != 1 else ''}."]
    limit = found.ceiling
    if limit:
        texts.append(f"{ceiling_words(count, limit.agreement, limit.bound, limit.own)}.")
    texts.append(f"Drug-free ranking: {found.baseline_agreement:.2f}.")
    if found.trained:
        texts.append(f"{found.trained} of {members} members trained on it: no test.")
    else:
        texts.append("No member trained on it.")
    return tile("Measured", f"Spearman {found.agreement:.2f}", " ".join(texts))


def drug_free(found: Evidence, line: CellLine) -> str:
    """How much of the ranking any compound would have got here."""
    free, shared = found.drug_free, found.overlap
    if free.own:
        whose = f"the mean of {free.n_compounds} other compounds in {line.display_name}."
    else:
        nearest = load.bundle().cells.line(free.nearest).display_name
        whose = (
            f"the mean of the {free.n_lines} most similar lines, {nearest} first: this one is "
            "hardly measured."
        )
    text = (
        f"with {whose} {shared.up} of {TOP} top-up and {shared.down} of {TOP} top-down genes are "
        f"what any drug moves here (by luck {shared.luck:.1f})."
    )
    if shared.spearman >= REPEATED:
        text += " Little is particular to the compound."
    return tile("Drug-free baseline", f"Spearman {shared.spearman:.2f}", text)
