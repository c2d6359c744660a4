"""Lines of a disease, lines chosen for it, and lines alike with their dependence."""

from badger_core.cells.disease_names import grouped_disease
from badger_core.cells.neighbours import place_lines
from badger_core.repurpose.disease_lines import (
    GROUPS,
    choose_lines,
    lines_alike,
    lines_of_disease,
)


def test_groups_are_those_of_the_catalogue(bundle):
    groups = set(grouped_disease(bundle.cells.usable))
    doids = set(bundle.diseases.names["doid"])
    for doid, names in GROUPS.items():
        assert doid in doids
        assert set(names) <= groups


def test_lines_of_diseases(bundle):
    assert lines_of_disease(bundle.cells, "DOID:1793")["cell"].tolist() == ["YAPC"]
    melanoma = lines_of_disease(bundle.cells, "DOID:1909")
    assert melanoma["cell"].iloc[0] == "A375"
    assert melanoma["n_signatures"].is_monotonic_decreasing
    assert len(lines_of_disease(bundle.cells, "", "Liver cancer")) == 4
    assert lines_of_disease(bundle.cells, "DOID:2841", "asthma").empty


def test_lines_are_chosen_among_those_at_hand(bundle):
    ready = ["A375", "MCF7", "YAPC"]
    found = choose_lines(bundle.cells, "DOID:1909", "melanoma", ready)
    assert [line.name for line in found.lines] == ["A375"]
    assert "A375" in found.why
    found = choose_lines(bundle.cells, "DOID:2841", "asthma", ready)
    assert [line.name for line in found.lines] == ready
    assert "no tissue" in found.why


def test_lines_alike_say_which_are_dependent(bundle):
    placed = place_lines(bundle.cells)
    found = lines_alike(placed, [bundle.cells.find("MCF7"), bundle.cells.find("YAPC")], most=5)
    assert found.groupby("of").size().to_dict() == {"MCF7": 5, "YAPC": 5}
    near = lines_alike(placed, [bundle.cells.line("SNB19")], most=300).set_index("cell")
    assert near.loc["U251MG", "dependent"] == "SNB-19 is U-251 MG (misidentified)"
    assert near.loc["YAPC", "dependent"] == ""
    assert lines_alike(placed, []).empty
