"""The graph model learns, answers for any drug and line by their features, and leaks no label."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from badger_core.data.response_drugs import Drugs, Lines
from badger_core.response.drgt import Drgt
from badger_core.response.drgt_lesson import prepare, sizes_of
from badger_core.response.graph import (
    DRUG,
    GENE,
    LINE,
    RESISTANT,
    RESISTANT_BACK,
    SENSITIVE,
    SENSITIVE_BACK,
    Graph,
)
from badger_core.response.network import Batch, DrgtNetwork
from tests.response.drgt_cases import QUICK, held_pairs, quiet, strange, train_of

LABEL_RELATIONS = (SENSITIVE, SENSITIVE_BACK, RESISTANT, RESISTANT_BACK)


@pytest.fixture(scope="module")
def fitted(tiny_nci60):
    return Drgt(QUICK).fit(train_of(tiny_nci60, held_pairs(tiny_nci60)), 7, quiet)


def label_edges_by_name(world, graph):
    found = set()
    for source, target, relation in zip(*(c.tolist() for c in graph.edges[:3]), strict=True):
        if relation in LABEL_RELATIONS:
            ends = (source, target) if source < target else (target, source)
            found.add(tuple(map(world.layout.name, ends)))
    return found


def test_test_pairs_are_never_edges(tiny_nci60, fitted):
    held = held_pairs(tiny_nci60)
    world = fitted.world(tiny_nci60.drugs, tiny_nci60.lines)[0]
    edges = label_edges_by_name(world, world.graph(fitted.pairs))
    known = np.isfinite(train_of(tiny_nci60, held).labels)

    def names(mask):
        rows = zip(*np.nonzero(mask), strict=True)
        return {(tiny_nci60.drugs.keys[d], tiny_nci60.lines.keys[c]) for d, c in rows}

    assert edges
    assert edges <= names(known)
    assert not edges & (names(held) - names(known))


def test_edges_and_lessons_of_a_step_are_disjoint_and_change(tiny_nci60):
    lesson = prepare(train_of(tiny_nci60), replace(QUICK, steps=3, cold=0.3), {}, ())
    generator = torch.Generator().manual_seed(0)
    layout = lesson.task.world.layout
    seen = []
    for batch in lesson.task.batches(generator):
        edges = label_edges_by_name(lesson.task.world, batch.graph)
        ends = zip(batch.drug.tolist(), batch.line.tolist(), strict=True)
        learned = {(layout.drugs[d], layout.lines[c]) for d, c in ends}
        valid = {
            (layout.drugs[d], layout.lines[c])
            for d, c in zip(lesson.task.valid.drug, lesson.task.valid.line, strict=True)
        }
        assert edges
        assert learned
        assert not edges & learned
        assert not (edges | learned) & valid
        seen.append(edges)
    assert seen[0] != seen[1]


def test_cold_drugs_and_lines_have_no_edge_and_no_effect(tiny_nci60):
    lesson = prepare(train_of(tiny_nci60), replace(QUICK, cold=0.5), {}, ())
    batch = next(lesson.task.batches(torch.Generator().manual_seed(1)))
    cold = batch.graph.drug_effect[:, 1] == 0
    assert 5 < int(cold.sum()) < 35
    assert (batch.graph.drug_effect[cold][:, :2] == 0).all()


def test_permuting_the_nodes_leaves_predictions_unchanged(tiny_nci60):
    lesson = prepare(train_of(tiny_nci60), QUICK, {}, ())
    world = lesson.task.world
    torch.manual_seed(0)
    network = DrgtNetwork(sizes_of(world, QUICK)).eval()
    torch.nn.init.normal_(network.head[2].weight)
    torch.nn.init.normal_(network.meet_drug.weight)
    graph = world.graph(lesson.task.train)
    chance = np.random.default_rng(0)
    order = {k: torch.from_numpy(chance.permutation(n)) for k, n in counts(world.layout)}
    node = torch.cat([order[k] + world.layout.start(k) for k in (DRUG, LINE, GENE)])
    place = torch.argsort(node)
    edges = graph.edges._replace(source=place[graph.edges.source], target=place[graph.edges.target])
    other = Graph(
        graph.drugs[order[DRUG]],
        graph.lines[order[LINE]],
        graph.genes[order[GENE]],
        graph.drug_effect[order[DRUG]],
        graph.line_effect[order[LINE]],
        graph.votes[order[DRUG]][:, order[LINE]],
        edges.keep(torch.from_numpy(chance.permutation(len(edges.source)))),
    )
    drug, line = lesson.task.valid.drug, lesson.task.valid.line
    with torch.inference_mode():
        one = network(Batch(graph, drug, line, drug))
        two = network(
            Batch(other, torch.argsort(order[DRUG])[drug], torch.argsort(order[LINE])[line], drug)
        )
    assert one.std() > 0.1
    assert torch.allclose(one, two, atol=1e-5)


def counts(layout):
    return [(k, layout.stop(k) - layout.start(k)) for k in (DRUG, LINE, GENE)]


def test_the_order_of_the_question_does_not_matter(tiny_nci60, fitted):
    chance = np.random.default_rng(1)
    d, c = chance.permutation(len(tiny_nci60.drugs)), chance.permutation(len(tiny_nci60.lines))
    straight = fitted.predict(tiny_nci60.drugs, tiny_nci60.lines)
    turned = fitted.predict(tiny_nci60.drugs.take(d), tiny_nci60.lines.take(c))
    assert np.allclose(straight[np.ix_(d, c)], turned, atol=1e-5)


def test_an_answer_does_not_depend_on_what_else_is_asked(tiny_nci60, fitted):
    drug, line = strange(tiny_nci60)
    alone = fitted.predict(drug, line)
    both = Drugs(
        *(
            np.concatenate([getattr(tiny_nci60.drugs, n), getattr(drug, n)])
            for n in ("keys", "names", "smiles", "bits", "groups")
        )
    )
    lines = Lines(
        *(
            np.concatenate([getattr(tiny_nci60.lines, n), getattr(line, n)])
            for n in ("keys", "expression", "groups")
        )
    )
    assert np.allclose(fitted.predict(both, lines)[-1:, -1:], alone, atol=1e-5)


def test_an_answer_depends_on_the_expression_of_its_line_and_on_the_structure(tiny_nci60, fitted):
    drug, line = strange(tiny_nci60)
    before = fitted.predict(drug, line)[0, 0]
    moved = line.expression.copy()
    moved[0, :5] += 0.5
    assert fitted.predict(drug, Lines(line.keys, moved, line.groups))[0, 0] != before
    bits = drug.bits.copy()
    bits[0, :200] ^= 1
    changed = Drugs(drug.keys, drug.names, drug.smiles, bits, drug.groups)
    assert fitted.predict(changed, line)[0, 0] != before


def test_missing_genes_and_a_line_without_any_get_a_finite_answer(tiny_nci60, fitted):
    drug, line = strange(tiny_nci60)
    empty = Lines(line.keys, np.full_like(line.expression, np.nan), line.groups)
    assert 0 < fitted.predict(drug, empty)[0, 0] < 1


def test_known_keys_are_their_training_nodes(tiny_nci60, fitted):
    _, drug, line = fitted.world(tiny_nci60.drugs, tiny_nci60.lines)
    assert (fitted.drugs.keys[drug] == tiny_nci60.drugs.keys).all()
    assert (fitted.lines.keys[line] == tiny_nci60.lines.keys).all()
