"""Lists of hypotheses for a signature of one's own."""

import pytest
from streamlit.testing.v1 import AppTest

from badger_core.data.bundle import Bundle
from badger_core.repurpose.library_file import content_library
from badger_core.ui import (
    hypotheses_inputs,
    hypotheses_load,
    hypotheses_state,
    hypotheses_upload,
)
from tests.ui.hypotheses.visit import COMPOUNDS, finished, listed, own, sound


def test_an_own_signature_gives_the_list_of_the_same_values(page: AppTest, few, bundle) -> None:
    own(page, ("mine.csv", hypotheses_upload.example().encode()))
    finished(page)
    assert sound(page)
    table = listed(page)
    page.session_state[hypotheses_state.SOURCE] = hypotheses_state.SOURCES[0]
    assert len(table) == COMPOUNDS + 1
    assert (table.loc[table["rank"].notna(), "known"] == "not asked").all()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.csv", b"a,b\n1,2\n", "bad.csv"),
        ("empty.rnk", b"", "empty"),
        ("lists.gmt", b"one\tx\tTP53\n", "direction"),
    ],
)
def test_a_bad_file_gets_a_sentence(page: AppTest, name: str, content: bytes, said: str) -> None:
    own(page, (name, content))
    assert not page.exception
    assert said in page.error[0].value.replace("\\", "")


def test_several_columns_can_be_chosen_from(page: AppTest) -> None:
    table = hypotheses_upload.example().replace("stat", "contrast one", 1)
    table = table.replace("log2FoldChange", "contrast two", 1)
    own(page, ("two.csv", table.encode()))
    assert "Name the column" in page.error[0].value.replace("\\", "")
    page.selectbox(key=hypotheses_state.COLUMN).set_value("contrast one").run()
    finished(page)
    assert sound(page)
    assert len(listed(page)) == COMPOUNDS + 1


def test_examples_and_the_template_are_real(bundle: Bundle) -> None:
    for example in hypotheses_inputs.EXAMPLES:
        assert example.disease in set(bundle.diseases.names["doid"])
        assert set(example.lines) <= set(hypotheses_load.shipped().lines)
    text = hypotheses_upload.example()
    assert text.startswith("gene,log2FoldChange")
    assert len(text.splitlines()) > 900
    known = content_library(b"CCO ethanol\n", "x.smi", bundle.library)
    assert len(known.candidates) == 1
