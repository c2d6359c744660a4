"""GCTX and h5ad files damaged anywhere: an answer or a message, never a crash or a full memory."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.hostile.hdf5_files import READERS, SOUND, damages
from tests.hostile.hdf5_forks import fates
from tests.hostile.trial import made_up

AT_ONCE = 4
"""Files that a process tries."""
unshrunk = settings(made_up, phases=[Phase.generate])
"""A file that crashes a process would be looked for again and again to make it smaller."""
fewer = settings(unshrunk, max_examples=max(made_up.max_examples // 4, 1))


@pytest.fixture(scope="module", autouse=True)
def _warm():
    """What readers import when they are first used, every forked process would import again."""
    readers = ("expression_file_h5ad", "perturbation_file", "matrix_file", "imports.matrix_source")
    with pytest.MonkeyPatch.context() as patch:
        for name in readers:  # a busy machine takes long to start a process
            patch.setattr(f"badger_core.data.{name}.check_hdf5", lambda *_: None)
        for kind, (read, _) in READERS.items():
            read(SOUND[kind][0])


@pytest.mark.parametrize("kind", READERS)
def test_sound_files_are_read(kind):
    read, named = READERS[kind]
    assert fates(kind, read, SOUND[kind], named) == ["read"] * len(SOUND[kind])


@pytest.mark.parametrize("kind", READERS)
@unshrunk
@given(some=st.lists(damages, min_size=AT_ONCE, max_size=AT_ONCE))
def test_a_file_damaged_anywhere_gives_an_answer_or_a_message(kind, some):
    """Where a changed byte is one of a number the file stays sound and the number is another."""
    read, named = READERS[kind]
    assert len(fates(kind, read, [one.of(SOUND[kind]) for one in some], named)) == AT_ONCE


@pytest.mark.parametrize("kind", READERS)
@fewer
@given(tails=st.lists(st.binary(max_size=200), min_size=8, max_size=8))
def test_other_bytes_behind_a_sound_start_give_a_message(kind, tails):
    read, named = READERS[kind]
    starts = (8, 48, 96, 200, 400, 700, 1000, 1500)
    contents = [SOUND[kind][0][:at] + tail for at, tail in zip(starts, tails, strict=True)]
    assert "read" not in fates(kind, read, contents, named)
