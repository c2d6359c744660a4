"""The tables of the model card, and the section of a text that speaks of something."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from badger_core.model.checkpoint import Card

_WHOLE = "compounds with numeric signatures"


def member_table(cards: "Sequence[Card]") -> pd.DataFrame:
    """One row per member: its fold, what it was trained on and how long."""
    return pd.DataFrame(
        [
            {
                "fold": card.fold,
                "compounds trained on": len(card.trained_compounds),
                "lines trained on": len(card.trained_cells),
                **{
                    name.replace("_", " "): _rounded(name, value)
                    for name, value in sorted(card.metrics.items())
                },
            }
            for card in cards
        ]
    )


def _rounded(name: str, value: float) -> float:
    return round(value) if "seconds" in name else value


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
    """One row per source of the bundle; files of one source that read the same count once."""
    names = {
        "title": "what",
        "licence": "licence",
        "origin": "origin",
        "released": "released",
    }
    table = pd.DataFrame(inputs)[list(names)].rename(columns=names)
    return table.drop_duplicates(ignore_index=True)


def without_links(text: str) -> str:
    """Markdown with links to neighbouring files as their names: on a page they lead nowhere."""
    return re.sub(r"\[([^\]]*)\]\((?!https?:)([^)\s]*)\)", r"`docs/\2`", text)


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
