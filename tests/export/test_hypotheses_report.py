"""The report of a list of hypotheses and its GMT: whole, escaped, and loading nothing."""

import pandas as pd
import pytest

from badger_core.export.hypotheses_report import hypotheses_html, supporting_gmt
from badger_core.repurpose.hypotheses import Hypotheses

TEXTS = ("domain_structure", "domain_line", "phase", "moa", "targets", "known", "control", "genes")


@pytest.fixture
def found() -> Hypotheses:
    table = pd.DataFrame(
        {
            "rank": pd.array([1, 2, None], "Int64"),
            "ik14": ["K", "L", ""],
            "name": ["<script>k</script>", "l", "(no drug)"],
            "score": [-0.4, -0.2, -0.3],
            "percentile": [100.0, 0.0, 50.0],
            "p": [0.01, float("nan"), float("nan")],
            "fdr": [0.02, float("nan"), float("nan")],
            "confidence": [0.5, 0.5, float("nan")],
            "promiscuity": [2.0, float("nan"), float("nan")],
            **{name: ["", "", ""] for name in TEXTS},
        }
    )
    table.loc[2, "control"] = "negative control: no drug"
    genes = pd.DataFrame(
        {
            "ik14": ["K", "K", "K"],
            "symbol": ["EGFR", "TP53", "MYC"],
            "turned": ["lowered", "raised", "lowered"],
        }
    )
    manifest = {
        "app_version": "1",
        "signature": "a & b",
        "signature_source": "test",
        "genes_up": 1,
        "genes_down": 1,
        "lines": ["A375"],
        "compounds": 2,
        "measure": "wtcs",
        "tested": "Tested: poor.",
        "worth": "Weak.",
        "controls": {
            "negative control: no drug": {
                "n": 1,
                "median_percentile": 50.0,
                "highest_percentile": 50.0,
            }
        },
    }
    empty = pd.DataFrame()
    return Hypotheses(table, genes, empty, empty, empty, manifest)


def test_the_report_holds_the_list_its_controls_and_what_it_is_worth(found):
    page = hypotheses_html(found, 1)
    assert "&lt;script&gt;k" in page
    assert "<script" not in page
    assert "a &amp; b" in page
    assert "Tested: poor." in page
    assert "(no drug)" in page
    assert ">l<" not in page  # beyond the first, and no control
    assert "http" not in page.split("<body>")[1]
    assert "default-src 'none'" in page


def test_a_gmt_line_for_each_compound_and_way(found):
    assert supporting_gmt(found).splitlines() == [
        "<script>k</script>_LOWERED\tK\tEGFR\tMYC",
        "<script>k</script>_RAISED\tK\tTP53",
    ]
