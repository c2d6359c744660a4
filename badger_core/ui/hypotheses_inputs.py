"""What is asked on the page Hypotheses: a disease or an own signature, lines, and settings."""

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from badger_core.errors import BadgerError
from badger_core.ui import (
    hypotheses_library,
    hypotheses_load,
    hypotheses_upload,
    link,
    load,
    state,
    visit,
)
from badger_core.ui.hypotheses_lines import line_of, lines_input, lines_said, set_lines
from badger_core.ui.hypotheses_state import (
    DISEASE,
    KEPT,
    LINES,
    METHOD,
    SAID,
    SOURCE,
    SOURCES,
    SPECIFIC,
    SUMMARY,
)
from badger_core.ui.text import html, plain

if TYPE_CHECKING:
    from badger_core.diseases.signature import DiseaseSignature
    from badger_core.ui.hypotheses_wanted import Wanted


class Example(NamedTuple):
    """A question to start with."""

    label: str
    disease: str
    lines: tuple[str, ...]


EXAMPLES = (
    Example("pancreatic cancer in YAPC and A375", "DOID:1793", ("YAPC", "A375")),
    Example("prostate cancer in PC3", "DOID:10283", ("PC3",)),
)
_WELCOME = """
<div class='welcome'>
<section><h2>Ask</h2><p>Choose a disease, or upload your own signature of one, and cell lines. The
lines that come with the app answer at once; any other line, or a sample of yours, is predicted
first, in the background.</p></section>
<section><h2>Get</h2><p>The whole library ranked by how far each drug is predicted to reverse the
disease, with mechanisms, known uses, the genes and pathways turned back, and what to try
next.</p></section>
<section><h2>Judge</h2><p>Negative controls and the lines' own response without a drug stand in the
same list; each drug says how many other diseases it &ldquo;reverses&rdquo; and how far the models
can be trusted.</p></section>
</div>
"""


def title_and_examples() -> None:
    """The question of the page, and the examples that answer it with one click."""
    if st.session_state[state.FRAME_ARRIVED]:
        state.hold(*KEPT)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html("<h1 class='title'>Which drugs reverse a disease?</h1>", width="content")
        st.html("<span class='quiet'>Examples</span>", width="content")
        for number, example in enumerate(EXAMPLES):
            st.button(
                example.label,
                key=f"hypotheses_example{number}",
                on_click=_fill,
                args=(example,),
            )


def ask() -> "Wanted | None":
    """The inputs; the question, or None where something is missing and the screen says what."""
    source, what, lines, settings = st.columns([17, 32, 41, 10], vertical_alignment="bottom")
    with source:
        st.session_state.setdefault(SOURCE, SOURCES[0])
        own = (
            st.segmented_control(
                "Start from", SOURCES, key=SOURCE, required=True, persist_state="session"
            )
            == SOURCES[1]
        )
    with what:
        of = hypotheses_upload.known_uses_input() if own else _disease_input()
    with lines:
        names = lines_input()
    with settings, st.popover("Settings", width="stretch", key="hypotheses_settings"):
        _settings()
    if said := lines_said():
        st.html(f"<p class='note'>{html(said)}</p>")
    signature = hypotheses_upload.signature() if own else None
    return _wanted(own, of, names, signature)


def say(message: str) -> None:
    """What is wrong with the link, until the question changes: the page draws itself anew.

    Args:
        message: of `link.restore`, '' in the runs after the first.
    """
    asked = link.parameters_now()
    if message:
        st.session_state[SAID] = (message, asked)
    said, of = st.session_state.get(SAID) or ("", asked)
    if said and of == asked:
        st.warning(plain(said))


def _fill(example: Example) -> None:
    st.session_state[SOURCE] = SOURCES[0]
    st.session_state[DISEASE] = example.disease
    set_lines(example.disease)
    if example.lines:
        st.session_state[LINES] = list(example.lines)


def _disease_input() -> str | None:
    known = hypotheses_load.diseases()
    return st.selectbox(
        "Disease",
        list(known),
        index=None,
        key=DISEASE,
        format_func=known.get,
        placeholder=f"One of {len(known)} with a signature",
        on_change=_disease_chosen,
        persist_state="session",
    )


def _disease_chosen() -> None:
    if st.session_state[DISEASE]:
        set_lines(st.session_state[DISEASE])


def _settings() -> None:
    from badger_core.repurpose.aggregate import MAXIMUM_QUANTILE, MEAN
    from badger_core.repurpose.connectivity import METHODS

    words = {MEAN: "Mean", MAXIMUM_QUANTILE: "Maximum quantile (Connectivity Map)"}
    st.selectbox(
        "Measure of reversal",
        list(METHODS),
        key=METHOD,
        format_func=lambda name: METHODS[name][:1].upper() + METHODS[name][1:],
        persist_state="session",
    )
    st.selectbox("Over several lines", list(words), key=SUMMARY, format_func=words.get,
                 persist_state="session")  # fmt: skip
    st.toggle(
        "Drug-specific part only",
        key=SPECIFIC,
        persist_state="session",
        help="Scores what a compound adds to the mean of its line: without what every compound "
        "is predicted to do there.",
    )
    hypotheses_library.library_input()


def _wanted(
    own: bool, of: str | None, names: list[str], signature: "DiseaseSignature | None"
) -> "Wanted | None":
    """The question where it is complete; else what is missing, in words."""
    if (own and signature is None) or (not own and not of):
        if not own:
            st.html(_WELCOME)
        return None
    if not names:
        st.info("Now choose at least one cell line: the first of the list answer at once.")
        return None
    try:
        lines = tuple(line_of(name) for name in names)
        compounds = hypotheses_library.library()
    except BadgerError as error:
        st.error(plain(str(error)))
        return None
    with st.spinner("Preparing the question ..."):
        from badger_core.diseases.signature import catalogue_signature
        from badger_core.repurpose.hypotheses import HypothesisSettings
        from badger_core.repurpose.indications import find_disease
        from badger_core.ui.hypotheses_wanted import Wanted

        bundle = load.bundle()
        disease = find_disease(bundle.diseases, of) if of else None
        if signature is None:
            signature = catalogue_signature(bundle.diseases, of, bundle.genes)
        settings = HypothesisSettings(
            method=st.session_state[METHOD],
            summary=st.session_state[SUMMARY],
            specific=bool(st.session_state[SPECIFIC]),
        )
    return Wanted(signature, disease, lines, settings, compounds, own, visit.secret())
