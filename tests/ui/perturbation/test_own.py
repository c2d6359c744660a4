"""The tab Own screen: a file of single cells is judged and measured."""

import numpy as np
import pytest

from badger_core.data.perturbation import CONTROL, CellScreen, shipped_screen
from badger_core.data.perturbation_file import CellUpload, wanted
from badger_core.export.perturbation_example import TARGETS, example_h5ad
from badger_core.ui import perturbation_own, perturbation_state
from badger_core.ui.hypotheses_job import Job
from tests.perturbation.models import small_world
from tests.ui.perturbation.visit import H5AD, Open, finished, sound, texts


def test_an_own_screen_is_judged_and_measured(page: Open, screen: CellScreen) -> None:
    app = page("Own screen")
    assert wanted().split(",")[0] in texts(app)
    content = example_h5ad(shipped_screen())
    app.file_uploader(key=perturbation_state.FILE).set_value(("own.h5ad", content, H5AD))
    app = finished(app.run())
    assert sound(app)
    said = texts(app)
    assert "own.h5ad:" in said
    assert f"of 1,000 cells pass, {len(TARGETS)} targets, 299 genes" in said
    assert "Raw counts are read from X" in said
    rules, table = app.dataframe[0].value, app.dataframe[1].value
    assert "too few transcripts" in rules["rule"].tolist()
    assert len(table) == 299
    best = app.selectbox(key=perturbation_state.OWN_TARGET)
    assert best.value == "STAT1"
    assert table["gene"].iloc[0] in {"STAT1", "UBE2L6", "PSMB9"}
    assert "predicted" not in app.dataframe[1].proto.column_order
    best.set_value("CD86").run()
    assert "CD86 lost:" in texts(app)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"gene,cell\n", "is no h5ad file"), (b"\x89HDF\r\n\x1a\n" + bytes(64), "own.h5ad")],
    ids=["text", "broken"],
)
def test_a_wrong_file_is_a_sentence(page: Open, content: bytes, said: str) -> None:
    app = page("Own screen")
    app.file_uploader(key=perturbation_state.FILE).set_value(("own.h5ad", content, H5AD))
    app = finished(app.run())
    assert not app.exception
    assert said in app.error[0].value.replace("\\", "")
    app.run()
    assert not app.exception


def test_a_wrong_column_names_those_that_are_there() -> None:
    job = Job()
    content = example_h5ad(shipped_screen())
    job.run(lambda j: perturbation_own.read_and_measure(j, content, "own.h5ad", "drug", None))
    assert "has no column 'drug'" in job.said
    assert "'target'" in job.said


def test_a_screen_of_which_no_target_is_good_is_a_sentence(monkeypatch) -> None:
    world = small_world().screen
    share = np.where(world.target == CONTROL, 9, 1)
    guides = np.stack([share, np.full(len(share), 10)], axis=1)
    bad = CellUpload(world._replace(guide_umi=guides), ())
    monkeypatch.setattr(perturbation_own, "read_cell_upload", lambda *_: bad)
    job = Job()
    job.run(lambda j: perturbation_own.read_and_measure(j, b"", "own.h5ad", None, None))
    assert job.found is None
    assert "No target of 'own.h5ad' has 20 cells" in job.said
