"""The pages over files that are harmed: the reason and the command, and no numbers."""

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from badger_core.paths import ROOT
from badger_core.perturbation import shipped
from tests.hostile.bundle_files import FOLDERS, harmed, linked_copy

ASKED = {"v": "1", "compound": "vemurafenib", "cell": "A375"}
CASES = {
    "pages/predict.py": ("models/badger/fold3.safetensors", "badger train"),
    "pages/cells.py": ("bundle/cells.parquet", "badger data build"),
    "pages/sensitivity.py": ("response/predictor.npz", "badger response train"),
    "pages/perturbation.py": ("perturbation/screen_cells.parquet", "build-perturbation"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return linked_copy(tmp_path_factory.mktemp("all") / "data")


@pytest.fixture(autouse=True)
def _nothing_remembered(data, monkeypatch) -> Iterator[None]:
    for variable, folder in FOLDERS.items():
        monkeypatch.setenv(variable, str(data / folder))
    forget()
    yield
    forget()


def forget() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()
    shipped.good_cells.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize("page", CASES)
def test_a_page_over_a_harmed_file_says_what_to_run(page, data):
    file, command = CASES[page]
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    with harmed(data / file, "a byte changed", data):
        app.run()
        app.switch_page(page)
        app.query_params.update(ASKED)
        app.run()
        said = " ".join(error.value.replace("\\", "") for error in app.error)
    assert not app.exception
    assert file.rpartition("/")[2] in said, said
    assert command in said
    assert not app.dataframe
