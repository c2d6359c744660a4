"""The explanation of one prediction: against the maps themselves, and by hand."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from badger_core.errors import CheckpointError, GeneError, SettingError
from badger_core.explain import prediction
from badger_core.explain.attention import fragment_share, pathway_mass, pathway_use, route
from badger_core.explain.prediction import explain_prediction
from badger_core.explain.prediction_maps import NONE, fragment_names
from badger_core.explain.prediction_routes import Focus, route_rows, routes
from badger_core.explain.prediction_tables import (
    INFERRED,
    KNOWN,
    TAUGHT,
    agreement_table,
    fragment_map,
    fragment_table,
    gene_map,
    marks,
    pathway_table,
)
from badger_core.explain.prediction_targets import targets_in_pathways


@pytest.fixture(scope="module")
def explained(predictor, vemurafenib, bundle):
    return explain_prediction(predictor.ensemble, vemurafenib, bundle.cells.find("A375"), bundle)


@pytest.fixture(scope="module")
def raw(predictor, vemurafenib, bundle):
    """Each member's own maps and its batch."""
    line = bundle.cells.find("A375")
    said = []
    for member in predictor.ensemble:
        batch = member.batch([vemurafenib], [member.cells.of(line)])
        with torch.inference_mode():
            said.append((member.network(batch), batch))
    return said


def test_weights_sum_to_one_with_the_pseudo_token(explained):
    for maps in (explained.to_pathway, explained.to_gene):
        assert maps.sum(axis=-1) == pytest.approx(1, abs=1e-5)
    for shares in (explained.attention, explained.used):
        assert shares.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_a_cell_is_the_raw_attention_of_the_members(explained, raw):
    for m, (output, _) in enumerate(raw):
        for name, maps in (
            ("fragment_to_pathway", explained.to_pathway),
            ("pathway_to_gene", explained.to_gene),
        ):
            assert maps[m] == pytest.approx(output.weights[name][0].mean(dim=0).numpy())
    by_hand = np.mean([o.weights["pathway_to_gene"][0, :, 7, 11].mean().item() for o, _ in raw])
    table = gene_map(explained, [3, 11], [7])
    assert table.iloc[1, 2] == pytest.approx(by_hand)
    by_hand = np.mean([o.weights["fragment_to_pathway"][0, :, 11, 2].mean().item() for o, _ in raw])
    assert fragment_map(explained, [11]).iloc[0, 2 + 2] == pytest.approx(by_hand)


def test_means_over_members_are_those_of_each_member_alone(explained, raw):
    shares = np.stack([fragment_share(o.weights, b)[0].numpy() for o, b in raw])
    table = fragment_table(explained)
    assert table["attention"].to_numpy() == pytest.approx(shares.mean(axis=0), abs=1e-6)
    assert table["attention_sd"].to_numpy() == pytest.approx(shares.std(axis=0), abs=1e-6)
    mass = np.stack([pathway_mass(o.weights)[0].numpy() for o, _ in raw])
    use = np.stack([pathway_use(o.weights)[0].numpy() for o, _ in raw])
    table = pathway_table(explained).set_index("pathway").loc[explained.pathways["pathway"]]
    assert table["mass"].to_numpy() == pytest.approx(mass.mean(axis=0), abs=1e-6)
    assert table["use_sd"].to_numpy() == pytest.approx(use.std(axis=0), abs=1e-6)
    assert table["through"].to_numpy() == pytest.approx((mass * use).mean(axis=0), abs=1e-6)
    assert table["none"].to_numpy() == pytest.approx(1 - table["mass"].to_numpy(), abs=1e-6)


def test_routes_are_those_of_the_attention_module(explained, raw):
    gene = 5
    whole = routes(explained, [gene], len(explained.pathways))
    theirs = np.mean([route(o.weights, b, gene)[0].numpy() for o, b in raw], axis=0)  # (P, F)
    ours = np.empty_like(theirs)
    ours[whole.pathways] = whole.share[:-1, :, 0].T
    assert ours == pytest.approx(theirs, abs=1e-7)


def test_all_routes_and_the_pseudo_token_make_the_whole(explained):
    found = routes(explained, [1, 2, 3], len(explained.pathways))
    pseudo = explained.to_gene[:, [1, 2, 3], -1].mean()
    assert found.carried + pseudo == pytest.approx(1, abs=1e-5)
    assert found.even == pytest.approx(160 / 161)
    rows = route_rows(explained, found)
    assert rows["share"].sum() == pytest.approx(found.carried)
    assert rows["share"].is_monotonic_decreasing
    assert set(rows["fragment"]) == {*fragment_names(explained), NONE}


def test_a_focus_keeps_only_its_routes(explained):
    whole = routes(explained, [1, 2], len(explained.pathways))
    at = int(np.flatnonzero(whole.pathways == 9)[0])
    through = routes(explained, [1, 2], 10, Focus(pathway=9))
    assert through.pathways.tolist() == [9]
    assert through.share[:, 0] == pytest.approx(whole.share[:, at])
    of_fragment = routes(explained, [1, 2], 160, Focus(fragment=0))
    assert of_fragment.share[1:].sum() == 0
    assert of_fragment.share[0].sum() == pytest.approx(whole.share[0].sum())
    one = routes(explained, [1, 2], 160, Focus(gene=2))
    assert one.genes.tolist() == [2]
    assert routes(explained, [1], 2, pathways=[4, 7, 9]).pathways.tolist()[0] in (4, 7, 9)


def test_the_order_of_fragments_does_not_matter(explained, predictor, vemurafenib, bundle):
    """Fragments reversed on the way in give the same numbers, reversed."""
    line = bundle.cells.find("A375")

    class Reversed:
        def __init__(self, member):
            self._member = member

        def __getattr__(self, name):
            return getattr(self._member, name)

        def batch(self, molecules, features):
            batch = self._member.batch(molecules, features)
            return batch._replace(fragments=batch.fragments.flip(1))

    members = [Reversed(member) for member in predictor.ensemble[:2]]
    other = explain_prediction(members, vemurafenib, line, bundle)
    for name in ("attention", "used", "order", "size"):
        expected = getattr(explained, name)[:2, ::-1]
        assert getattr(other, name) == pytest.approx(expected, abs=1e-5)
    assert other.to_pathway[..., :-1] == pytest.approx(
        explained.to_pathway[:2, :, -2::-1], abs=1e-5
    )
    assert other.to_gene == pytest.approx(explained.to_gene[:2], abs=1e-5)


def test_the_parts_are_those_of_the_ranking(explained, predictor):
    assert explained.parts == predictor.ask("vemurafenib", "A375").manifest["parts"]


def test_one_fragment_cannot_be_deleted(predictor, caffeine, mcf7, bundle):
    found = explain_prediction(predictor.ensemble, caffeine, mcf7, bundle)
    table = fragment_table(found)
    assert table["attention"].tolist() == pytest.approx([1])
    assert table[["order", "order_sd", "size"]].isna().all(axis=None)
    assert agreement_table(found)["in_words"].tolist()[:2] == ["cannot be told"] * 2


def test_an_uploaded_line_is_explained(predictor, vemurafenib, mcf7, bundle, explained):
    line = replace(
        mcf7,
        name="upload:abc",
        display_name="mine",
        reference=bundle.cells.platform_profiles(mcf7.platform),
    )
    found = explain_prediction(predictor.ensemble, vemurafenib, line, bundle)
    assert found.to_gene.shape == explained.to_gene.shape
    assert found.to_gene.sum(axis=-1) == pytest.approx(1, abs=1e-5)


def test_marks_tell_taught_from_known_from_inferred(explained):
    said = marks(explained)
    held = explained.pathways["targets"].map(bool)
    assert {said[i] for i in np.flatnonzero(held)} == {TAUGHT}
    assert {said[i] for i in np.flatnonzero(~held)} == {INFERRED}
    fresh = replace(explained, shown=(False,) * len(explained.members))
    assert set(marks(fresh)) == {KNOWN, INFERRED}
    table = pathway_table(explained, "mass")
    assert (table.loc[table["targets"] != "", "shown_to"] == 5).all()
    assert (table.loc[table["targets"] == "", "shown_to"] == 0).all()


def test_supervision_counts_only_where_a_member_was_shown_the_compound(predictor):
    member = predictor.ensemble[0]
    key = member.card.taught_compounds[0]
    assert prediction._was_shown(member, key)
    assert not prediction._was_shown(member, "NEVERPROFILED0")
    card = replace(member.card, training={**member.card.training, "pathway_weight": 0})
    assert not prediction._was_shown(replace(member, card=card), key)


def test_targets_stand_in_the_pathways_that_hold_them(bundle, vemurafenib):
    found = targets_in_pathways(bundle, vemurafenib.ik14)
    labels = bundle.pathway_labels[vemurafenib.ik14]
    assert [bool(targets) for targets in found] == labels.tolist()
    assert {t for targets in found for t in targets} == {"BRAF", "RAF1"}
    assert targets_in_pathways(bundle, "NEVERPROFILED0") == [()] * len(labels)


def test_what_does_not_exist_gets_a_sentence(explained, predictor, vemurafenib, mcf7, bundle):
    assert explained.genes["symbol"].iloc[explained.gene("ptgs2")] == "PTGS2"
    with pytest.raises(GeneError, match="none of the 978 landmark genes"):
        explained.gene("NOGENE")
    with pytest.raises(SettingError, match="through, mass or use"):
        explained.order_by("name")

    class Blind(torch.nn.Module):
        def forward(self, batch):
            return replaced

    replaced = (
        predictor.ensemble[0]
        .network(predictor.ensemble[0].batch([vemurafenib], [predictor.ensemble[0].cells.of(mcf7)]))
        ._replace(weights={})
    )
    with pytest.raises(CheckpointError, match="no attention map"):
        explain_prediction([replace(predictor.ensemble[0], network=Blind())], vemurafenib, mcf7,
                           bundle)  # fmt: skip
