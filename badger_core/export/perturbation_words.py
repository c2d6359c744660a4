"""Sentences of the page on genetic perturbation: some are computed, the others explain."""

import pandas as pd

from badger_core.export.benchmark_text import figure, table
from badger_core.export.perturbation_tables import MEAN, OURS, of

CELLS_Q, WORLDS, NULL_Q = "unread cells", "simulated networks", "no effect"
_TIMES = 10

HEAD = (
    "<!-- Written by `badger perturbation test` (`badger perturbation page` writes it anew from "
    "the tables); edit badger_core/export/perturbation_words.py. -->"
)
CELLS = (
    "THP-1 cells of Papalexi et al. (2021) that pass quality control, 299 genes, 25 targets; 64% "
    "train, 16% decide when to stop, 20% are tested, dealt anew for each seed within target and "
    "replicate. Effects are log2 differences to control, within replicates, measured in the "
    "tested cells alone. *train mean*: the effect as the training cells show it, and for the "
    "likelihood a negative binomial around each target's mean with one fitted dispersion per "
    "gene. The likelihood of the model is a lower bound (100 particles), so its lead is "
    "understated. *top 20*: the genes of each target with the largest measured effect. A target's "
    "own gene is never counted. Means over seeds, in brackets the least and the largest."
)
UNSEEN = (
    "Whole targets held out (five folds). The model has no row for such a target and predicts "
    "nothing for it; what is tested is whether targets that interact with the same proteins "
    "(STRING) have like effects. The rival is the mean effect of all other targets."
)
NETWORKS = (
    "Simulated screens: 60 genes in a random graph without cycles, 40 of them knocked down in 120 "
    "cells each, 1,500 control cells, counts with noise. *direct*: edges of the graph; *reach*: a "
    "path leads from target to gene. *chance* is the share of true pairs. All methods read the "
    "same 80% of the cells, but one |t| that reads all of them. *inversion of totals*: direct "
    "effects by T = (I − B)⁻¹ alone, without the model. *published alignment*: aligned to the "
    "absolute difference of each cell to a control cell, as Baek et al. (2025) do. 20 of the 60 "
    "genes are never knocked down: an effect that passes through them is direct for any method "
    "and wrong by the graph."
)
NULL = (
    "Worlds of the same kind with all effects at zero. *edges* pass the test and the model, "
    "*without a test* the model alone (posterior above one half). *follows spread*: rank "
    "correlation of a gene's mean score with the standard deviation of its level; a score that "
    "follows the spread tells noisy genes, not regulated ones."
)
MOCK = (
    "Real control cells, groups of 120 of them called targets: all genes as they are, rare ones "
    "among them, and nothing that differs."
)
SAME = (
    "*Why the network is small, and behind |t| on the axis*: receptor (IFNGR1, IFNGR2), kinase "
    "(JAK2) and factor (STAT1) have nearly the same effects when they are lost, and the known sets "
    "hold what responds by any path. The transcripts of JAK2 and STAT1 fall with the receptor, so "
    "what the receptor does is taken to pass through them, and it keeps next to no edge of its "
    "own. In the cell it is proteins that pass the signal on, and transcripts only hint at it. To "
    "ask which genes a pathway moves, read effects along all paths (columns `total` and "
    "`fdr_total`); edges tell what is left over."
)
REAL = (
    "One training and the cells it learned from, per seed (means over seeds). {whole} of {tested} "
    "pairs have an effect along any path (false discovery rate 5%), {carried} of them of IFNGR1, "
    "IFNGR2, JAK2 and STAT1, which carry the interferon gamma signal. {drawn} pairs are drawn as "
    "direct edges, for {targets} of 25 targets, {axis} of them for those four. {genes} of the 299 "
    "genes stand in a set of the response to interferon gamma (Hallmark, Reactome, WikiPathways). "
    "*p*: hypergeometric; *dealt*: the set's places dealt anew among genes of like abundance. Both "
    "take pairs as exchangeable, so read them as an order. The omission rate is the share of pairs "
    "without a path whose unread cells differ all the same (p < .05, so a twentieth by chance)."
)
EDGES = (
    "Tested on all good cells and held by at least four of five trainings with the same sign "
    "(`badger perturbation grn`). ↓: the gene falls when the target is lost, so the target "
    "activates it."
)
METHOD = """- **Model**: GPO-VAE (Baek et al. 2025) from its mathematics. A mask with learned logits
  says which target acts on which gene, an effect how much; both feed a negative-binomial decoder,
  beside the cell's basal state. Signed alignment to direct effects, which are zero where nothing
  happens.
- **Direct and total**: what a target does through other measured targets is taken off; on the real
  screen only 9 of 25 targets are measured, so only they can pass effects on.
- **Edges**: the residual change over its error, labels of target and control cells dealt anew
  within replicates; null values pooled over equally skewed edges; false discovery rate of 5%
  (Benjamini and Hochberg), and the model's posterior above one half with the same sign.
- **Sachs et al. (2005)**, 11 proteins, five intervened on: among the 18 strongest of 50 pairs stand
  9 of 13 consensus edges by what is left of the change, 7 by |t| and 8 by its size; by other scores
  of ours (z, posterior strength) 4 and 5. An inhibitor acts on a protein's activity, not on its
  amount, and so few edges decide nothing."""
LIMITS = """- One cell line, one stimulus, one screen, three replicates: p is about cells of these
  replicates, not about other experiments.
- An edge is direct with regard to the nine measured targets only. What passes through any other
  gene is drawn as direct.
- A cut gene's transcript can stay while its protein goes; how much of a target is lost is taken to
  be at least half.
- 299 genes were chosen by their authors because they vary: nothing is said of others.
- The simulated screens were made with the same kind of noise as the model assumes. On real data no
  truth is known but the stimulus."""


def effort(about: dict) -> str:
    """How long the shipped trainings took; nothing if it is not known."""
    if not about.get("seconds"):
        return ""
    least, most = (end(about["seconds"]) / 60 for end in (min, max))
    return (
        f"One training on {about['cells']:,} cells took {least:.1f} to {most:.1f} minutes on one "
        f"thread of a machine of two busy cores ({len(about['seconds'])} trainings of "
        f"{about['epochs']} epochs ship their edges); it goes on after a stop, and the same seed "
        "gives the same weights."
    )


def in_short(found: pd.DataFrame) -> str:
    """What came out, in a few sentences with figures."""
    likely = of(found, CELLS_Q, "log-likelihood per cell, lead", OURS)
    effect = of(found, CELLS_Q, "pearson, lead", OURS)
    ours, t = (of(found, WORLDS, "AUPRC direct", name) for name in (OURS, "|t|"))
    said = []
    if len(likely):
        said.append(
            f"On cells that it did not read, the model is {_ahead(likely.mean())} the train mean "
            f"by {figure(abs(likely.mean()), digits=2)} nats per cell, and its effects correlate "
            f"with the measured ones {figure(abs(effect.mean()))} {_more(effect.mean())} (Pearson)."
        )
    over = of(found, CELLS_Q, "pearson, lead over the shrunken mean", OURS)
    if len(over):
        said.append(
            "A train mean that is drawn to zero by its own error, without any network, is the "
            f"stronger rival: over it the lead is {figure(over.mean(), True)}."
        )
    if len(ours):
        said.append(
            f"On simulated screens its edges reach an area of {figure(ours.mean())} against "
            f"{figure(t.mean())} by |t|."
        )
    return "**" + " ".join(said) + "**" if said else ""


def goals(found: pd.DataFrame) -> str:
    """What was to be reached, and whether it was."""
    rows = []
    for words, metric, least in (
        ("ahead of the train mean in log-likelihood", "log-likelihood per cell, lead", True),
        ("not behind the train mean in effect correlation", "pearson, lead", False),
        ("the same over the top 20 genes", "pearson top 20, lead", False),
        ("not behind the shrunken mean", "pearson, lead over the shrunken mean", False),
        ("ahead of the train mean in effect correlation", "pearson, lead", True),
        ("ahead of the shrunken mean", "pearson, lead over the shrunken mean", True),
    ):
        here = (found["question"] == CELLS_Q) & (found["metric"] == metric)
        part = found[here & (found["contender"] == OURS)]
        if len(part):
            met = part["low"] > 0 if least else part["high"] >= 0
            rows.append([words, figure(part["value"].mean(), True), *_met(met)])
    ours = of(found, WORLDS, "AUPRC direct", OURS)
    for words, rival, times in (
        ("ahead of |t| on direct edges", "|t|", 1),
        ("ahead of |t| that reads the tested cells too", "|t|, test cells too", 1),
        (f"at least {_TIMES} times chance", "chance", _TIMES),
        ("ahead of itself without an alignment", f"{OURS}, not aligned", 1),
        ("ahead of itself with the published alignment", f"{OURS}, published alignment", 1),
    ):
        other = of(found, WORLDS, "AUPRC direct", rival)
        if len(ours) and len(other):
            rows.append([words, figure((ours - other).mean(), True), *_met(ours >= times * other)])
    real = "real network"
    for words, name in (
        ("direct edges ahead of |t| on the interferon gamma axis", OURS),
        ("predicted effects ahead of |t| on that axis", f"{OURS}, predicted effect"),
    ):
        axis, t = (of(found, real, "AUPRC axis", one) for one in (name, "|t|"))
        if len(axis):
            rows.append([words, figure((axis - t).mean(), True), *_met(axis >= t)])
    null = of(found, NULL_Q, "edges", OURS)
    if len(null):
        rows.append(["no edge where nothing has an effect", f"{null.mean():g}", *_met(null == 0)])
    return table(["goal", f"{OURS} less rival", "seeds that meet it", "met"], rows) if rows else ""


def _met(passed: pd.Series) -> list[str]:
    return [f"{int(passed.sum())} of {len(passed)}", "yes" if passed.all() else "**no**"]


def _ahead(value: float) -> str:
    return "ahead of" if value > 0 else "behind"


def _more(value: float) -> str:
    return f"more than those of the {MEAN}" if value > 0 else f"less than those of the {MEAN}"
