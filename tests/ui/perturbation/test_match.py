"""The tab Match a drug."""

from badger_core.ui import perturbation_load
from tests.ui.perturbation.visit import Open, finished, sound, texts


def test_a_drug_is_matched_like_the_command_does(page: Open) -> None:
    app = page("Match a drug", compound="refametinib", cell="A375")
    assert sound(app)
    table = app.dataframe[0].value
    assert len(table) == 399
    assert table["p"].is_monotonic_increasing
    assert table.set_index("symbol").loc["RAF1", "match"] == "acts against gain of RAF1"
    said = texts(app)
    assert "refametinib in A375:" in said
    assert "An inhibitor should act against the gain of its target" in said
    assert "6,643 compounds" in said
    assert app.get("plotly_chart")


def test_without_a_question_the_tab_says_what_to_do(page: Open) -> None:
    app = page("Match a drug")
    assert sound(app)
    assert "Choose a compound and a cell line" in app.info[0].value


def test_a_line_that_does_not_come_with_the_app_is_asked_for(
    page: Open, monkeypatch, tmp_path
) -> None:
    ready = perturbation_load.null("A375")
    asked = []

    def of(line, *_rest) -> object:
        asked.append(line.name)
        return ready

    monkeypatch.setattr(perturbation_load, "null_of", of)
    monkeypatch.setattr(perturbation_load.hypotheses_load, "work_folder", lambda: tmp_path)
    app = page("Match a drug", compound="refametinib", cell="HT115")
    assert sound(app)
    assert "do not come with the app" in app.info[0].value
    assert asked == []
    app.button(key="perturbation_start").click().run()
    app = finished(app)
    assert sound(app)
    assert asked == ["HT115"]
    assert len(app.dataframe[0].value) == 399
