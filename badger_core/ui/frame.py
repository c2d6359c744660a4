"""What surrounds every page: the door, the style sheet and the last resort for errors."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.errors import FragmentHandledException

from badger_core.paths import ROOT
from badger_core.ui import ahead, last_resort, state
from badger_core.ui.text import plain


def open_door() -> None:
    """Mark this run as come through app.py; send a visit that came past it to its page."""
    last_resort.install()
    if not getattr(st.user, "is_logged_in", True):  # False where sign-in is set up, else not there
        st.html("<h1 class='title'>BADGER Studio</h1>")
        st.info("This server asks you to sign in. Your link waits until you have.")
        st.button("Sign in", key="frame_sign_in", type="primary", on_click=st.login)
        st.stop()
    ahead.begin()
    wanted = st.session_state.pop(state.FRAME_WANTED, None)
    if wanted is not None:
        path, parameters = wanted
        st.switch_page(path, query_params=parameters)
    st.session_state[state.FRAME_DOOR] = True


def sign_out() -> None:
    """A button that ends the visit of who has signed in."""
    if getattr(st.user, "is_logged_in", False):
        st.button("Sign out", key="frame_sign_out", on_click=st.logout)


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
    last_resort.say_pending()
    try:
        yield
    except FragmentHandledException:
        st.stop()  # it was said where the fragment stands
    except Exception as error:  # noqa: BLE001 - the last resort, which logs it
        st.error(plain(last_resort.note(error, path)))
        st.stop()  # the inputs below, which were not drawn, keep what they hold
