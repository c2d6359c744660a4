"""The filters of a list of hypotheses, and how many compounds pass them."""

import pandas as pd
import streamlit as st

from badger_core.repurpose.sensitive_words import NO, UNKNOWN, YES
from badger_core.ui.hypotheses_state import (
    CONFIDENCE,
    CONTROLS,
    INSIDE,
    KNOWN,
    PHASES,
    PROMISCUOUS,
    SENSITIVE,
    TEXT,
)

_ALL, _NEW, _KNOWN = "All", "New", "Known"
_NO_PHASE = "not given"


def bar(table: pd.DataFrame) -> pd.DataFrame:
    """The filters in one row; the rows of the table that pass them.

    Args:
        table: of `repurpose.hypotheses.Hypotheses`.
    """
    asked = (table["known"] != "not asked").any()
    # The toolbar of the table comes up at the right end: nothing to click may lie under it.
    more, text, known, _ = st.columns([17, 36, 27, 20], vertical_alignment="bottom")
    with text:
        st.text_input(
            "Find",
            key=TEXT,
            persist_state="session",
            placeholder="Find a drug, mechanism, target or indication",
            label_visibility="collapsed",
        )
    with known:
        st.session_state.setdefault(KNOWN, _ALL)
        st.segmented_control(
            "Known for this disease",
            (_ALL, _NEW, _KNOWN),
            key=KNOWN,
            required=True,
            disabled=not asked,
            label_visibility="collapsed",
            persist_state="session",
        )
    with more, st.popover(_label(), width="stretch", key="hypotheses_filters"):
        _more(table)
    return passing(table)


def passing(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that pass the filters of the session."""
    state = st.session_state
    keep = pd.Series(True, index=table.index)
    text = (state.get(TEXT) or "").strip().casefold()
    if text:
        columns = ("name", "moa", "targets", "indication", "ik14")
        keep &= pd.concat(
            [table[c].str.casefold().str.contains(text, regex=False) for c in columns], axis=1
        ).any(axis=1)
    is_known = table["known"].str.startswith("known")
    if state.get(KNOWN) == _KNOWN:
        keep &= is_known
    elif state.get(KNOWN) == _NEW:
        keep &= table["known"].isin(("new", ""))
    if state.get(PHASES):
        keep &= table["phase"].replace("", _NO_PHASE).isin(state[PHASES])
    if state.get(CONFIDENCE):
        keep &= table["confidence"] >= state[CONFIDENCE]
    if state.get(INSIDE):
        keep &= (table["domain_structure"] == "inside") & (table["domain_line"] == "inside")
    most = state.get(PROMISCUOUS)
    if most is not None and most < _n_diseases(table):
        keep &= table["promiscuity"].isna() | (table["promiscuity"] <= most)
    if state.get(SENSITIVE) and "sensitive" in table:
        keep &= table["sensitive"].isin(state[SENSITIVE])
    if state.get(CONTROLS):
        keep &= table["control"] == ""
    return table[keep]


def chosen() -> int:
    """How many of the filters behind the button are set."""
    state = st.session_state
    most = state.get(PROMISCUOUS)
    simple = (PHASES, CONFIDENCE, INSIDE, CONTROLS, SENSITIVE)
    return sum(bool(state.get(key)) for key in simple) + (most is not None and most < 49)


def clear() -> None:
    """Callback: all filters as at first."""
    for key, value in (
        (TEXT, ""),
        (KNOWN, _ALL),
        (PHASES, []),
        (SENSITIVE, []),
        (CONFIDENCE, 0.0),
        (INSIDE, False),
        (CONTROLS, False),
        (PROMISCUOUS, 49),
    ):
        st.session_state[key] = value


def _label() -> str:
    count = chosen()
    return f"Filters ({count})" if count else "Filters"


def _more(table: pd.DataFrame) -> None:
    phases = sorted(table["phase"].replace("", _NO_PHASE).unique())
    st.multiselect("Phase", phases, key=PHASES, persist_state="session", placeholder="Any")
    st.pills(
        "Predicted sensitive",
        (YES, NO, UNKNOWN),
        selection_mode="multi",
        key=SENSITIVE,
        persist_state="session",
        disabled="sensitive" not in table,
        help="Whether the compound is predicted to kill the lines: the column of this name.",
    )
    st.session_state.setdefault(CONFIDENCE, 0.0)
    st.slider(
        "Confidence at least",
        min_value=0.0,
        max_value=0.8,
        step=0.05,
        key=CONFIDENCE,
        persist_state="session",
        help="Share of the top genes that was right in similar held-out predictions, mean over the "
        "lines.",
    )
    count = _n_diseases(table)
    st.session_state.setdefault(PROMISCUOUS, count)
    st.slider(
        f"Reverses at most so many of {count} diseases",
        min_value=0,
        max_value=count,
        key=PROMISCUOUS,
        persist_state="session",
        disabled=bool(table["promiscuity"].isna().all()),
        help="Of the diseases, in how many it stands among the most reversing 5%.",
    )
    st.toggle("Only inside the domain of the models", key=INSIDE, persist_state="session")
    st.toggle("Hide negative controls", key=CONTROLS, persist_state="session")


def _n_diseases(table: pd.DataFrame) -> int:
    known = table["of_diseases"].dropna()
    return int(known.max()) if len(known) else 49
