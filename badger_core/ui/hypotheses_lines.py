"""The lines of the page Hypotheses: those at hand first, then uploads and all others."""

import streamlit as st

from badger_core.cells.catalogue import CellLine
from badger_core.ui import hypotheses_load, load, question, uploads
from badger_core.ui.hypotheses_state import LABELS, LINES, LINES_SAID, MOST_LINES


def lines_input() -> list[str]:
    """Names of the chosen lines."""
    labels = line_labels()
    chosen = st.session_state.get(LINES) or []
    if any(name not in labels for name in chosen):
        chosen = st.session_state[LINES] = [name for name in chosen if name in labels]
    called = {name: labels[name] for name in chosen}
    before = st.session_state.get(LABELS, {})
    if any(before.get(name, label) != label for name, label in called.items()):
        st.session_state[LINES] = list(chosen)  # the browser holds labels: it is sent the new ones
    st.session_state[LABELS] = called
    return st.multiselect(
        "Cell lines",
        list(labels),
        key=LINES,
        format_func=lambda name: labels.get(name, name),
        placeholder="Lines at hand come first; your uploads too",
        max_selections=MOST_LINES,
        persist_state="session",
        help="The score is taken over all of them as a set. The first of the list are at hand and "
        "answer at once; those marked 'to predict', and samples of yours, take minutes each.",
    )


def line_labels() -> dict[str, str]:
    """Name to label of every line that can be asked about: at hand, uploads, the others."""
    table = load.bundle().cells.usable
    shown = {
        row.cell: " · ".join(filter(None, (row.display_name, row.disease)))
        for row in table.itertuples()
    }
    ready = [name for name in hypotheses_load.shipped().lines if name in shown]
    kept = hypotheses_load.kept(None)
    ready += [n for n in kept if n in shown and n not in ready and kept[n].complete]
    return (
        {name: shown[name] for name in ready}
        | uploads.labels()
        | {name: f"{text} · to predict" for name, text in shown.items() if name not in ready}
    )


def set_lines(doid: str | None) -> None:
    """Choose the lines that the command would choose for a disease."""
    from badger_core.repurpose.disease_lines import choose_lines

    bundle, ready = load.bundle(), hypotheses_load.shipped().lines
    if ready:
        name = bundle.diseases.name_of(doid) if doid else ""
        found = choose_lines(bundle.cells, doid or "", name, ready)
        names = [line.name for line in found.lines]
        listed = ", ".join(line.display_name for line in found.lines)
        said = f"No line at hand is one of {name}: all {len(names)} at hand are taken."
        if len(names) < len(ready):
            one = len(names) == 1
            said = f"{listed} {'was' if one else 'were'} added as {'a line' if one else 'lines'}"
            said += f" of {name}."
        st.session_state[LINES] = names
        st.session_state[LINES_SAID] = (names, said if name else "")


def lines_said() -> str:
    """Which lines a disease brought, as long as they are the chosen ones."""
    names, said = st.session_state.get(LINES_SAID) or ((), "")
    return said if names and names == st.session_state.get(LINES) else ""


def line_of(name: str) -> CellLine:
    """An upload of the visit, or a line of the catalogue.

    Raises:
        CellNotFoundError: for an upload of another visit.
    """
    if name.startswith(uploads.PREFIX):
        return question.line_of(name)
    return load.bundle().cells.line(name)


def missing_words(names: list[str], library: bool, kept: str = "") -> str:
    """Why a screen is needed, for people.

    Args:
        names: of the lines that must be screened, as people call them.
        library: whether the library is the visitor's own.
        kept: what is there of earlier screens, a sentence.
    """
    listed = ", ".join(names)
    if library:
        return f"Your library has to be predicted in {listed} first. {kept}".rstrip()
    verb = "does" if len(names) == 1 else "do"
    said = f"{listed} {verb} not come with the app: the library has to be predicted there first."
    return f"{said} {kept}".rstrip()
