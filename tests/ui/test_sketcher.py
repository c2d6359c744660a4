"""What the drawing board sends is read by RDKit before anything uses it."""

import pytest
from streamlit.testing.v1 import AppTest

from badger_core.errors import MoleculeError
from badger_core.ui import compounds_ways, sketcher, state
from tests.chem.conftest import make_mol_block


def sent(smiles="", molfile="", atoms=1):
    return {"atoms": atoms, "smiles": smiles, "molfile": molfile}


def test_the_mol_block_is_read():
    drawn = sketcher.read_drawing(sent("nonsense", make_mol_block("c1ccccc1N")))
    assert drawn.smiles == "Nc1ccccc1"


def test_the_smiles_is_read_where_the_mol_block_is_damaged():
    assert sketcher.read_drawing(sent("c1ccccc1N", "no block")).smiles == "Nc1ccccc1"


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (None, "board is empty"),
        ("C", "board is empty"),
        (sent(atoms=0), "board is empty"),
        (sent("CBr=1", "x"), "Mend it on the board"),
        (sent("[Na+]", make_mol_block("[Na+]")), "no carbon"),
    ],
)
def test_what_rdkit_refuses_gets_a_sentence(drawing, said):
    with pytest.raises(MoleculeError, match=said):
        sketcher.read_drawing(drawing)


def test_the_board_is_on_the_page_with_its_library(app: AppTest) -> None:
    app.run().switch_page("pages/compounds.py")
    app.session_state[compounds_ways.WAY] = compounds_ways.DRAW
    app.session_state[state.QUESTION_COMPOUND] = "vemurafenib"
    app.run()
    assert not app.exception
    (board,) = app.get("bidi_component")
    assert board.proto.component_name == "badger_sketcher"
    assert "CanvasEditor" in board.proto.js_content
    assert "aria-label" in board.proto.html_content
    assert "vemurafenib" in board.proto.json


def test_a_drawing_becomes_the_compound_or_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {}
    monkeypatch.setattr(sketcher.state, "put", kept.__setitem__)
    monkeypatch.setattr(sketcher.st, "session_state", kept)
    kept[sketcher.BOARD] = {"use": sent("CBr=1", "x")}
    sketcher._use()
    assert "not a possible molecule" in kept[sketcher.PROBLEM]
    assert state.QUESTION_COMPOUND not in kept
    kept[sketcher.BOARD] = {"use": sent("c1ccccc1N", make_mol_block("c1ccccc1N"))}
    sketcher._use()
    assert kept[sketcher.PROBLEM] == ""
    assert kept[state.QUESTION_COMPOUND] == "Nc1ccccc1"
