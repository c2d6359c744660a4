"""What docs/RESPONSE.md says in words: the question, the splits and the published work."""

from typing import NamedTuple

SCREENS = {
    ("nci60", "nci60"): "NCI-60 (sensitive or resistant), 2,306 genes",
    ("nci60", "landmark"): "NCI-60 on the landmarks, which serve lines from outside",
    ("ctrp", "ccle1000"): "CTRP v2 (AUC), lines with 1,000 genes of CCLE",
    ("ctrp", "landmark"): "CTRP v2 (AUC), lines with the 978 landmarks",
}
"""(Screen, panel) to its heading, in the order of the page."""
SPLITS = {
    "random": "Random: held-out pairs, drug and line known",
    "unseen-drug": "Unseen drug: no structure or fingerprint twin of the test side is in training",
    "unseen-line": "Unseen line: no donor of the test side is in training",
    "unseen-both": "Both unseen (zero-shot)",
}
METRICS = {
    "auroc": "AUROC",
    "auroc_within_drug": "within drug",
    "auroc_within_line": "within line",
    "aupr": "AUPR",
    "r2": "R²",
    "r2_within_drug": "R² within drug",
    "pearson_within_drug": "r within drug",
    "pearson_within_line": "r within line",
    "mae": "MAE",
}
"""Metric to the head of its column; what is not here is in the CSV only."""
GOALS = {"nci60": ("auroc", "auroc_within_drug", "auroc_within_line"), "ctrp": ("r2",)}
"""Screen to the metrics that the goals are about."""


class Published(NamedTuple):
    """A figure that the authors of drGT report."""

    split: str
    metric: str
    value: float
    what: str


PUBLISHED = (
    Published("random", "auroc", 0.945, "AUROC up to"),
    Published("unseen-drug", "auroc", 0.844, "AUROC"),
    Published("unseen-line", "auroc", 0.706, "AUROC"),
    Published("unseen-both", "auroc", 0.786, "AUROC"),
)
SOURCE = "drGT (arXiv 2405.08979), abstract of the last version"
PROTOCOL = (
    "The protocols differ: the published figures are over several data sets of which the "
    "abstract does not say which is which, models and epochs were chosen on the test folds, "
    "structural twins stand on both sides of the random and the unseen-drug split, and "
    "expression was standardised over all lines. Here settings are chosen on validation pairs"
    " alone and twins are kept together. Read them as an indication."
)
QUESTION = (
    "Given a structure and the basal expression of a cell line: is the line sensitive to the "
    "compound (NCI-60), and what is the area under its dose-response curve (CTRP v2, lower "
    "kills more)? Most of a pooled score is won by knowing which lines are fragile whatever "
    "the drug and which drugs kill whatever the line, so the line mean and the drug mean "
    "stand beside every model. What a choice of lines for a given drug needs is the score "
    "*within a drug*; a choice of drugs for a given line needs the one *within a line*."
)
HOW = (
    "Five folds. In *random* a unit is a structure in a line, else a structure, a donor, or "
    "both; twins (same structure or same fingerprint) and lines of one origin are never "
    "parted. Settings and stopping are decided by validation pairs that are cut from the "
    "training side in the same way; a test label is read once, for the score. Every model "
    "enters a new drug by its structure and a new line by its expression, standardised with "
    "training lines alone. Scores are over the held-out pairs of all folds together, with 95% "
    "intervals by a bootstrap of whole drugs (random, unseen drug) or whole lines (unseen "
    "line, both unseen). *Fold mean* is the mean of the folds' own pooled scores: a model "
    "that says one constant per fold has .5 there, while pooled over folds its constants lean"
    " against the test labels and it falls below. The graph model, and with it the ensemble, is "
    "not tested on fold 1, and on unseen lines not on folds 1 and 2: their test pairs were in "
    "view when its settings were chosen. Models that take minutes run on fewer folds; the column "
    "*folds* counts them, and differences are taken on the folds that both ran."
)
LIMITS = (
    "- A class of NCI-60 was drawn from the extremes of each drug's lines and about 15 labels a "
    "drug are known: rates of sensitive lines are those of this selection, not of lines at large.",
    "- A line from outside is centred on its own platform; how much that costs is what the table "
    "*on the landmarks* shows for lines that no model saw.",
    "- Expression of test lines, never a label of theirs, enters two steps before the splits: the "
    "genes of the NCI-60 panel are those that vary most over all 59 lines, and landmarks stand "
    "less the mean over all lines of their platform.",
    "- For a new structure the AUC within a line is told poorly: see R² of *unseen drug*. The app "
    "says so with wide intervals and the word *low*.",
    "- GDSC and targets from DrugBank are not shipped and took no part here.",
)
