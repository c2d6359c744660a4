"""The words of the app: the trust strip, the model card, links and escaping."""

import re

import pytest

from badger_core.chem.library import CompoundLibrary
from badger_core.data.bundle import Bundle
from badger_core.errors import SettingError
from badger_core.paths import ROOT
from badger_core.predict.ask import read_compound
from badger_core.ui import link
from badger_core.ui.card_tables import coverage_table, section_on, source_table, without_links
from badger_core.ui.start import EXAMPLES
from badger_core.ui.structure import changes
from badger_core.ui.text import html, plain, shortened


@pytest.fixture(scope="module")
def library(bundle: Bundle) -> CompoundLibrary:
    return bundle.library


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


def test_a_bad_part_of_a_link_leaves_the_others_in() -> None:
    given = {"compound": ["imatinib"], "cell": ["MCF7"], "disease": ["x" * 201]}
    linked = link.parse(given | {"cells": [*(f"line {n}" for n in range(99)), "y" * 1001]})
    assert (linked.compound, linked.cell, linked.disease) == ("imatinib", "MCF7", "")
    assert linked.cells == tuple(f"line {n}" for n in range(12))
    assert "disease in this link is longer than 200" in linked.left_out
    assert "basket of cells in this link is too long: 12 of 100" in linked.left_out


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
    assert not table.duplicated().any()
    assert set(table["what"]) == {source["title"] for source in bundle.manifest["inputs"]}
    assert (table["licence"] != "").all()


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    text = "# A\nx\n## How they differ\none\n### deeper\n<!-- note -->two\n## B\nthree"
    assert section_on(text, "differ") == "one\n### deeper\ntwo"
    assert section_on(text, "absent") == ""


def test_a_number_stays_with_its_percent_sign() -> None:
    assert html("<58 % of 9>") == "&lt;58\u00a0% of 9&gt;"
    assert html("CC % x") == "CC % x"


def test_a_percent_sign_stands_at_its_number_everywhere() -> None:
    apart = re.compile(
        r"(?<=[0-9}])(?: |&nbsp;|\\u00a0|\u00a0)%(?=[\s.,;:)\"'<*|\]]|$)", re.MULTILINE
    )
    found = [
        f"{file.name}: {line.strip()}"
        for file in sorted((ROOT / "badger_core").rglob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if apart.search(line) and not re.search(r"\d % \d", line)
    ]
    assert not found


def test_links_to_neighbouring_files_become_their_names() -> None:
    said = without_links("see [BENCHMARK.md](BENCHMARK.md) and [that](https://example.org)")
    assert said == "see `docs/BENCHMARK.md` and [that](https://example.org)"
