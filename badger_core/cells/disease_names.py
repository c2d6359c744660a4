"""One name per disease: the labels of LINCS in the words of DepMap, for grouping lines.

DepMap names most lines ('Lung Cancer'); the others keep LINCS's labels, which are spelt otherwise
('lymphoma,large cell immunoblastic') or too wide ('carcinoma'). The bundle keeps what its sources
say; only where lines are grouped are these read alike.
"""

import pandas as pd

UNKNOWN = "disease not recorded"
NORMAL = "normal tissue"
APART = (NORMAL, UNKNOWN)
"""Groups that are no disease."""
_SAME = {
    "carcinoma,prostate": "Prostate Cancer",
    "glioma": "Brain Cancer",
    "lymphoma": "Lymphoma",
    "lymphoma,large cell immunoblastic": "Lymphoma",
    "melanoma": "Skin Cancer",
    "": UNKNOWN,
    "Unknown": UNKNOWN,
    "Non-Cancerous": NORMAL,
    **dict.fromkeys(
        (
            "embryonal kidney",
            "epithelium",
            "fetal lung,normal diploid fibroblast",
            "lung, bronchial epithelial",
            "lung, fibroblast, fetal",
            "myoblast",
            "progenitor cells",
        ),
        NORMAL,
    ),
}
_CARCINOMA = {"kidney": "Kidney Cancer", "lung": "Lung Cancer", "ovary": "Ovarian Cancer"}
"""What the label 'carcinoma' is, by lineage."""
_MISTAKEN = {"MDAMB435": "Skin Cancer", "NCIADRRES": "Ovarian Cancer"}
"""Lines that LINCS calls breast carcinoma, with the disease of the line that they are.

MDA-MB-435 is the melanoma M14: DepMap's sample table quotes Cellosaurus on it under MDA-MB-435S;
Rae et al. 2007, Breast Cancer Res Treat 104:13; Korch et al. 2017, Int J Cancer 142:561.
NCI/ADR-RES is the ovarian OVCAR-8: none of the source files says so; Liscovitch and Ravid 2007,
Cancer Lett 245:350; Lorenzi et al. 2009, Mol Cancer Ther 8:713.
"""


def grouped_disease(lines: pd.DataFrame) -> pd.Series:
    """The name that each line's disease is grouped under; UNKNOWN or NORMAL where it is none.

    Args:
        lines: column disease; cell and lineage tell more where they are there.
    """
    nothing = [""] * len(lines)
    told = zip(
        lines["disease"], lines.get("lineage", nothing), lines.get("cell", nothing), strict=True
    )
    return pd.Series([_name(*one) for one in told], index=lines.index, dtype=object)


def line_words(disease: str, subtype: str) -> str:
    """Disease and subtype as they stand behind a line's name, such as 'Skin Cancer, Melanoma'."""
    return ", ".join(dict.fromkeys(filter(None, (disease, subtype))))


def _name(disease: str, lineage: str, cell: str) -> str:
    if disease == "carcinoma":
        return _MISTAKEN.get(cell) or _CARCINOMA.get(lineage, UNKNOWN)
    if disease.startswith("normal "):
        return NORMAL
    return _SAME.get(disease.strip(), disease)
