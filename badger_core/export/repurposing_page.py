"""The page docs/REPURPOSING.md: what reversal is worth, from the tables of its validation."""

from collections.abc import Mapping

from badger_core.export.benchmark_text import folded, listed
from badger_core.export.repurposing_pictures import pictures
from badger_core.export.repurposing_sections import (
    check_table,
    disease_table,
    not_table,
    ranker_table,
    right_table,
    wide_table,
)
from badger_core.export.repurposing_tables import RepurposingTables
from badger_core.repurpose.validate_cases import BACKGROUNDS, INDICATED, LEAST
from badger_core.repurpose.validate_rankers import PRIMARY

TEXTS = ("meaning", "method", "limits", "sources")
"""Texts that a person writes, included word for word from docs/repurposing/<name>.md."""
_HEAD = "<!-- Written by `badger bench repurposing`; edit the texts in {folder}/. -->"
_ABSENT = "*Not written yet: it belongs into {folder}/{name}.md.*"
_SHORT = {"indicated": "indicated for anything", "launched": "launched", "library": "whole library"}


def page(tables: RepurposingTables, texts: Mapping[str, str], folder: str) -> str:
    """The page as Markdown; the same tables and texts give the same page.

    Args:
        tables: as read.
        texts: TEXTS by name; one that is missing is said to be missing.
        folder: of pictures and texts, beside the page.
    """
    written = {name: texts.get(name) or _ABSENT.format(folder=folder, name=name) for name in TEXTS}
    rankers, diseases = (
        f"![{picture.alt}]({folder}/{picture.file})" for picture in pictures(tables)
    )
    parts = [
        _HEAD.format(folder=folder),
        "# Does reversal find known drugs?",
        "## In short",
        f"**{tables.record['sentence']}**",
        written["meaning"],
        "## The question, and how it was asked",
        written["method"],
        "## Ranker by ranker",
        f"*{PRIMARY}* is the primary endpoint. Background: {BACKGROUNDS[INDICATED]}.",
        rankers,
        ranker_table(tables, "DM", INDICATED),
        "`lead` is the AUROC of the primary ranker less that of the row, over the diseases that "
        "both have. Intervals (95%) draw diseases; see *Wider intervals* for drugs too. Rankers "
        "by measured signatures score only drugs that were measured: see *What else could explain "
        "it* for the same drugs by both.",
        *(
            folded(f"{category} drugs, background: {_SHORT[name]}", body)
            for category, name in _others(tables)
            if (body := ranker_table(tables, category, name))
        ),
        "## Disease by disease",
        diseases,
        disease_table(tables),
        "## The right disease, or any?",
        right_table(tables),
        _RIGHT,
        "## Against drugs that were judged no indication (NOT)",
        not_table(tables),
        _NOT.format(**tables.record["against_not"][PRIMARY]),
        "## What else could explain it",
        check_table(tables),
        _CHECKS,
        familiarity(tables),
        "## Wider intervals",
        wide_table(tables),
        _WIDE,
        "## Limits",
        written["limits"],
        "## Sources",
        written["sources"],
        provenance(tables),
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


_RIGHT = (
    "Each disease's known drugs (DM, primary background) are ranked by its own signature and by "
    "every other one. *p* is the chance that signatures dealt to diseases at random do as well "
    "(10,000 deals). *place*: where the right signature stands among all, median over diseases; "
    "half of all is chance. *Among solid tumours* compares the signatures of solid tumours with "
    "each other, a group that was made after the results were seen."
)
_NOT = (
    "All DM and all NOT pairs of the diseases together, each by the drug's place within the "
    "library for its disease. *Within*: only DM and NOT drugs of the same disease are compared. "
    "Of these {n_pairs:,} pairs, {largest_share:.0%} are of {largest} alone. "
    "Intervals draw drugs. NOT is a judgement about a listed use and no failed trial."
)
_CHECKS = (
    "Primary background and category throughout; the same drugs for all rankers of a block. "
    f"A disease counts where {LEAST} known drugs (or classes) are left. *One per mechanism* and "
    "*one per ring skeleton* weight drugs so that each class counts once on each side."
)
_WIDE = (
    "Diseases share drugs (glucocorticoids, cytostatics), so they are no independent witnesses. "
    "Here drugs are drawn anew, for all diseases at once, and diseases too. `lead`: the primary "
    "ranker's AUROC less that of the row."
)


def familiarity(tables: RepurposingTables) -> str:
    """How much of what was predicted the models had seen, in a sentence or two."""
    badges, drugs = tables.record["badges"], tables.record["drugs"]
    unseen = [line for line, counts in badges.items() if any("line" in name for name in counts)]
    pairs = [(line, counts.get("measured pair", 0)) for line, counts in badges.items()]
    return (
        f"Measured expression of {drugs['seen']:,} of the {drugs['library']:,} drugs was in "
        f"training, {'all' if not unseen else 'not all'} {len(badges)} lines were "
        f"{'too' if not unseen else f'(not {listed(unseen)})'}; drugs measured in the very line: "
        f"{', '.join(f'{line} {count}' for line, count in pairs)}."
    )


def provenance(tables: RepurposingTables) -> str:
    """What the page was made from, by hashes."""
    source = tables.record["source"]
    hashes = listed([f"{file} {sign}" for file, sign in sorted(tables.hashes.items())])
    return (
        f"<sub>Predictions {source['predictions']} (SHA-256 {source['sha256'][:12]}) of model "
        f"{source['model']} over bundle {source['bundle']}, lines "
        f"{', '.join(tables.record['lines'])}; seed {tables.record['seed']}. Made from the tables "
        f"(SHA-256) {hashes}.</sub>"
    )


def _others(tables: RepurposingTables) -> list[tuple[str, str]]:
    """Category and background of the comparisons that are no primary ones."""
    found = tables.summary[["category", "background"]].drop_duplicates()
    pairs = list(found.itertuples(index=False, name=None))
    return [pair for pair in pairs if pair != ("DM", INDICATED)]
