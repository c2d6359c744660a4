"""One split on the benchmark page: its main table, its differences and its pictures."""

from collections.abc import Sequence

from badger_core.export.benchmark_findings import NO_DIFFERENCE, NOTHING, Findings
from badger_core.export.benchmark_names import (
    DRAWN,
    FOLDS,
    HELD_OUT,
    MAIN,
    MEASURES,
    OURS,
    STRATA,
    model_name,
)
from badger_core.export.benchmark_pictures import Picture, markdown
from badger_core.export.benchmark_summary import spearman_bound
from badger_core.export.benchmark_text import (
    NONE,
    bold,
    figure,
    folded,
    listed,
    stacked,
    table,
    with_interval,
)

_VERDICTS = {
    "ahead": "ahead on",
    "level": "level on",
    "behind": "behind on",
    "no interval": "too few groups for an interval on",
    "not measured": "not measured on",
}


def section(found: Findings, split: str, pictures: Sequence[Picture], folder: str) -> str:
    """The split under its own heading; `pictures` are those of the split."""
    drawn = DRAWN.get(split)
    parts = [
        f"### {split}",
        HELD_OUT.get(split, ""),
        counts(found, split) + (f" Intervals draw whole {drawn}." if drawn else ""),
        "\n".join(f"- {in_words(found, split, stratum)}" for stratum in STRATA),
        main_table(found, split),
        *(markdown(picture, folder) for picture in pictures if picture.kind == "dots"),
        folded("Differences of ours to the best baseline", difference_table(found, split)),
        *each_folded(found, split),
        *(
            folded(picture.title, markdown(picture, folder))
            for picture in pictures
            if picture.kind == "groups"
        ),
    ]
    return "\n\n".join(filter(None, parts))


def counts(found: Findings, split: str) -> str:
    """How much was tested, and who was tested in fewer folds than the others."""
    most = found.folds(split)
    sizes = []
    for stratum, name in STRATA.items():
        of = [
            count
            for (s, _, strat, column), count in found.counts.items()
            if (s, strat, column) == (split, stratum, MEASURES[0].column) and count.folds == most
        ]
        if of:
            size = max(of)
            sizes.append(f"{name} {size.pairs:,} pairs ({size.conditions:,} conditions)")
    fewer = fewer_folds(found, split)
    said = [f"Tested: {'; '.join(sizes)}." if sizes else "", f"Folds: {most} of {FOLDS}."]
    said.append(f"In fewer folds, so on fewer pairs: {fewer}." if fewer else "")
    return " ".join(filter(None, said))


def fewer_folds(found: Findings, split: str) -> str:
    """Models with fewer folds than the others of the split, '' where there are none."""
    most = found.folds(split)
    models = found.models(split)
    return listed(
        [f"{model_name(m)} ({n})" for m in models for n in [found.folds(split, m)] if n < most]
    )


def in_words(found: Findings, split: str, stratum: str) -> str:
    """On which metrics the hybrid is ahead, level and behind."""
    groups: dict[str, list[str]] = {}
    for measure in MEASURES:
        key = (split, MAIN, stratum, measure.column)
        judged = found.differences.get(key, NO_DIFFERENCE).verdict
        groups.setdefault(judged, []).append(measure.label)
    said = [f"{_VERDICTS[name]} {listed(groups[name])}" for name in _VERDICTS if name in groups]
    return f"**{STRATA[stratum].capitalize()}**: badger is {'; '.join(said)}."


def main_table(found: Findings, split: str) -> str:
    """Chance, baselines, ours and what replicates reach; all conditions, then the active ones."""
    rows = []
    for stratum, name in STRATA.items():
        rows.append([bold(name), *[""] * len(MEASURES)])
        rows.append(["chance", *(figure(measure.chance) for measure in MEASURES)])
        rows.append(["best baseline", *(_best(found, split, stratum, m.column) for m in MEASURES)])
        rows += [_row(found, split, stratum, model) for model in found.models(split)]
        agreed = (found.agreement.get((stratum, m.column), NOTHING) for m in MEASURES)
        rows.append(["two replicates (no bound)", *map(stacked, agreed)])
        rest = [NONE] * (len(MEASURES) - 1)
        rows.append(["bound", stacked(spearman_bound(found, stratum)), *rest])
    return table(["", *(measure.label for measure in MEASURES)], rows)


def difference_table(found: Findings, split: str) -> str:
    """Ours less the best baseline, for the hybrid and its two parts, with the verdict."""
    rows = []
    for stratum, name in STRATA.items():
        for measure in MEASURES:
            at = (stratum, measure.column)
            best = found.best(split, *at)
            row = [name, measure.label, model_name(best) if best else NONE]
            for model in OURS:
                difference = found.differences.get((split, model, *at), NO_DIFFERENCE)
                row += [with_interval(difference.score, signed=True), difference.verdict]
            rows.append(row)
    names = [name for model in OURS for name in (model_name(model), "verdict")]
    return table(["conditions", "metric", "best baseline", *names], rows, words=3)


def each_folded(found: Findings, split: str) -> list[str]:
    """The hybrid less every baseline, folded; nothing where that was not measured."""
    rows = each_table(found, split)
    return [folded("badger less every baseline", rows)] if rows else []


def each_table(found: Findings, split: str) -> str:
    """One row per baseline and stratum, '' without any; + is for badger."""
    measures = [m for m in MEASURES if any(key[3] == m.column for key in found.each)]
    rows = []
    for stratum, name in STRATA.items():
        for model in found.models(split):
            scores = [found.each.get((split, model, stratum, m.column)) for m in measures]
            if any(score is not None for score in scores):
                cells = [with_interval(score or NOTHING, signed=True) for score in scores]
                rows.append([name, model_name(model), *cells])
    names = ["conditions", "baseline", *(measure.label for measure in measures)]
    return table(names, rows, words=2) if rows else ""


def _best(found: Findings, split: str, stratum: str, column: str) -> str:
    best = found.best(split, stratum, column)
    score = found.scores.get((split, best, stratum, column), NOTHING)
    return f"{stacked(score)}<br><sub>{model_name(best)}</sub>" if best else NONE


def _row(found: Findings, split: str, stratum: str, model: str) -> list[str]:
    """A model: ours with intervals, baselines without; fewer folds are said."""
    folds = found.folds(split, model)
    name = model_name(model)
    if folds < found.folds(split):
        name = f"{name}<br><sub>{folds} folds</sub>"
    cells = []
    for measure in MEASURES:
        score = found.scores.get((split, model, stratum, measure.column), NOTHING)
        cells.append(stacked(score) if model in OURS else figure(score.mean))
    return [bold(cell) for cell in (name, *cells)] if model == MAIN else [name, *cells]
