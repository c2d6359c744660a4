"""The pictures of docs/REPURPOSING.md: rankers over diseases, and diseases one by one."""

from typing import NamedTuple

import pandas as pd

from badger_core.export.repurposing_sections import part
from badger_core.export.repurposing_tables import RepurposingTables
from badger_core.repurpose.validate_cases import INDICATED
from badger_core.repurpose.validate_rankers import PRIMARY, PROMISCUITY


class Picture(NamedTuple):
    """One figure: its file, what is drawn, the key, and what it shows in words."""

    file: str
    title: str
    table: pd.DataFrame
    key: list[tuple[str, str]]
    alt: str


def pictures(tables: RepurposingTables) -> list[Picture]:
    """Rankers over diseases, and diseases one by one."""
    rows = part(tables.summary, "DM", INDICATED)
    shapes = {"ours": "dot", "measured": "diamond", "plain": "ring"}
    first = pd.DataFrame(
        {
            "label": rows["ranker"] + " (" + rows["n_diseases"].astype(str) + ")",
            "shape": rows["group"].map(shapes),
            "value": rows["auroc"],
            "low": rows["auroc_low"],
            "high": rows["auroc_high"],
            "bold": rows["ranker"] == PRIMARY,
        }
    )
    own = part(tables.by_disease, "DM", INDICATED)
    marks = []
    for name, shape in ((PRIMARY, "dot"), (PROMISCUITY, "ring")):
        shown = own[own["ranker"] == name]
        here = pd.DataFrame(
            {
                "label": shown["disease"] + " (" + shown["n_known"].astype(str) + ")",
                "shape": shape,
                "value": shown["auroc"],
                "low": shown["low"] if shape == "dot" else float("nan"),
                "high": shown["high"] if shape == "dot" else float("nan"),
                "bold": False,
            }
        )
        marks.append(here)
    order = marks[0].sort_values("value", ascending=False)["label"].tolist()
    second = pd.concat(marks).sort_values(
        "label", key=lambda names: names.map({name: at for at, name in enumerate(order)})
    )
    return [
        Picture(
            "rankers.svg",
            "Known drugs above others: mean over diseases",
            first,
            [("predicted", "dot"), ("measured", "diamond"), ("no biology", "ring")],
            "Mean area under the curve of each ranker with its interval; the table below has the "
            "figures.",
        ),
        Picture(
            "diseases.svg",
            "Known drugs above others, by disease (known drugs)",
            second,
            [(PRIMARY, "dot"), (PROMISCUITY, "ring")],
            "Area under the curve of each disease with its interval; the table below has the "
            "figures.",
        ),
    ]
