"""A link restores inputs and baskets for another visitor, and stays the same on the way."""

import pytest

from badger_core.cli.app_browser import PageOfApp, pages_of, settle
from tests.browser.conftest import Visit
from tests.browser.hands import (
    OWN_SMILES,
    box,
    go_to,
    link,
    question_of,
    type_into,
)

pytestmark = pytest.mark.browser
FULL = {
    "compound": OWN_SMILES,
    "cell": "HT29",
    "compounds": ["vemurafenib", OWN_SMILES],
    "cells": ["A375", "MCF7"],
}
WITH_QUESTION = ("/", "/genes", "/pathways", "/compounds", "/report")
PAGES = [pytest.param(page, id=page.title) for page in pages_of()]


@pytest.mark.parametrize("page_of_app", PAGES)
def test_a_link_comes_back_as_it_was(visit: Visit, page_of_app: PageOfApp) -> None:
    page = visit(link(page_of_app.path, **FULL))
    whole = {name: [text] if isinstance(text, str) else text for name, text in FULL.items()}
    assert question_of(page) == {"v": ["1"], **whole}
    if page_of_app.path in WITH_QUESTION:
        assert box(page, "Compound").input_value() == OWN_SMILES
        assert box(page, "Cell line").input_value().startswith("HT29")


def test_what_one_visitor_sees_another_sees_by_the_link(visit: Visit) -> None:
    page = visit(link("/", **FULL))
    type_into(page, "Compound", "vorinostat")
    other = visit("/" + page.url.split("/", 3)[3])
    assert other.locator("h2.result").inner_text() == page.locator("h2.result").inner_text()
    go_to(other, "Compare")
    chosen = other.locator('[data-testid="stMultiSelect"]').all_inner_texts()
    assert "vemurafenib" in chosen[0]
    assert "A375" in chosen[1]
    assert "MCF7" in chosen[1]


def test_back_in_the_browser_restores_the_page_before(visit: Visit) -> None:
    page = visit(link("/", compound="imatinib", cell="MCF7"))
    go_to(page, "About")
    while page.url.split("?")[0].endswith("/about"):  # entered without a query, then with it
        page.go_back()
        settle(page)
    page.locator("h2.result").wait_for()
    assert "imatinib in MCF7" in page.locator("h2.result").inner_text()


def test_every_step_back_shows_a_result(visit: Visit) -> None:
    page = visit(link("/", compound="imatinib", cell="MCF7"))
    go_to(page, "Genes")
    go_to(page, "Predict")
    for _ in range(4):
        page.go_back()
        if page.url == "about:blank":  # a step fewer, where the browser merged two entries
            page.go_forward()
        settle(page)
        assert question_of(page)["compound"] == ["imatinib"]
    page.locator("h2.result").wait_for()


def test_back_and_forward_between_questions_on_one_page(visit: Visit) -> None:
    page = visit(link("/", compound="imatinib", cell="MCF7"))
    type_into(page, "Compound", "vorinostat")
    page.go_back()
    page.get_by_text("imatinib in MCF7").first.wait_for()
    page.go_forward()
    page.get_by_text("vorinostat in MCF7").first.wait_for()
