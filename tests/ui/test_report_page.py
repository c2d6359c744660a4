"""The page Report, opened through the door."""

import pytest
from streamlit.testing.v1 import AppTest

from badger_core.export.report import SECTIONS

PAGE = "pages/report.py"


def visit(app: AppTest, **parameters: object) -> AppTest:
    app.default_timeout = 180
    app.query_params.update({"v": "1", **parameters})
    app.run()
    app.query_params.clear()
    return app.switch_page(PAGE).run()


def preview(app: AppTest) -> str:
    (frame,) = app.get("iframe")
    return frame.proto.srcdoc


def messages(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]


def test_it_opens_and_says_what_to_do(app: AppTest) -> None:
    app.run().switch_page(PAGE).run()
    assert "Choose a compound and a cell line" in app.info[0].value
    assert not app.exception
    assert not app.error


def test_a_question_becomes_a_report(app: AppTest) -> None:
    app = visit(app, compound="imatinib", cell="MCF7")
    assert not app.exception
    assert not app.error
    page = preview(app)
    assert "<h1>imatinib in MCF7: predicted gene ranking</h1>" in page
    assert "id='explanation'" in page
    assert "id='compare'" not in page
    names = [button.proto.help for button in app.get("download_button")]
    assert [name.rsplit(".", 1)[1] for name in names] == ["html", "zip"]
    assert all("_MCF7_" in name for name in names)
    wanted = [name for name in SECTIONS if name not in ("ranking", "compare", "explanation")]
    app.button_group(key="report_sections_7").set_value(wanted).run()
    assert "id='explanation'" not in preview(app)
    assert "id='ranking'" not in preview(app)
    assert "id='lines'" in preview(app)


def test_filled_baskets_join_the_report(app: AppTest) -> None:
    app = visit(
        app, compound="imatinib", cell="K562", compounds=["imatinib", "nilotinib", "imatinbi"],
        cells=["K562"],
    )  # fmt: skip
    assert "id='compare'" in preview(app)
    assert "nilotinib · K562" in preview(app)
    assert "same drug): imatinib" in app.warning[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("compound", "cell", "said"),
    [("imatinbi", "MCF7", "same drug): imatinib"), ("CC(C", "MCF7", "never closed"),
     ("imatinib", "upload:1234", "Upload the same file again")],
)  # fmt: skip
def test_bad_input_gets_a_message(app: AppTest, compound: str, cell: str, said: str) -> None:
    app = visit(app, compound=compound, cell=cell)
    assert said in messages(app)[0]
    assert not app.get("iframe")
    assert not app.exception
