"""The last resort for what nobody foresaw: an incident in the log, a sentence on the screen.

Streamlit runs fragments, and what a button or input calls, outside the page's own frame. What
falls in a fragment ends in one function of Streamlit that draws the error, and every callback goes
through another; `install` puts ours in their places.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from uuid import uuid4

import streamlit as st
from streamlit import error_util
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state import SessionState

from badger_core.errors import BadgerError
from badger_core.ui import state
from badger_core.ui.text import plain

logger = logging.getLogger(__name__)
Made = TypeVar("Made")
_streamlits_call = SessionState._run_callback_and_record_rerun


def install() -> None:
    """Let Streamlit hand what nobody caught to `show`, and callbacks to `_called`."""
    error_util.show_uncaught_app_exception = show
    SessionState._run_callback_and_record_rerun = _called


def note(error: BaseException, where: str) -> str:
    """What people are told of an error; what they cannot mend is logged under the same number.

    Args:
        error: of any kind; a `BadgerError` speaks for itself.
        where: it came up, for the log.
    """
    if isinstance(error, BadgerError):
        return str(error)
    incident = uuid4().hex[:8]
    logger.error("Incident %s on %s", incident, where, exc_info=error)
    return (
        "Something went wrong that is not your doing. What you typed is kept; try again, or "
        f"report the incident number {incident}: the server's log tells what happened."
    )


def show(error: BaseException) -> None:
    """Say it where it happened."""
    try:
        st.error(plain(note(error, _where())))
    except Exception:  # the first error is in the log; there is nobody left to be told of this one
        logger.exception("An incident could not be shown")


def _called(session: SessionState, votes: object, call: Callable[[], None]) -> None:
    """A callback, whose error is said on the page that is drawn next, in the same run.

    Left to Streamlit, the run would end before the page began: the browser would drop the page, and
    with it what stands in its inputs.
    """

    def guarded() -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - of any kind: the last resort
            _pending().append(note(error, _where()))
            context = get_script_run_ctx()
            if context is not None and context.fragment_ids_this_run:
                st.rerun()  # all of the page, where it is said

    _streamlits_call(session, votes, guarded)


def _where() -> str:
    return st.session_state.get(state.FRAME_PAGE) or "app.py"


def say_pending() -> None:
    """Say what came up since the page was drawn last: in callbacks and in files made on demand."""
    pending = _pending()
    while pending:
        st.error(plain(pending.pop(0)))


def made(make: Callable[[], Made]) -> Callable[[], Made]:
    """What makes a file when it is asked for, which Streamlit does beside the page.

    An error is noted and said when the page is drawn next; Streamlit tells at once, without a
    reason, that there is no file.
    """
    pending = _pending()

    @wraps(make)
    def guarded() -> Made:
        try:
            return make()
        except Exception as error:
            pending.append(note(error, "a file that was asked for"))
            raise

    return guarded


def _pending() -> list[str]:
    return st.session_state.setdefault(state.FRAME_SAID, [])
