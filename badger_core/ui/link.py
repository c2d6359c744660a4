"""The permalink of a page: `?v=1&compound=...&cell=...`, its own choices, and the baskets."""

from typing import NamedTuple

import streamlit as st

from badger_core.errors import SettingError
from badger_core.legible import visible
from badger_core.naming import shown
from badger_core.ui import basket, link_choices, state

VERSION = "1"
_LONGEST = {"compound": 4000, "cell": 200, "disease": 200, **link_choices.LONGEST}
_BASKETS = {"compounds": state.BASKET_COMPOUNDS, "cells": state.BASKET_CELLS}
_LONGEST_ENTRY = 1000
_OF_LINES = ("compound", "compounds")
_DISEASE_PAGE = "pages/predict.py"

Parameters = dict[str, list[str]]


class Linked(NamedTuple):
    """What a link asks for; '' and () where it says nothing."""

    compound: str
    cell: str
    disease: str
    compounds: tuple[str, ...]
    cells: tuple[str, ...]
    gene: str = ""
    set: str = ""
    fragment: str = ""
    pathway: str = ""
    map_gene: str = ""
    against: str = ""
    lines: str = ""
    measure: str = ""
    part: str = ""
    knockout: str = ""
    left_out: str = ""
    """What of the link was not taken, in sentences."""


def parse(parameters: Parameters) -> Linked:
    """The content of a link; a missing version counts as the first.

    A text of absurd length or with signs that no name has, and what overflows a basket, are left
    out, and the rest is taken.

    Raises:
        SettingError: for an unknown version.
    """
    version = parameters.get("v", [VERSION])[-1]
    if version != VERSION:
        raise SettingError(
            f"This link has version '{shown(version, 20)}', and this app reads version "
            f"{VERSION}. Enter compound and cell line again, or open the link in a newer app."
        )
    one: dict[str, str] = {}
    left_out = []
    for name, longest in _LONGEST.items():
        one[name], said = _one(name, parameters.get(name) or [""], longest)
        left_out.append(said)
    many = {name: tuple(dict.fromkeys(filter(None, parameters.get(name, [])))) for name in _BASKETS}
    for name, entries in many.items():
        fit = tuple(e for e in entries if len(e) <= _LONGEST_ENTRY and _legible(name, e))
        many[name] = fit = fit[: basket.MOST]
        if len(fit) < len(entries):
            left_out.append(
                f"The basket of {name} in this link is too long: {len(fit)} of {len(entries)} "
                f"entries were taken. It holds {basket.MOST} at most, of {_LONGEST_ENTRY} "
                "characters each, without control characters."
            )
    return Linked(**one, **many, left_out=link_choices.in_short(left_out))


def restore() -> str:
    """Fill inputs and baskets from the link where it is new; what is wrong with it, or ''.

    An empty link clears nothing: pages are entered without a query, and Back returns to that. What
    the link names for another page waits for that; what it does not, it does not clear there.
    """
    parameters = _current()
    if not parameters or parameters == st.session_state[state.LINK]:
        if st.session_state[state.FRAME_ARRIVED]:
            state.hold(state.QUESTION_COMPOUND, state.QUESTION_CELL, state.QUESTION_DISEASE)
        return ""
    try:
        linked = parse(parameters)
    except SettingError as error:
        asked = (st.session_state.get(k) for k in (state.QUESTION_COMPOUND, state.QUESTION_CELL))
        return "" if any(asked) else str(error)
    st.session_state[state.QUESTION_COMPOUND] = linked.compound or None
    st.session_state[state.QUESTION_CELL] = linked.cell or None
    page = st.session_state[state.FRAME_PAGE]
    if linked.disease or page == _DISEASE_PAGE:
        st.session_state[state.QUESTION_DISEASE] = linked.disease or None
    for name, key in _BASKETS.items():
        labels = st.session_state[key]
        entries = getattr(linked, name)
        st.session_state[key] = {entry: labels.get(entry, entry) for entry in entries}
    given = {name: getattr(linked, name) for name in link_choices.LONGEST}
    unknown = link_choices.take(given, page)
    st.session_state[state.LINK] = parameters
    return " ".join(filter(None, (linked.left_out, unknown)))


def store() -> None:
    """Keep the link in step with inputs and baskets, once there is one."""
    parameters = parameters_now()
    if not parameters and not st.session_state[state.LINK]:
        return
    if parameters != _current():
        st.query_params.from_dict(parameters)
    st.session_state[state.LINK] = parameters


def parameters_now() -> Parameters:
    """The link of what the page of this run asks at present; empty where nothing is asked."""
    page = st.session_state[state.FRAME_PAGE]
    disease = st.session_state.get(state.QUESTION_DISEASE) if page == _DISEASE_PAGE else None
    given = {
        "compound": [st.session_state.get(state.QUESTION_COMPOUND)],
        "cell": [st.session_state.get(state.QUESTION_CELL)],
        "disease": [disease],
        **{name: [text] for name, text in link_choices.now(page).items()},
        **{name: list(st.session_state[key]) for name, key in _BASKETS.items()},
    }
    kept = {name: [text for text in texts if text] for name, texts in given.items()}
    kept = {name: texts for name, texts in kept.items() if texts}
    return {"v": [VERSION], **kept} if kept else {}


def _one(name: str, given: list[str], longest: int) -> tuple[str, str]:
    """The text of a parameter, '' where it was left out, and a sentence where that is to be said.

    Args:
        name: of the parameter.
        given: one or more texts; the last one counts.
        longest: characters that are taken.
    """
    if len(given[-1]) > longest:
        why = f"is longer than {longest} characters"
    elif not _legible(name, given[-1]):
        why = "has control characters"
    elif len(set(given)) > 1:
        return given[-1], f"The {name} stands several times in this link: the last one was taken."
    else:
        return given[-1], ""
    return "", f"The {name} in this link {why} and was left out: enter it again."


def _legible(name: str, text: str) -> bool:
    """Whether all of it can be seen; a compound may be a MOL block, which has lines."""
    return visible(text) == text and (name in _OF_LINES or text.splitlines() in ([], [text]))


def _current() -> Parameters:
    names = ("v", *_LONGEST, *_BASKETS)
    return {name: st.query_params.get_all(name) for name in names if name in st.query_params}
