"""Who asks, as far as long work must know: a key of the visit, and whether it is still there."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

AWAY_S = 120.0
"""Seconds without a connection after which a visit is over; a browser comes back within them."""


class Visitor(NamedTuple):
    """A visit: one tab of a browser.

    Attributes:
        key: nobody else has it.
        here: whether it is connected now; to be asked from any thread.
    """

    key: str
    here: Callable[[], bool]


def visitor() -> Visitor | None:
    """Whose run this is; None outside a run, as in a command."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return None
    return Visitor(context.session_id, partial(_connected, context.session_id))


def _connected(session: str) -> bool:
    return not Runtime.exists() or Runtime.instance().is_active_session(session)
