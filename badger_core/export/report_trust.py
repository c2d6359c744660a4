"""How far to trust one ranking, in sentences for a report."""

from badger_core.explain.dossier import Dossier
from badger_core.predict.trust_words import SIMILARITY, ceiling_words, domain_words, seen_words


def trust_facts(dossier: Dossier) -> list[tuple[str, str]]:
    """Questions and answers: seen before, confidence, neighbours, ensemble, measured."""
    manifest = dossier.ranking.manifest
    known = manifest["familiarity"]
    seen = seen_words(known["badge"], known["n_measured"], dossier.n_taught)
    found = [
        ("Seen before?", f"{known['badge'].capitalize()}: {seen}"),
        ("Confidence", _confidence(manifest["trust"])),
        (
            "Nearest training compound",
            f"{known['compound']}, Tanimoto {known['compound_similarity']:.2f} of 1.",
        ),
        (
            "Nearest training line",
            f"{known['line']}, {SIMILARITY} {known['line_similarity']:.2f} of 1.",
        ),
        ("Ensemble", _ensemble(dossier)),
        ("Measured", measured_words(dossier)),
        ("Drug-free baseline", _drug_free(dossier)),
    ]
    return found


def measured_words(dossier: Dossier) -> str:
    """What was measured of this pair and how well anything could agree with it, in sentences."""
    found = dossier.evidence
    side = found.measured
    if side is None:
        text = "No signature of this pair is in the bundle: there is nothing to compare with."
        if None not in found.typical:
            text += (
                f" Two measurements of one pair agree at Spearman {found.typical[0]:.2f} on "
                f"average, strong ones at {found.typical[1]:.2f}."
            )
        return text
    said = [
        f"{_many(side.n_signatures, 'signature')} from {_many(side.n_sources, 'source')}; Spearman "
        f"of the predicted scores with their mean ranks {found.agreement:.2f}"
    ]
    if found.ceiling:
        limit = found.ceiling
        bound = ceiling_words(side.n_signatures, limit.agreement, limit.bound, limit.own)
        said.append(bound[0].lower() + bound[1:])
    said.append(f"of the drug-free ranking {found.baseline_agreement:.2f}")
    said.append(
        f"{found.trained} of {dossier.n_members} members trained on this pair, so it is no test"
        if found.trained
        else "no member trained on this pair"
    )
    return f"{'; '.join(said)}."


def _drug_free(dossier: Dossier) -> str:
    """How much of the ranking any compound would have got here."""
    free, shared = dossier.evidence.drug_free, dossier.evidence.overlap
    whose = (
        f"mean of {free.n_compounds} other compounds measured in this line"
        if free.own
        else f"mean of the {free.n_lines} most similar lines, for this one is hardly measured"
    )
    return (
        f"{shared.up} of the 50 strongest genes up and {shared.down} down are what any compound "
        f"moves here (by luck {shared.luck:.1f}); Spearman {shared.spearman:.2f} with the "
        f"drug-free ranking, the {whose}."
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


def _confidence(trust: dict | None) -> str:
    if trust is None:
        return "Not known: nothing was learnt about the trust in this model."
    return (
        f"{100 * trust['confidence']:.0f}% of the 50 strongest genes each way should be in the "
        f"measured top 200 (by luck 20%), from {trust['alike']} held-out predictions like this. "
        f"{domain_words(trust['domain'])}."
    )


def _ensemble(dossier: Dossier) -> str:
    table, parts = dossier.ranking.table, dossier.ranking.manifest["parts"]
    said = f"{dossier.n_members} members; " if dossier.n_members > 1 else "One member alone; "
    said += (
        f"median spread ± {table['spread'].median():.2f} beside a median absolute score of "
        f"{table['score'].abs().median():.2f}."
    )
    if parts:
        said += (
            f" {100 * parts['cascade']:.0f}% is said by the attention cascade, "
            f"{100 * parts['kernel']:.0f}% by similar compounds and lines."
        )
    return said
