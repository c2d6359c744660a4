"""Which words of the Drug Repurposing Hub stand for a STARGEO disease, and which are too wide.

The Hub writes indications as free terms divided by '|', such as 'non-small cell lung cancer
(NSCLC)'. A term counts where it is the disease's name (spelling, case and a short form in brackets
aside), or where this table says that it is the same disease or a kind of it, as the Disease
Ontology (https://disease-ontology.org) has them. Wider terms are told and do not count.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from badger_core.naming import fold

SAME_OR_KIND = {
    "DOID:0050741": ("abstinence from alcohol",),
    "DOID:0050742": ("smoking cessation", "nicotinism"),
    "DOID:1324": ("non-small cell lung cancer (NSCLC)", "small cell lung cancer"),
    "DOID:219": (
        "colorectal cancer",
    ),  # wider by the ontology; its drugs are those of colon cancer
    "DOID:2531": (
        "Burkitt's lymphoma",
        "Hodgkin's lymphoma",
        "Waldenstrom's macroglobulinemia (WM)",
        "acute lymphoblastic leukemia (ALL)",
        "acute myeloid leukemia (AML)",
        "acute promyelocytic leukemia (APL)",
        "chronic eosinophilic leukemia (CEL)",
        "chronic lymphocytic leukemia (CLL)",
        "chronic myeloid leukemia (CML)",
        "chronic myelomonocytic leukemia (CMMoL)",
        "cutaneous T-cell lymphoma (CTCL)",
        "follicular lymphoma",
        "hairy cell leukemia",
        "mantle cell lymphoma (MCL)",
        "multiple myeloma",
        "myeloma",
        "non-Hodgkin lymphoma (NHL)",
        "peripheral T-cell lymphoma (PTCL)",
        "small lymphocytic lymphoma (SLL)",
        "true histiocytic lymphoma (THL)",
    ),
    "DOID:263": ("renal cell carcinoma (RCC)", "Wilm's tumor"),
    "DOID:1793": ("neuroendocrine tumors of pancreatic origin (PNET)",),
    "DOID:3393": ("coronary heart disease",),
    "DOID:11612": ("polycystic ovary syndrom (PCOS)",),
}
"""DOID to terms of the Hub, as the Hub spells them, beside the disease's own name."""
WIDER = {
    "DOID:1595": ("depression",),
    "DOID:1686": ("intraocular pressure", "ocular hypertension"),
    "DOID:10652": ("senile dementia",),
    "DOID:13223": ("myoma",),
    "DOID:14330": ("parkinsonism",),
    "DOID:2986": ("acute glomerulonephritis (AGN)", "nephrotic syndrome"),
    "DOID:3310": ("eczema",),
    "DOID:3393": ("angina pectoris", "chronic stable angina"),
    "DOID:418": ("scleroderma",),
    "DOID:635": ("human immunodeficiency virus (HIV-1)",),
    "DOID:8577": ("inflammatory bowel disease",),
    "DOID:8778": ("inflammatory bowel disease",),
    "DOID:9074": ("lupus",),
    "DOID:9352": ("diabetes mellitus",),
    "DOID:9744": ("diabetes mellitus",),
    "DOID:9970": ("weight-loss aid",),
}
"""DOID to terms that hold other diseases too, or a sign of it; told, never counted."""
_SHORT_FORM = re.compile(r"\s*\([^)]*\)\s*$")


class HubTerms(NamedTuple):
    """Terms of the Hub's own vocabulary, sorted."""

    counted: tuple[str, ...]
    wider: tuple[str, ...]


def terms(indication: str) -> tuple[str, ...]:
    """The terms of one compound's indication, as the Hub spells them."""
    return tuple(part.strip() for part in indication.split("|") if part.strip())


def hub_terms(doid: str, name: str, vocabulary: Iterable[str]) -> HubTerms:
    """What of a vocabulary stands for a disease.

    Args:
        doid: of the disease; '' where it has none, then only its name counts.
        name: of the disease.
        vocabulary: terms of the Hub.
    """
    known = set(vocabulary)
    own = {term for term in known if fold(name) in (fold(term), fold(_SHORT_FORM.sub("", term)))}
    counted = own | (known & set(SAME_OR_KIND.get(doid, ())))
    wider = (known & set(WIDER.get(doid, ()))) - counted
    return HubTerms(tuple(sorted(counted)), tuple(sorted(wider)))
