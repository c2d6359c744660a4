"""A list of hypotheses as files: controls stay in it, what is missing is null."""

import json

import pandas as pd

from badger_core.export.hypotheses import figures, listed, sheets
from badger_core.repurpose.hypotheses import Hypotheses

TABLE = pd.DataFrame(
    {
        "rank": pd.array([1, 2, None, 3], "Int64"),
        "name": ["a", "=b", "(no drug)", "c"],
        "score": [-2.0, -1.0, -0.5, float("nan")],
        "control": ["", "", "negative control: no drug", "negative control: x"],
    }
)
NONE = pd.DataFrame()
FOUND = Hypotheses(TABLE, TABLE[["name"]], NONE, NONE, NONE, {"worth": "little"})


def test_the_list_holds_the_first_and_every_control():
    assert listed(TABLE, 1)["name"].tolist() == ["a", "(no drug)", "c"]
    assert listed(TABLE, 9)["name"].tolist() == TABLE["name"].tolist()


def test_sheets_without_rows_are_left_out():
    assert list(sheets(FOUND, 2, {"more": TABLE, "none": NONE})) == ["hypotheses", "genes", "more"]


def test_json_has_null_for_what_is_missing():
    text = json.dumps(figures(FOUND, 2), allow_nan=False)
    found = json.loads(text)
    assert found["manifest"] == {"worth": "little"}
    assert found["hypotheses"][2]["rank"] is None
    assert found["hypotheses"][3]["score"] is None
