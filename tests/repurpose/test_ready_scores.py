"""Scores that come with the app are what computing gives, and stale ones are refused."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from badger_core.diseases.signature import catalogue_signature
from badger_core.paths import ROOT
from badger_core.repurpose import ready_scores as ready_room
from badger_core.repurpose.controls import drug_specific
from badger_core.repurpose.hypotheses import HypothesisSettings, hypotheses
from badger_core.repurpose.line_scores import line_scores
from badger_core.repurpose.predictions import SCREENED, library_predictions
from badger_core.repurpose.promiscuity import promiscuity
from badger_core.repurpose.promiscuity_kept import kept_promiscuity
from badger_core.repurpose.ready_scores import FILE, SECTION, ready_for, signature_key
from badger_core.repurpose.reversal import reversal_test
from badger_core.repurpose.shipped import MANIFEST

SHIPPED_FOLDER = ROOT / "data" / "predictions"
LINES = ("YAPC", "PHH")
DISEASES = ("pancreatic cancer", "psoriasis", "hypertension", "breast cancer")


@pytest.fixture(scope="module")
def predicted(bundle, tmp_path_factory):
    """The whole shipped library in two lines."""
    lines = [bundle.cells.find(name) for name in LINES]
    return library_predictions(bundle, None, lines, tmp_path_factory.mktemp("work"))


@pytest.fixture(scope="module")
def ready(bundle, predicted):
    found = ready_for(bundle, predicted)
    assert found is not None, "make the file again with 'badger ship-predictions --only-scores'"
    return found


@pytest.fixture(scope="module")
def signatures(bundle):
    return [catalogue_signature(bundle.diseases, name, bundle.genes) for name in DISEASES]


@pytest.fixture
def copied(tmp_path):
    """The folder of the shipped files, to be harmed; the predictions themselves are left out."""
    for name in (FILE, MANIFEST):
        shutil.copy(SHIPPED_FOLDER / name, tmp_path)
    return tmp_path


def test_the_shipped_scores_are_those_of_the_shipped_predictions(predicted, ready, signatures):
    assert ready.lines == LINES
    computed = line_scores(predicted.changes, signatures)
    np.testing.assert_array_equal(ready.of(signatures), computed)


def test_reversal_is_the_same_either_way(predicted, ready, signatures):
    (own,) = ready.of(signatures[:1])
    with_it = reversal_test(predicted, signatures[0], n_permutations=0, ready=own)
    without = reversal_test(predicted, signatures[0], n_permutations=0)
    pd.testing.assert_frame_equal(with_it.table, without.table, check_exact=True)
    np.testing.assert_array_equal(with_it.lines, without.lines)


def test_promiscuity_is_the_same_either_way(predicted, ready, signatures):
    with_it = promiscuity(predicted, signatures, ready=ready.of(signatures))
    pd.testing.assert_frame_equal(with_it, promiscuity(predicted, signatures))


def test_a_list_needs_no_scoring(bundle, predicted, ready, signatures, monkeypatch, tmp_path):
    def never(*_):
        raise AssertionError("it was scored")

    for room in ("reversal", "promiscuity"):
        monkeypatch.setattr(f"badger_core.repurpose.{room}.line_scores", never)
    shared = kept_promiscuity(bundle, predicted, folder=tmp_path, ready=ready)
    assert not list(tmp_path.iterdir())
    settings = HypothesisSettings(n_permutations=0)
    found = hypotheses(bundle, predicted, signatures[0], settings, shared=shared, ready=ready)
    assert len(found.table) == len(predicted.compounds) + 1


def test_only_the_question_they_answer_is_answered(bundle, predicted, ready, signatures):
    assert ready_for(bundle, predicted, "cosine") is None
    assert ready_for(bundle, predicted, specific=True) is None
    assert ready_for(bundle, predicted._replace(origin=(SCREENED, "shipped"))) is None
    assert ready_for(bundle, predicted._replace(lines=("YAPC", "upload:1"))) is None
    part = predicted._replace(compounds=predicted.compounds.iloc[1:])
    assert ready_for(bundle, part) is None
    narrow = catalogue_signature(bundle.diseases, "psoriasis", bundle.genes, 20)
    assert ready.of([signatures[0], narrow]) is None
    assert ready.of([signatures[1]]) is not None


def test_lines_stand_in_the_order_that_is_asked_for(bundle, predicted, ready):
    turned = ready_for(bundle, predicted._replace(lines=LINES[::-1]))
    np.testing.assert_array_equal(turned.scores, ready.scores[:, :, ::-1])


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ({SECTION: {"sha256": "0" * 64}}, "checksum differs"),
        ({SECTION: {"predictions": "0" * 64}}, "of other predictions"),
        ({SECTION: {"measure": "cosine"}}, "have format 1 (cosine)"),
        ({SECTION: {"format": 9}}, "have format 9"),
        ({"sha256": "0" * 64}, "of other predictions"),
        ({"bundle": "0" * 12}, "over another bundle"),
        ({SECTION: {"compounds": "0" * 16}}, ""),
        ({SECTION: {"lines": ["YAPC"]}}, ""),
    ],
)
def test_stale_scores_are_refused(bundle, predicted, copied, caplog, harm, reason):
    manifest = json.loads((copied / MANIFEST).read_text())
    section = manifest[SECTION] | harm.get(SECTION, {})
    (copied / MANIFEST).write_text(json.dumps(manifest | harm | {SECTION: section}))
    assert ready_for(bundle, predicted, folder=copied) is None
    assert reason in caplog.text
    assert bool(reason) == ("--only-scores" in caplog.text)


def test_a_damaged_or_missing_file_is_refused(bundle, predicted, copied, caplog):
    (copied / FILE).write_bytes((copied / FILE).read_bytes()[:-9])
    assert ready_for(bundle, predicted, folder=copied) is None
    (copied / FILE).unlink()
    assert ready_for(bundle, predicted, folder=copied) is None
    assert "are damaged" in caplog.text


def test_the_key_holds_all_that_a_score_depends_on(signatures):
    first = signatures[0]
    others = [
        type(first)("x", values, up, down, "", first.report, listed)
        for values, up, down, listed in (
            (first.values, first.up[1:], first.down, False),
            (first.values, first.up, first.down[::-1], False),
            (first.values + 1, first.up, first.down, False),
            (first.values, first.up, first.down, True),
        )
    ]
    assert len({signature_key(each) for each in (first, *others)}) == 5
    same = type(first)("x", first.values, first.up, first.down, "", first.report)
    assert signature_key(same) == signature_key(first)


def test_the_specific_part_is_no_part_of_it(bundle, predicted, ready, signatures):
    scores = line_scores(drug_specific(predicted).changes, signatures[:1])
    assert not np.array_equal(scores, ready.of(signatures[:1]))


def test_room_and_manifest_agree():
    told = json.loads((SHIPPED_FOLDER / MANIFEST).read_text())
    assert told[SECTION]["measure"] == ready_room.MEASURE
    assert told[SECTION]["bytes"] == (SHIPPED_FOLDER / FILE).stat().st_size
    assert told[SECTION]["lines"] == told["lines"]
