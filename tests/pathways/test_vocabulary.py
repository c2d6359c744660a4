"""The vocabulary keeps its rule, on small sets by hand and on the committed bundle."""

from collections import Counter
from itertools import combinations

import pytest

from badger_core.pathways.vocabulary import (
    MAX_GENES,
    MAX_JACCARD,
    MIN_GENES,
    MIN_LANDMARKS,
    MIN_TARGETS,
    choose,
    is_mechanism,
)

LANDMARKS = range(100)  # genes 0-99 are landmarks, 0-9 are targets too
TARGETS = dict.fromkeys(range(10), 1)


@pytest.fixture(scope="module")
def chosen(bundle):
    vocabulary = bundle.pathways.vocabulary
    return dict(zip(vocabulary["pathway"], map(frozenset, vocabulary["entrez"]), strict=True))


@pytest.fixture(scope="module")
def weights(bundle):
    return Counter(int(e) for targets in bundle.library.hub["target_entrez"] for e in targets)


def literal(sets, landmarks, weights, count):
    """The rule as its docstring tells it, one gene at a time."""
    panel, total = set(landmarks), sum(weights.values())
    covered, taken = Counter(), []
    free = {
        name: genes
        for name, genes in sets.items()
        if MIN_GENES <= len(genes) <= MAX_GENES
        and len(genes & panel) >= MIN_LANDMARKS
        and len(genes & weights.keys()) >= MIN_TARGETS
    }

    def gain(name):
        genes = free[name]
        of_targets = sum(weights.get(g, 0) / total / (1 + covered[g]) for g in genes)
        of_landmarks = sum((g in panel) / len(panel) / (1 + covered[g]) for g in genes)
        return (of_targets + of_landmarks) / len(genes) ** 0.5

    while free and len(taken) < count:
        best = max(sorted(free), key=gain)
        own = free[best]
        taken.append(best)
        covered.update(own)
        free = {n: g for n, g in free.items() if len(g & own) / len(g | own) <= MAX_JACCARD}
    return sorted(taken)


def test_a_set_is_a_candidate_by_its_size_its_landmarks_and_its_targets():
    sets = {
        "good": frozenset(range(10)),
        "too small": frozenset(range(9)),
        "too large": frozenset(range(301)),
        "few landmarks": frozenset([0, 1, 2, 3, *range(200, 210)]),
        "few targets": frozenset([0, 1, *range(20, 40)]),
    }
    assert choose(sets, LANDMARKS, TARGETS) == ["good"]


def test_a_set_that_overlaps_a_chosen_one_is_passed_over():
    twin = frozenset(range(10)) | {50}  # shares 10 of 11 genes with "a"
    apart = frozenset([0, 1, 2, *range(60, 75)])  # shares 3 of 25
    sets = {"a": frozenset(range(10)), "b": twin, "c": apart}
    assert choose(sets, LANDMARKS, TARGETS) == ["a", "c"]


def test_a_tie_goes_to_the_smaller_identifier():
    same = frozenset(range(10))
    assert choose({"z": same, "b": same, "k": same}, LANDMARKS, TARGETS) == ["b"]


def test_no_more_sets_are_taken_than_asked_for():
    sets = {f"s{i}": frozenset([i, i + 1, i + 2, *range(10 * i, 10 * i + 10)]) for i in range(6)}
    assert len(choose(sets, LANDMARKS, TARGETS)) > 2
    assert len(choose(sets, LANDMARKS, TARGETS, count=2)) == 2


def test_the_choice_agrees_with_a_literal_reading_of_the_rule(bundle, weights):
    table = bundle.pathways.table.iloc[::12]
    sets = dict(zip(table["pathway"], map(frozenset, table["entrez"]), strict=True))
    landmarks = bundle.genes.entrez.tolist()
    assert choose(sets, landmarks, weights, 12) == literal(sets, landmarks, weights, 12)


def test_the_bundled_vocabulary_is_what_the_rule_chooses(bundle, chosen, weights):
    table = bundle.pathways.table
    usable = table[table["name"].map(is_mechanism)]
    sets = dict(zip(usable["pathway"], map(frozenset, usable["entrez"]), strict=True))
    assert choose(sets, bundle.genes.entrez.tolist(), weights) == list(chosen)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("MAPK Cascade", True),
        ("Apoptosis (Hallmark)", True),
        ("Alzheimers Disease", False),
        ("HIV Infection", False),
        ("Signaling by EGFR in Cancer", False),
    ],
)
def test_a_set_named_after_a_disease_is_no_mechanism(name, is_one):
    assert is_mechanism(name) == is_one


def test_the_vocabulary_holds_mechanisms_only(bundle):
    assert bundle.pathways.vocabulary["name"].map(is_mechanism).all()


def test_the_vocabulary_has_120_to_200_sets(chosen):
    assert 120 <= len(chosen) <= 200


def test_every_chosen_set_keeps_the_rule(bundle, chosen, weights):
    panel = set(bundle.genes.entrez.tolist())
    for name, genes in chosen.items():
        assert MIN_GENES <= len(genes) <= MAX_GENES, name
        assert len(genes & panel) >= MIN_LANDMARKS, name
        assert len(genes & weights.keys()) >= MIN_TARGETS, name


def test_no_two_chosen_sets_overlap_too_much(chosen):
    for (left, one), (right, other) in combinations(chosen.items(), 2):
        assert len(one & other) / len(one | other) <= MAX_JACCARD, (left, right)


def test_the_order_of_the_sets_does_not_matter(bundle, weights):
    table = bundle.pathways.table.iloc[::12]
    sets = dict(zip(table["pathway"], map(frozenset, table["entrez"]), strict=True))
    turned = dict(reversed(sets.items()))
    landmarks = bundle.genes.entrez.tolist()
    assert choose(sets, landmarks, weights, 20) == choose(turned, landmarks, weights, 20)
