"""The permalink of the page Predict: `?v=1&compound=...&cell=...`, read and written."""

import streamlit as st

from badger_core.errors import SettingError
from badger_core.ui import state

VERSION = "1"
_NAMES = ("v", "compound", "cell")
_LONGEST = {"compound": 4000, "cell": 200}


def parse(parameters: dict[str, str]) -> tuple[str | None, str | None]:
    """Compound and cell line of a link; a missing version counts as the first.

    Raises:
        SettingError: for an unknown version or a text of absurd length.
    """
    version = parameters.get("v", VERSION)
    if version != VERSION:
        raise SettingError(
            f"This link has version '{version[:20]}', and this app reads version {VERSION}. "
            "Enter compound and cell line again, or open the link in a newer app."
        )
    for name, longest in _LONGEST.items():
        if len(parameters.get(name, "")) > longest:
            raise SettingError(
                f"The {name} in this link is longer than {longest} characters. Enter it again."
            )
    return parameters.get("compound") or None, parameters.get("cell") or None


def restore() -> str:
    """Fill the inputs from the link where it is new; returns what is wrong with it, or ''."""
    parameters = _current()
    known = parameters == st.session_state[state.PREDICT_LINK]
    kept = not parameters and st.session_state[state.FRAME_ARRIVED]  # back from another page
    if known or kept:
        return ""
    try:
        compound, cell = parse(parameters)
    except SettingError as error:
        return str(error)
    st.session_state[state.PREDICT_COMPOUND] = compound
    st.session_state[state.PREDICT_CELL] = cell
    st.session_state[state.PREDICT_LINK] = parameters
    return ""


def store(compound: str | None, cell: str | None) -> None:
    """Keep the link in step with the inputs, once there is one."""
    if not (compound or cell or st.session_state[state.PREDICT_LINK]):
        return
    given = {"compound": compound, "cell": cell}
    parameters = {name: text for name, text in given.items() if text}
    parameters = {"v": VERSION, **parameters} if parameters else {}
    if parameters != _current():
        st.query_params.from_dict(parameters)
    st.session_state[state.PREDICT_LINK] = parameters


def _current() -> dict[str, str]:
    return {name: st.query_params[name] for name in _NAMES if name in st.query_params}
