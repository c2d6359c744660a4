"""What is asked on the page Hypotheses as parameters of the permalink."""

import streamlit as st

from badger_core.errors import BadgerError
from badger_core.ui import load, uploads
from badger_core.ui.hypotheses_state import (
    DISEASE,
    LINES,
    METHOD,
    MOST_LINES,
    OF,
    SOURCE,
    SOURCES,
    SPECIFIC,
    SUMMARY,
)

LONGEST = {"against": 200, "lines": 1000, "measure": 60}
"""`against` is a DOID or a name, `lines` names divided by commas, and `measure` a measure, then
what differs from the defaults: a summary, and 'specific', divided by spaces."""
OWN = "own signature"
_SPECIFIC = "specific"


def now() -> dict[str, str]:
    """Parameter to text; nothing where neither disease nor own signature is asked about."""
    session = st.session_state
    own = session.get(SOURCE) == SOURCES[1]
    if not own and not session.get(DISEASE):
        return {}
    from badger_core.repurpose.aggregate import MEAN
    from badger_core.repurpose.connectivity import WTCS

    found = {"against": OWN if own else load.bundle().diseases.name_of(session[DISEASE])}
    if session.get(LINES):
        found["lines"] = ",".join(session[LINES])
    words = [session.get(METHOD) or WTCS]
    if session.get(SUMMARY) not in (None, MEAN):
        words.append(session[SUMMARY])
    if session.get(SPECIFIC):
        words.append(_SPECIFIC)
    if words != [WTCS]:
        found["measure"] = " ".join(words)
    return found


def take(given: dict[str, str]) -> str:
    """Ask on Hypotheses what a link asks; what it cannot is said.

    Args:
        given: parameter to text, '' where the link says nothing.

    Returns:
        What was not taken, in sentences.
    """
    session = st.session_state
    if not given["against"]:
        session[DISEASE] = None
        return ""
    said = []
    session[SOURCE] = SOURCES[given["against"] == OWN]
    session[DISEASE] = session[OF] = None
    if given["against"] == OWN:
        said.append("This link was made with an own signature: upload the same file again.")
    else:
        try:
            session[DISEASE] = load.bundle().diseases.find(given["against"])
        except BadgerError as error:
            said.append(str(error))
    return " ".join(filter(None, [*said, _take_lines(given["lines"]), _measure(given["measure"])]))


def _take_lines(text: str) -> str:
    named = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    known, unknown = [], []
    cells = set(load.bundle().cells.usable["cell"])
    for name in named:
        if name in cells or name in uploads.lines():
            known.append(name)
        else:
            unknown.append(name)
    st.session_state[LINES] = known[:MOST_LINES]
    if not unknown:
        return ""
    if any(name.startswith(uploads.PREFIX) for name in unknown):
        return (
            "A line of this link is an upload of another visit, and uploads are not kept. Upload "
            "the same file again on the page Cell lines."
        )
    return f"No line that can be predicted for is called {', '.join(unknown)[:200]}."


def _measure(text: str) -> str:
    from badger_core.repurpose.aggregate import MEAN, SUMMARIES
    from badger_core.repurpose.connectivity import METHODS, WTCS

    words = text.split()
    session = st.session_state
    session[METHOD] = next((word for word in words if word in METHODS), WTCS)
    session[SUMMARY] = next((word for word in words if word in SUMMARIES), MEAN)
    session[SPECIFIC] = _SPECIFIC in words
    unknown = [word for word in words if word not in (*METHODS, *SUMMARIES, _SPECIFIC)]
    return f"The measure '{unknown[0][:40]}' in this link is not known." if unknown else ""
