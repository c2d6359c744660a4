"""What is chosen on the page Genetic perturbation, as parameters of the permalink."""

import streamlit as st

from badger_core.errors import PerturbationError
from badger_core.ui.perturbation_state import FIRST, TAB, TABS, TARGET

LONGEST = {"part": 20, "knockout": 40}
"""Parameter to the longest text that is taken: the open tab, and the gene that was knocked out."""


def now() -> dict[str, str]:
    """Parameter to text of what was chosen and is not shown anyway."""
    found = {}
    if (tab := st.session_state.get(TAB)) in TABS[1:]:
        found["part"] = tab
    if (target := st.session_state.get(TARGET)) and target != FIRST:
        found["knockout"] = target
    return found


def take(given: dict[str, str]) -> str:
    """Open the tab and choose the gene that a link names; what was not taken, in a sentence.

    Args:
        given: parameter to text, '' where the link says nothing.
    """
    part, target = given["part"], given["knockout"]
    st.session_state[TAB] = part if part in TABS else TABS[0]
    if part and part not in TABS:
        said = f"The part '{part}' in this link is not here: '{TABS[0]}' is shown."
        return f"{said} {_take_target(target)}".rstrip()
    return _take_target(target)


def _take_target(target: str) -> str:
    if not target:
        st.session_state.pop(TARGET, None)
        return ""
    from badger_core.ui import perturbation_load  # only a link with a gene needs it

    try:
        known = perturbation_load.screen().targets()
    except PerturbationError as error:
        return str(error)
    if target not in known:
        return f"The gene '{target}' in this link was not knocked out here: {FIRST} is shown."
    st.session_state[TARGET] = target
    return ""
