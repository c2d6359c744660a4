"""Tables of drug sensitivity as files."""

import io
import json

import pandas as pd

from badger_core.export.sensitivity import COLUMNS, parquet, provenance
from badger_core.export.tables import figures
from badger_core.predict.ask import read_compound

TABLE = pd.DataFrame({"rank": [1, 2], "line": ["a", "b"], "measured": [9.5, float("nan")]})


def test_parquet_comes_back_as_it_was() -> None:
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(parquet(TABLE))), TABLE)


def test_json_has_null_for_what_is_missing_and_explains_columns(bundle) -> None:
    asked = read_compound(bundle.library, "vemurafenib")
    about = provenance(asked, bundle.cells.find("A375"), "ctrp")
    found = json.loads(figures(TABLE, about))
    assert found["rows"][1]["measured"] is None
    assert found["manifest"]["compound"] == "vemurafenib"
    assert found["manifest"]["line"] == "A375"
    assert set(TABLE) <= set(found["manifest"]["columns"]) == set(COLUMNS)
    assert "lower" in found["manifest"]["meaning"]
