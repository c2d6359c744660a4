"""What is known of a compound and the disease: PharmacotherapyDB first, then the Repurposing Hub.

PharmacotherapyDB 1.0 (Himmelstein et al., eLife 6:e26726, 2017) holds pairs judged by physicians:
DM (the drug changes the course of the disease), SYM (it eases symptoms) and NOT (it is used or was
listed with the disease, and does neither). NOT is a judgement and no failed trial. 'new' means that
neither source has the pair: it does not mean that nobody has tried it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from badger_core.chem.library import CompoundLibrary
from badger_core.diseases.catalogue import DiseaseCatalogue
from badger_core.diseases.hub_terms import HubTerms, hub_terms, terms
from badger_core.errors import DiseaseNotFoundError
from badger_core.naming import fold, nearest

DM, SYM, NOT, HUB, NEW, UNASKED = (
    "known (disease-modifying)",
    "known (symptomatic)",
    "judged no indication (NOT)",
    "known (Hub)",
    "new",
    "not asked",
)
KNOWN = (DM, SYM, HUB)
_WORDS = {"DM": DM, "SYM": SYM, "NOT": NOT}


class Disease(NamedTuple):
    """A disease whose indications are asked for; one without signature is fine."""

    doid: str
    name: str


def find_disease(diseases: DiseaseCatalogue, text: str) -> Disease:
    """A disease by DOID or name, among those with a signature and those with indications.

    Raises:
        DiseaseNotFoundError: with the nearest names.
    """
    pairs = dict(zip(diseases.indications["doid"], diseases.indications["disease"], strict=True))
    pairs |= dict(zip(diseases.names["doid"], diseases.names["name"], strict=True))
    for doid, name in pairs.items():
        if fold(text) and fold(text) in (fold(doid), fold(name)):
            return Disease(str(doid), str(name))
    near = tuple(nearest(text, sorted(pairs.values())))
    hint = f" Did you mean {', '.join(near)}?" if near else " Give a name or a DOID."
    raise DiseaseNotFoundError(f"No disease is called '{text[:60]}'.{hint}", near)


def hub_vocabulary(library: CompoundLibrary) -> tuple[str, ...]:
    """Every indication term that the Hub has, sorted."""
    return tuple(sorted({term for text in library.hub["indication"] for term in terms(text)}))


def known_uses(
    keys: Sequence[str],
    library: CompoundLibrary,
    diseases: DiseaseCatalogue,
    disease: Disease | None,
) -> pd.DataFrame:
    """What is known of S compounds for one disease.

    Args:
        keys: S ik14.
        library: of the bundle.
        diseases: of the bundle.
        disease: None where nobody said which it is: then `known` is 'not asked'.

    Returns:
        Columns ik14, known (one of the words above; DM before SYM before NOT before the Hub) and
        known_source (in words, all sources that say something).
    """
    if disease is None:
        return pd.DataFrame({"ik14": list(keys), "known": UNASKED, "known_source": ""})
    rows = diseases.indications[diseases.indications["doid"] == disease.doid]
    judged: dict[str, set[str]] = {}
    for key, category in zip(rows["ik14"], rows["category"], strict=True):
        judged.setdefault(key, set()).add(category)
    found = terms_for(library, disease)
    listed = {
        key: [term for term in terms(text) if term in found.counted]
        for key, text in zip(library.hub["ik14"], library.hub["indication"], strict=True)
    }
    return pd.DataFrame(
        [_row(key, judged.get(key, set()), listed.get(key, [])) for key in keys],
        columns=["ik14", "known", "known_source"],
    )


def terms_for(library: CompoundLibrary, disease: Disease) -> HubTerms:
    """The Hub's terms for a disease."""
    return hub_terms(disease.doid, disease.name, hub_vocabulary(library))


def _row(key: str, categories: set[str], hub: list[str]) -> tuple[str, str, str]:
    sources = [f"PharmacotherapyDB {c}" for c in _WORDS if c in categories]
    if hub:
        sources.append(f"Repurposing Hub: {', '.join(hub)}")
    first = next((_WORDS[c] for c in _WORDS if c in categories), HUB if hub else NEW)
    return key, first, "; ".join(sources)
