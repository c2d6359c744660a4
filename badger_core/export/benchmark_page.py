"""The page docs/BENCHMARK.md: what the benchmark found, for readers of both trades."""

from collections.abc import Mapping, Sequence

from badger_core.export import benchmark_faithfulness, benchmark_split
from badger_core.export.benchmark_findings import Findings
from badger_core.export.benchmark_names import DRAWN, FOLDS, MEASURES, STRATA, model_name
from badger_core.export.benchmark_pictures import Picture, markdown
from badger_core.export.benchmark_summary import Line, reference, summary_lines
from badger_core.export.benchmark_tables import Tables
from badger_core.export.benchmark_text import (
    anchor,
    figure,
    listed,
    stacked,
    table,
)

TEXTS = ("method", "tried", "gaps")
"""Texts that a person writes, included word for word from <name>.md."""
_HEAD = "<!-- Written by `badger benchmark-page` from the tables; edit the texts in {folder}/. -->"
_ABSENT = "*Not written yet: it belongs into {folder}/{name}.md.*"
_NOT_MEASURED = "Not measured yet: `badger calibrate`."
_CONTENTS = (
    "How it was measured",
    "Split by split",
    "Confidence",
    "Do the explanations hold?",
    "What was tried",
    "Known gaps",
)
_READING = (
    "*badger* is the model that the app uses: a cascade with attention and a kernel part, mixed. "
    "It is **ahead** or **behind** where the 95% interval of the difference to the best baseline "
    "lies on one side of zero, **level** where zero lies in it. The best baseline is picked by its "
    "test score, which favours the baselines. Intervals are not widened for the number of "
    "comparisons."
)


def page(
    tables: Tables,
    found: Findings,
    pictures: Sequence[Picture],
    texts: Mapping[str, str],
    folder: str,
) -> str:
    """The page as Markdown; the same tables and texts give the same page.

    Args:
        tables: as read.
        found: the figures in them.
        pictures: as they will lie in `folder`.
        texts: TEXTS by name; one that is missing is said to be missing.
        folder: of pictures and texts, beside the page.
    """
    split_parts = [
        benchmark_split.section(found, split, [p for p in pictures if p.split == split], folder)
        for split in found.splits
    ]
    included = {name: texts.get(name) or _ABSENT.format(folder=folder, name=name) for name in TEXTS}
    how, splits, confidence, explanations, tried, gaps = (f"## {title}" for title in _CONTENTS)
    parts = [
        _HEAD.format(folder=folder),
        "# Benchmark",
        " · ".join(f"[{title}](#{anchor(title)})" for title in _CONTENTS),
        "## In short",
        *(verdict_sentence(found, stratum) for stratum in STRATA),
        summary_table(summary_lines(found, list(STRATA), MEASURES[:1])),
        _READING,
        how,
        included["method"],
        splits,
        *split_parts,
        confidence,
        confidence_section(tables, pictures, folder),
        explanations,
        benchmark_faithfulness.section(tables.faithfulness),
        tried,
        included["tried"],
        gaps,
        "\n".join(f"- {gap}" for gap in counted_gaps(tables, found)),
        included["gaps"],
        provenance(tables),
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def verdict_sentence(found: Findings, stratum: str) -> str:
    """Where the hybrid is ahead, level and behind in Spearman, in one sentence."""
    groups: dict[str, list[str]] = {}
    for line in summary_lines(found, [stratum], MEASURES[:1]):
        groups.setdefault(line.difference.verdict, []).append(line.split)
    said = [f"{words} on {listed(splits)}" for words, splits in sorted(groups.items())]
    which = {"all": "all conditions", "active": "the active third"}[stratum]
    return f"**Spearman, {which}.** badger against the best baseline: {'; '.join(said)}."


def summary_table(lines: Sequence[Line]) -> str:
    """One row per split and stratum."""
    rows = []
    for line in lines:
        name = f"<br><sub>{model_name(line.baseline)}</sub>" if line.baseline else ""
        rows.append(
            [
                f"[{line.split}](#{anchor(line.split)})",
                STRATA[line.stratum],
                figure(line.measure.chance),
                f"{figure(line.best.mean)}{name}",
                f"**{figure(line.ours.mean)}**",
                figure(line.bound) if line.bound == line.bound else reference(line),
                stacked(line.difference.score, signed=True),
                line.difference.verdict,
            ]
        )
    names = ["split", "conditions", "chance", "best baseline", "**badger**", "bound"]
    return table([*names, "difference", "verdict"], rows, words=2)


def confidence_section(tables: Tables, pictures: Sequence[Picture], folder: str) -> str:
    """Calibration by split and quantity, and the curves."""
    parts = [markdown(picture, folder) for picture in pictures if picture.kind == "curves"]
    if tables.calibration is not None and len(tables.calibration):
        rows = []
        for row in tables.calibration.to_dict("records"):
            bounds = f"{figure(row['ci_low'])} to {figure(row['ci_high'])}"
            known = row["ci_low"] == row["ci_low"]
            ranked = f"{figure(row['rank_correlation'])}{f' [{bounds}]' if known else ''}"
            rows.append(
                [row["split"], row["quantity"], figure(row["ece"]), ranked, f"{row['n']:,.0f}"]
            )
        names = ["split", "confidence in", "calibration error", "rank correlation", "n"]
        parts.append(table(names, rows, words=2))
        parts.append(
            "The calibration error is the mean gap between what was promised and what came true "
            "(0 is best). The rank correlation says whether more confident predictions are better "
            "ones (0: confidence says nothing)."
        )
    return "\n\n".join(parts) or _NOT_MEASURED


def counted_gaps(tables: Tables, found: Findings) -> list[str]:
    """What the tables themselves show to be missing."""
    gaps = [f"{split} was not run." for split in DRAWN if split not in found.splits]
    for split in found.splits:
        folds = found.folds(split)
        if folds < FOLDS:
            gaps.append(f"{split}: {folds} of {FOLDS} folds.")
        fewer = benchmark_split.fewer_folds(found, split)
        if fewer:
            gaps.append(f"{split}: fewer folds of {fewer}.")
    for name, words in (("calibration", "Confidence"), ("faithfulness", "Explanations")):
        if getattr(tables, name) is None:
            gaps.append(f"{words}: not measured yet.")
    return gaps


def provenance(tables: Tables) -> str:
    """The tables that the page was made from, by their hashes."""
    listed_hashes = ", ".join(f"{name} {sign}" for name, sign in sorted(tables.hashes.items()))
    return f"<sub>Made from the tables (SHA-256) {listed_hashes}.</sub>"
