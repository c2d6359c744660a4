"""The words of the app: the trust strip, the model card, links and escaping."""

import pytest

from badger_core.chem.library import CompoundLibrary
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError
from badger_core.predict.ask import read_compound
from badger_core.predict.familiarity import BADGES
from badger_core.ui import link, trust
from badger_core.ui.card_tables import coverage_table, section_on, source_table
from badger_core.ui.start import EXAMPLES
from badger_core.ui.structure import changes
from badger_core.ui.text import plain, shortened


@pytest.fixture(scope="module")
def library(bundle: Bundle) -> CompoundLibrary:
    return bundle.library


@pytest.mark.parametrize("badge", sorted(set(BADGES.values())))
def test_every_badge_is_explained(badge: str) -> None:
    assert trust.explain_badge(badge, 0)


def test_a_measured_pair_that_no_member_saw_is_explained() -> None:
    assert "no member" in trust.explain_badge("unseen compound", 3)


def test_the_invented_molecule_is_in_no_record(library: CompoundLibrary) -> None:
    assert read_compound(library, EXAMPLES[2].compound).compound is None


def test_the_card_says_what_standardising_did(library: CompoundLibrary) -> None:
    assert changes(read_compound(library, "imatinib")) == "taken from the library"
    assert "Removed" in changes(read_compound(library, "CCO.Cl"))
    assert changes(read_compound(library, "CCO")) == "nothing was removed or neutralised"


def test_links_are_validated() -> None:
    assert link.parse({"compound": ["imatinib"]}).compound == "imatinib"
    linked = link.parse({"v": ["1"], "cell": ["MCF7"], "compounds": ["imatinib", "CCO", "CCO"]})
    assert (linked.compound, linked.cell) == ("", "MCF7")
    assert linked.compounds == ("imatinib", "CCO")
    with pytest.raises(SettingError, match="version '2'"):
        link.parse({"v": ["2"]})
    with pytest.raises(SettingError, match="longer than"):
        link.parse({"cell": ["x" * 201]})
    with pytest.raises(SettingError, match="basket of cells"):
        link.parse({"cells": [f"line {n}" for n in range(99)]})


def test_markdown_signs_are_escaped() -> None:
    assert plain("C[N](C)*") == r"C\[N\]\(C\)\*"


def test_long_lists_are_shortened() -> None:
    assert shortened(("a", "b", "c"), 2) == "a, b and 1 more"
    assert shortened(("a",), 2) == "a"
    assert shortened((), 2) == ""


def test_parts_of_the_coverage_follow_their_whole(bundle: Bundle) -> None:
    table = coverage_table(bundle.manifest["coverage"])
    assert len(table) == len(bundle.manifest["coverage"])
    assert not table["what"].str.startswith("...").any()


def test_every_source_has_a_licence(bundle: Bundle) -> None:
    table = source_table(bundle.manifest["inputs"])
    assert len(table) == len(bundle.manifest["inputs"])
    assert (table["licence"] != "").all()


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    text = "# A\nx\n## How they differ\none\n### deeper\n<!-- note -->two\n## B\nthree"
    assert section_on(text, "differ") == "one\n### deeper\ntwo"
    assert section_on(text, "absent") == ""
