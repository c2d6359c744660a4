"""The tables of the model card, and the section of a text that speaks of something."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from badger_core.model.checkpoint import Card

_WHOLE = "compounds with numeric signatures"
_COUNTS = ("n_conditions", "n_pairs")


def result_table(content: dict) -> pd.DataFrame:
    """Output of `badger test --json` as one row per stratum and metric, one column per model.

    Raises:
        KeyError, TypeError, AttributeError: for content of another shape.
    """
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for model, strata in content["models"].items():
        for stratum, metrics in strata.items():
            for metric, figures in metrics.items():
                row = rows.setdefault((stratum, metric), {})
                row[model] = _figure(metric, figures["mean"], figures["sd"])
    index = [{"conditions": stratum, "metric": metric} for stratum, metric in rows]
    return pd.DataFrame([{**at, **row} for at, row in zip(index, rows.values(), strict=True)])


def member_table(cards: "Sequence[Card]") -> pd.DataFrame:
    """One row per member: its fold, what it was trained on and its validation scores."""
    return pd.DataFrame(
        [
            {
                "fold": card.fold,
                "compounds trained on": len(card.trained_compounds),
                "lines trained on": len(card.trained_cells),
                **{f"validation: {name}": value for name, value in sorted(card.metrics.items())},
            }
            for card in cards
        ]
    )


def coverage_table(counts: dict[str, int]) -> pd.DataFrame:
    """What was counted, and how many; parts (named '... of ...') follow the compounds measured."""
    parts = {name: n for name, n in counts.items() if name.startswith("...")}
    ordered: dict[str, int] = {}
    for name, count in counts.items():
        if name not in parts:
            ordered[name] = count
        if name == _WHOLE:
            ordered |= {f"{_WHOLE} {part.strip('. ')}": n for part, n in parts.items()}
    return pd.DataFrame({"what": list(ordered), "count": [f"{n:,}" for n in ordered.values()]})


def source_table(inputs: Sequence[dict]) -> pd.DataFrame:
    """One row per source file of the bundle."""
    names = {
        "title": "what",
        "licence": "licence",
        "origin": "origin",
        "released": "released",
    }
    return pd.DataFrame(inputs)[list(names)].rename(columns=names)


def section_on(text: str, word: str) -> str:
    """Body of the first section of a Markdown text whose heading contains the word; '' if none.

    Comments are left out.
    """
    lines = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).splitlines()
    for at, line in enumerate(lines):
        heading = re.match(r"(#{1,6})\s+(.*)", line)
        if heading and word in heading[2].lower():
            level = len(heading[1])
            body = []
            for following in lines[at + 1 :]:
                deeper = re.match(r"(#{1,6})\s", following)
                if deeper and len(deeper[1]) <= level:
                    break
                body.append(following)
            return "\n".join(body).strip()
    return ""


def _figure(metric: str, mean: float, sd: float) -> str:
    if metric in _COUNTS:
        return f"{mean:,.0f}"
    return f"{mean:.3f}" if sd is None or pd.isna(sd) else f"{mean:.3f} ({sd:.3f})"
