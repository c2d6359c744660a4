"""RNK and GMT as GSEA reads them."""

import io

import pandas as pd

from badger_core.export.gene_lists import gmt, rnk


def test_rnk_reads_back():
    table = pd.DataFrame({"symbol": ["A", "NA"], "score": [1.5, -2.0], "rank": [1, 2]})
    text = rnk(table)
    assert text == "A\t1.5\nNA\t-2.0\n"
    back = pd.read_csv(io.StringIO(text), sep="\t", header=None, keep_default_na=False)
    assert back[0].tolist() == ["A", "NA"]


def test_gmt_has_a_line_for_each_set_with_genes():
    found = pd.DataFrame(
        {
            "pathway": ["S1", "S1", "S2"],
            "direction": ["up", "down", "up"],
            "name": ["First\tset", "=First", "Second"],
            "genes": ["A, B", "", "C"],
        }
    )
    assert gmt(found) == "S1_UP\tFirst set\tA\tB\nS2_UP\tSecond\tC\n"
    assert gmt(found.assign(genes="")) == ""
    assert gmt(found.assign(genes="A")).splitlines()[1] == "S1_DOWN\t'=First\tA"
