"""Whatever stands in a link: no traceback, a sentence on what is wrong, and the rest is taken."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pytest
import streamlit
from hypothesis import example, given
from hypothesis.strategies import sampled_from
from streamlit.testing.v1 import AppTest

from badger_core.cli.app_browser import pages_of
from badger_core.errors import BadgerError
from badger_core.paths import ROOT
from badger_core.ui import basket, cells_load, link, link_choices, state
from badger_core.ui.hypotheses_job import Job, Jobs
from tests.hostile.links import HARM, NAMES, PAGES_OF, VALID, VERSIONS, parameters
from tests.hostile.trial import attempt, check_message, made_up, refused

KIND = "query parameters"
PAGES = [page.file for page in pages_of()]
Restore = Callable[[dict[str, list[str]], str], str]


@pytest.fixture
def restore() -> Iterator[Restore]:
    """What a page says of a link that a new visitor opens; the session is a dictionary."""
    with pytest.MonkeyPatch.context() as patch:

        def visit(given_: dict[str, list[str]], page: str) -> str:
            patch.setattr(streamlit, "session_state", {})
            state.prepare()
            streamlit.session_state[state.FRAME_PAGE] = page
            known = {n: v for n, v in given_.items() if n in ("v", *NAMES)}
            patch.setattr(link, "_current", lambda: known)
            return link.restore()

        yield visit


def _sound(said: object) -> None:
    """No message, or one that helps."""
    assert isinstance(said, str)
    if said:
        check_message(said)


@made_up
@given(parameters())
@example({"v": ["a\r\nSet-Cookie: x=1"]})
def test_a_link_is_parsed_or_refused(given_: dict[str, list[str]]) -> None:
    found = attempt(KIND, lambda: link.parse(given_))
    if isinstance(found, BadgerError):
        return
    _sound(found.left_out)
    for name in NAMES:
        value = getattr(found, name)
        if isinstance(value, tuple):
            assert len(value) <= basket.MOST
            assert set(value) <= set(given_.get(name, []))
        else:
            assert value in ("", (given_.get(name) or [""])[-1])


@made_up
@given(parameters(), sampled_from(PAGES))
def test_a_link_is_taken_on_every_page(
    restore: Restore, given_: dict[str, list[str]], page: str
) -> None:
    _sound(attempt(KIND, lambda: restore(given_, page)))
    linked = attempt(KIND, lambda: link.parse(given_))
    if not isinstance(linked, BadgerError):  # whatever else was wrong, the question is taken
        assert streamlit.session_state.get(state.QUESTION_COMPOUND) == (linked.compound or None)
        assert streamlit.session_state.get(state.QUESTION_CELL) == (linked.cell or None)
    attempt(KIND, link.parameters_now)


@pytest.mark.parametrize("harm", HARM, ids=lambda text: ascii(text[:20]))
def test_harm_in_each_parameter_leaves_the_others_alone(restore: Restore, harm: str) -> None:
    for name in NAMES:
        good = {n: [text] for n, text in VALID.items() if n != name}
        page = PAGES_OF.get(name, PAGES[0])
        _sound(attempt(KIND, partial(restore, {**good, name: [harm]}, page)))
        for key, other in ((state.QUESTION_COMPOUND, "compound"), (state.QUESTION_CELL, "cell")):
            if name != other:
                assert streamlit.session_state[key] == VALID[other]


@pytest.mark.parametrize("name", sorted(PAGES_OF))
def test_what_belongs_to_another_parameter_is_said(restore: Restore, name: str) -> None:
    other = "NO SUCH THING"
    page = PAGES_OF[name]
    said = restore({n: [t] for n, t in VALID.items()} | {name: [other]}, page)
    waits = {"disease", "fragment", "pathway", "map_gene"}  # told when the page looks them up
    assert name in waits or other in said or other.split()[0] in said
    _sound(said)


def test_a_valid_link_is_taken_as_it_is(restore: Restore) -> None:
    for page in PAGES:
        assert restore({name: [text] for name, text in VALID.items()}, page) == ""


@pytest.mark.parametrize("version", VERSIONS, ids=ascii)
def test_another_version_is_refused(restore: Restore, version: str) -> None:
    refused(KIND, lambda: link.parse({"v": [version]}), "", "version", "enter")
    _sound(restore({"v": [version], "compound": ["imatinib"]}, PAGES[0]))


def test_what_stands_twice_is_said() -> None:
    found = link.parse({"compound": ["imatinib", "vorinostat"], "cell": ["A375", "A375"]})
    assert found.compound == "vorinostat"
    assert (
        found.left_out == "The compound stands several times in this link: the last one was taken."
    )


def test_control_characters_are_left_out_and_the_rest_is_taken() -> None:
    found = link.parse({"compound": ["ima\x00tinib"], "cell": ["A375"], "cells": ["A\x1b", "B"]})
    assert (found.compound, found.cell, found.cells) == ("", "A375", ("B",))
    assert "has control characters" in found.left_out
    assert "1 of 2 entries were taken" in found.left_out


def test_many_faults_are_told_in_short() -> None:
    found = link.parse({name: ["x" * 5000] for name in NAMES})
    check_message(found.left_out)
    assert "12 more of its parameters were not taken" in found.left_out


def test_every_parameter_is_tried() -> None:
    assert set(VALID) == set(NAMES)
    assert set(link_choices.LONGEST) <= set(NAMES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opened_by_a_harmful_link_says_so(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = len(cells_load.placed().table)
    monkeypatch.setattr(cells_load, "places", lambda: np.zeros((lines, 2)))  # which takes seconds
    monkeypatch.setattr(Jobs, "start", lambda *_: Job())  # no work is begun beside the page
    for given_ in (
        {name: [HARM[0]] for name in NAMES},
        {name: [HARM[15], "x\x00y"] for name in NAMES} | {"v": ["1", "7"]},
    ):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run().switch_page(page)
        app.query_params.update(given_)
        app.run()
        assert not app.exception
        assert app.session_state[state.FRAME_PAGE] == page
        assert "incident" not in " ".join(error.value for error in app.error)
        drawn = " ".join(element.proto.body for element in app.html)
        assert "<script" not in drawn
        assert "<img src=x" not in drawn
        if page != "pages/about.py":  # which has no question, and shows none
            assert [*app.error, *app.warning]
