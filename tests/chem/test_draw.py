"""Drawing: a well-formed, labelled, transparent picture."""

from xml.etree import ElementTree

import pytest

from badger_core.chem.draw import structure_svg
from badger_core.chem.fragments import brics_fragments


def test_the_picture_can_be_embedded(aspirin):
    svg = structure_svg(aspirin, 300, 200)
    root = ElementTree.fromstring(svg)
    assert svg.startswith("<svg")
    assert svg.endswith("</svg>")
    assert root.tag.endswith("svg")
    assert root.get("role") == "img"
    assert root.get("aria-label") == f"Structure of {aspirin.smiles}"
    assert (root.get("width"), root.get("height")) == ("300px", "200px")
    assert "<rect" not in svg


def test_the_label_is_escaped(aspirin):
    svg = structure_svg(aspirin, 100, 100, label="a \"b\" <c> & 'd'")
    assert ElementTree.fromstring(svg).get("aria-label") == "a \"b\" <c> & 'd'"
    assert "<c>" not in svg


def test_light_and_dark_differ_in_the_colour_of_carbon(aspirin):
    light, dark = (structure_svg(aspirin, 300, 200, dark=dark) for dark in (False, True))
    assert "#000000" in light
    assert "#000000" not in dark


def test_highlight_is_drawn_and_the_same_each_time(imatinib):
    atoms = brics_fragments(imatinib)[0].atoms[0]
    plain, marked = structure_svg(imatinib, 300, 200), structure_svg(imatinib, 300, 200, atoms)
    assert "#FFCC59" not in plain
    assert "#FFCC59" in marked
    assert marked == structure_svg(imatinib, 300, 200, atoms)


@pytest.mark.parametrize("atoms", [(-1,), (13,)])
def test_atoms_that_do_not_exist_are_refused(aspirin, atoms):
    with pytest.raises(ValueError, match="0 to 12"):
        structure_svg(aspirin, 300, 200, atoms)


def test_a_picture_without_area_is_refused(aspirin):
    with pytest.raises(ValueError, match="at least 1"):
        structure_svg(aspirin, 0, 200)
