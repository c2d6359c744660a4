"""The graph model learns by heart, repeats itself, goes on where it stopped and can be kept."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from badger_core.errors import SettingError
from badger_core.response.drgt import Drgt
from badger_core.response.drgt_lesson import prepare, sizes_of
from badger_core.response.drgt_settings import DrgtSettings
from badger_core.response.network import Batch, DrgtNetwork
from tests.response.drgt_cases import QUICK, quiet, train_of


@pytest.fixture(scope="module")
def fitted(tiny_nci60):
    return Drgt(QUICK).fit(train_of(tiny_nci60), 7, quiet)


def test_it_learns_a_handful_of_pairs_by_heart(tiny_nci60):
    settings = replace(QUICK, hidden=32, dropout=0.0, attention_dropout=0.0, head_dropout=0.0)
    lesson = prepare(train_of(tiny_nci60), settings, {}, ())
    torch.manual_seed(0)
    network = DrgtNetwork(sizes_of(lesson.task.world, settings))
    batch = next(lesson.task.batches(torch.Generator().manual_seed(0)))
    rows = torch.arange(24)
    batch = Batch(batch.graph, batch.drug[rows], batch.line[rows], batch.value[rows])
    assert 0 < batch.value.mean() < 1
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
    for _ in range(120):
        loss = lesson.task.loss(network(batch), batch)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert loss.item() < 0.02


def test_a_seed_gives_the_same_model_and_another_seed_another(tiny_nci60):
    train = train_of(tiny_nci60)
    settings = replace(QUICK, refit=False)
    first, again, other = (Drgt(settings).fit(train, seed, quiet) for seed in (1, 1, 2))
    asked = (tiny_nci60.drugs, tiny_nci60.lines)
    assert np.array_equal(first.predict(*asked), again.predict(*asked))
    assert not np.array_equal(first.predict(*asked), other.predict(*asked))


def test_an_interrupted_run_goes_on_and_ends_with_the_same_weights(tiny_nci60, tmp_path):
    train = train_of(tiny_nci60)
    straight = Drgt(QUICK).fit(train, 5, quiet)

    def stop(sentence):
        if sentence.startswith("epoch 2/"):
            raise KeyboardInterrupt

    heard = []
    with pytest.raises(KeyboardInterrupt):
        Drgt(QUICK, folder=tmp_path).fit(train, 5, stop)
    resumed = Drgt(QUICK, folder=tmp_path).fit(train, 5, heard.append)
    assert heard[0] == "going on after epoch 2"
    for name, value in straight.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name


def test_area_under_the_curve_is_answered_on_its_own_scale(tiny_ctrp):
    model = Drgt(replace(QUICK, epochs=15, patience=15)).fit(train_of(tiny_ctrp), 3, quiet)
    answers = model.predict(tiny_ctrp.drugs, tiny_ctrp.lines)
    known = np.isfinite(tiny_ctrp.labels)
    assert np.isfinite(answers).all()
    assert np.corrcoef(answers[known], tiny_ctrp.labels[known])[0, 1] > 0.6
    assert abs(answers.mean() - np.nanmean(tiny_ctrp.labels)) < np.nanstd(tiny_ctrp.labels)


@pytest.mark.parametrize(
    "wrong", [{"heads": 5}, {"edge_share": 1.0}, {"cold": 1.0}, {"epochs": 0}, {"heads": 0}]
)
def test_settings_that_cannot_be_are_refused(wrong):
    with pytest.raises(SettingError):
        DrgtSettings(**wrong)
