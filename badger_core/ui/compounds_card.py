"""The card of the compound in view: drawing with fragments, facts, and its 3D structure."""

import pandas as pd
import streamlit as st

from badger_core.chem.fragments import Fragment, brics_fragments
from badger_core.chem.reasons import shorten
from badger_core.predict.ask import Asked
from badger_core.predict.trust_words import NOT_TAUGHT, TAUGHT, n_taught
from badger_core.ui import basket, load, question, state, structure
from badger_core.ui import compounds_library as lib
from badger_core.ui.text import asked_name, html, plain

WIDTH, HEIGHT = 480, 220


def panel(chosen: Asked | None, picked: list[tuple[str, str]]) -> Asked | None:
    """The card of the row picked first, else of the chosen compound; what it shows.

    Args:
        chosen: the compound that is asked about.
        picked: (text to ask by, label) of the rows picked in a table.
    """
    shown = question.asked_or_help(picked[0][0]) if picked else chosen
    if shown is None:
        st.html(
            "<div class='welcome'><section><h2>No compound yet</h2><p>Search the library and tick "
            "a row, paste a SMILES, draw a molecule, or upload a file. The card of the compound "
            "appears here.</p></section></div>"
        )
        return None
    with st.container(border=True, key="compounds_card"):
        _actions(shown, chosen, picked)
        marked = _drawing(shown)
        _facts(shown)
        if st.toggle("3D structure", key="compounds_3d", persist_state="session"):
            from badger_core.ui import viewer3d

            viewer3d.panel(shown.molecule, asked_name(shown), marked)
        with st.expander("Fragments, SMILES and InChIKey"):
            st.table(fragment_table(shown), hide_index=True, alt="Fragments of the compound")
            structure.texts(shown)
    return shown


def _actions(shown: Asked, chosen: Asked | None, picked: list[tuple[str, str]]) -> None:
    """Name, and what can be done with the compound."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<h2 class='name'>{html(asked_name(shown))}</h2>", width="content")
        if chosen is not None and chosen.molecule.inchikey == shown.molecule.inchikey:
            st.html("<span class='quiet'>the chosen compound</span>", width="content")
            st.page_link("pages/predict.py", label="Go on to Predict")
        else:
            st.button(
                "Use this compound",
                type="primary",
                key="compounds_use",
                on_click=lib.use,
                args=(shown.text,),
            )
        label = picked[0][1] if picked else asked_name(shown)
        basket.toggle("compounds_basket", state.BASKET_COMPOUNDS, shown.text, label)
        if len(picked) > 1:
            st.button(
                f"Add all {len(picked)} to basket",
                key="compounds_add_all",
                on_click=lib.add_all,
                args=(picked,),
            )


def _drawing(shown: Asked) -> tuple[int, ...]:
    """The drawing with the fragment that is picked; the atoms of that fragment."""
    fragments = brics_fragments(shown.molecule)
    place = st.empty()
    number = None
    if len(fragments) > 1:
        number = st.pills(
            "Show a fragment, as the model reads them",
            range(len(fragments)),
            format_func=_FragmentLabel(fragments),
            key=f"compounds_fragment_{shown.molecule.ik14}",
            persist_state="session",
            wrap=True,
            help="The model reads a compound as pieces, cut at bonds that chemists make (BRICS). "
            "A piece is written as SMILES: small letters are aromatic atoms.",
        )
    marked = () if number is None else sum(fragments[number].atoms, ())
    extra = ""
    if number is not None:
        extra = f", fragment F{number + 1}, {fragments[number].smiles}, marked"
    place.html(structure.picture(shown, WIDTH, HEIGHT, marked, extra))
    return marked


def _facts(shown: Asked) -> None:
    known = shown.compound
    facts = structure.facts(shown)
    if known is not None:
        rows = load.bundle().library.table
        entry = rows[rows["ik14"] == known.ik14].iloc[0]
        others = load.bundle().library.sourced_names(known.ik14)
        if others:
            facts.insert(0, ("Also called", ", ".join(others)))
        facts.insert(-1, ("Indication", known.indication.replace("|", ", ") or lib.NOTHING))
        count = int(entry["n_signatures"])
        facts.append(("Measured", f"{count} signatures in the bundle" if count else "not measured"))
    facts += [("Training", _training(shown)), ("InChIKey", shown.molecule.inchikey)]
    st.html(structure.fact_list(facts))


def _training(shown: Asked) -> str:
    members = len(load.cards())
    if not members:
        return "not known: there is no model"
    count = lib.trained().get(shown.molecule.ik14, 0)
    if not count:
        taught = n_taught(load.cards(), shown.molecule.ik14)
        return f"{NOT_TAUGHT}; {TAUGHT}" if taught else NOT_TAUGHT
    return f"measured expression in training of {count} of {members} members"


def fragment_table(asked: Asked) -> pd.DataFrame:
    """One row per distinct fragment: SMILES, how often, and its part of the heavy atoms."""
    fragments = brics_fragments(asked.molecule)
    total = sum(len(place) for fragment in fragments for place in fragment.atoms)
    return pd.DataFrame(
        {
            "fragment": [f"F{i}" for i in range(1, len(fragments) + 1)],
            "SMILES": [plain(fragment.smiles) for fragment in fragments],
            "times": [len(fragment.atoms) for fragment in fragments],
            "part of the atoms": [
                f"{100 * sum(map(len, fragment.atoms)) / total:.0f}%" for fragment in fragments
            ],
        }
    )


class _FragmentLabel:
    """Number and SMILES of a fragment, and how often it occurs."""

    def __init__(self, fragments: tuple[Fragment, ...]) -> None:
        self._fragments = fragments

    def __call__(self, number: int) -> str:
        fragment = self._fragments[number]
        times = f" ×{len(fragment.atoms)}" if len(fragment.atoms) > 1 else ""
        return f"F{number + 1} · {plain(shorten(fragment.smiles, 22))}{times}"
