"""What surrounds every page: the door, the style sheet and the last resort for errors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import streamlit as st

from badger_core.errors import BadgerError
from badger_core.paths import ROOT
from badger_core.ui import ahead, state
from badger_core.ui.text import plain

logger = logging.getLogger(__name__)


def open_door() -> None:
    """Mark this run as come through app.py; send a visit that came past it to its page."""
    ahead.begin()
    wanted = st.session_state.pop(state.FRAME_WANTED, None)
    if wanted is not None:
        path, parameters = wanted
        st.switch_page(path, query_params=parameters)
    st.session_state[state.FRAME_DOOR] = True


@contextmanager
def page(path: str) -> Iterator[None]:
    """The frame that a page stands in; nothing that goes wrong inside shows a traceback.

    The first deep link after a server start runs the page without app.py: such a visit goes to the
    door and comes back with its query parameters.

    Args:
        path: the page's file from the project's folder, such as pages/predict.py.
    """
    if not st.session_state.pop(state.FRAME_DOOR, False):
        given = {name: st.query_params.get_all(name) for name in st.query_params}
        st.session_state[state.FRAME_WANTED] = (path, given)
        st.switch_page("app.py")
    state.prepare()
    st.session_state[state.FRAME_ARRIVED] = st.session_state[state.FRAME_PAGE] != path
    st.session_state[state.FRAME_PAGE] = path
    st.html(ROOT / "assets" / "studio.css")
    try:
        yield
    except BadgerError as error:
        st.error(plain(str(error)))
    except Exception:
        incident = uuid4().hex[:8]
        logger.exception("Incident %s on %s", incident, path)
        st.error(
            "Something went wrong that is not your doing. What you typed is kept; try again, or "
            f"report the incident number {incident}: the server's log tells what happened."
        )
