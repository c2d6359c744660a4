"""Whether explanations say what the predictions rest on: the checks in words, and as a table."""

import math

import pandas as pd

from badger_core.export.benchmark_findings import Score
from badger_core.export.benchmark_text import NONE, figure, folded, interval, table

MISSING = "Not measured yet: `badger faithfulness --out data/benchmark/faithfulness.csv`."
SIGNIFICANT, TRACE = 0.05, 0.02
_RULE = (
    "*Yes* means above chance: p below .05 where chance was drawn, else an interval above it. "
    "*Hardly* is a yes by less than .02. *No, the opposite* lies below chance as a whole."
)
QUESTIONS = (  # question, check, measure
    (
        "Does a prediction change more when a fragment with more attention is deleted?",
        "deletion",
        "Spearman of attention share and change of order",
    ),
    (
        "Does it change more when a larger fragment is deleted?",
        "deletion",
        "Spearman of fragment's bits and change of order",
    ),
    (
        "Do the attended pathways hold the known targets of this unseen compound, rather than of "
        "any?",
        "enrichment",
        "AUROC of mass on fragments, unseen",
    ),
    (
        "And those of drugs that were never profiled?",
        "enrichment",
        "AUROC of mass on fragments, never profiled",
    ),
    (
        "Do they do better than the pathways that are popular among training targets?",
        "enrichment",
        "AUROC of mass on fragments less that of popularity, unseen",
    ),
    (
        "Do the members of the ensemble attend to the same fragments?",
        "agreement",
        "Spearman of fragment shares, against random order",
    ),
    (
        "Do they attend to the same pathways because of the compound?",
        "agreement",
        "Spearman of mass on fragments, against other compounds",
    ),
)
POPULARITY = QUESTIONS[4][2]
SAMENESS = ("sameness", "Spearman of mass on fragments between compounds")


def section(found: pd.DataFrame | None) -> str:
    """Questions answered from the figures, then all rows of the whole ensemble."""
    if found is None or found.empty:
        return MISSING
    rows = found[found["member"] == "all"]
    if rows.empty:
        rows = found
    lines = [f"- {text}" for text in reading(rows)]
    parts = ["\n".join(lines), _RULE if lines else "", folded("All checks", checks(rows))]
    return "\n\n".join(filter(None, parts))


def reading(rows: pd.DataFrame) -> list[str]:
    """One sentence per question that the rows can answer."""
    said = []
    for question, check, measure in QUESTIONS:
        row = _row(rows, check, measure)
        if row is None:
            continue
        # Against popularity the difference itself is the question: what it is beside is nothing.
        chance = 0.0 if measure == POPULARITY else row["null"]
        p = math.nan if measure == POPULARITY else row["p"]
        score = Score(row["value"], row["ci_low"], row["ci_high"])
        name = measure.split(" of ")[0] + (" difference" if measure == POPULARITY else "")
        details = [f"{name} {figure(score.mean)} [{interval(score)}]", f"chance {figure(chance)}"]
        details += [] if math.isnan(p) else [_p(p)]
        said.append(f"{question} **{answer(score, chance, p)}**: {', '.join(details)}.")
    row = _row(rows, *SAMENESS)
    if row is not None:
        said.append(
            "How alike is the attention to pathways for two different compounds in one line? "
            f"**Spearman {figure(row['value'])}** (1 is the same whatever the compound)."
        )
    return said


def answer(score: Score, chance: float, p: float) -> str:
    """Yes, hardly, no, or no with a sign: see the rule under the sentences."""
    if not score.high >= chance:
        return "No, the opposite" if score.high < chance else "Not known"
    above = score.low > chance if math.isnan(p) else p < SIGNIFICANT
    if above and score.mean > chance:
        return "Yes" if score.mean - chance >= TRACE else "Hardly"
    return "No"


def checks(rows: pd.DataFrame) -> str:
    """Every row as one line of a Markdown table."""
    several = rows["member"].nunique() > 1
    lines = []
    for row in rows.to_dict("records"):
        who = f" ({row['member']})" if several else ""
        digits = _digits(row["value"])
        score = Score(row["value"], row["ci_low"], row["ci_high"])
        bounds = f"{figure(score.low, digits=digits)} to {figure(score.high, digits=digits)}"
        lines.append(
            [
                row["check"],
                row["measure"] + who,
                figure(score.mean, digits=digits),
                NONE if math.isnan(score.low) else bounds,
                figure(row["null"], digits=digits),
                NONE if math.isnan(row["p"]) else _p(row["p"]).removeprefix("p "),
                NONE if math.isnan(row["n"]) else f"{row['n']:.0f}",
            ]
        )
    names = ["check", "measure", "value", "95% interval", "chance", "p", "compounds"]
    return table(names, lines, words=2)


def _row(rows: pd.DataFrame, check: str, measure: str) -> pd.Series | None:
    found = rows[(rows["check"] == check) & (rows["measure"] == measure)]
    return found.iloc[0] if len(found) else None


def _digits(value: float) -> int:
    """Three digits, or as many as show two that count."""
    if math.isnan(value) or value == 0:
        return 3
    return max(3, 1 - math.floor(math.log10(abs(value))))


def _p(value: float) -> str:
    return f"p {figure(value)}" if value >= 0.0015 else "p ≤ .001"
