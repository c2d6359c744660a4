"""Kept promiscuity: read back, made again where damaged, never that of another question."""

import pandas as pd
import pytest

from badger_core.repurpose import promiscuity_kept
from badger_core.repurpose.promiscuity_kept import kept_promiscuity


@pytest.fixture
def counted(monkeypatch):
    """How often it is worked out, on the first two diseases."""
    calls = []
    signatures = promiscuity_kept.all_signatures

    def few(bundle):
        calls.append(1)
        return signatures(bundle)[:2]

    monkeypatch.setattr(promiscuity_kept, "all_signatures", few)
    return calls


def test_it_is_kept_by_all_that_it_depends_on(bundle, measured, tmp_path, counted):
    first = kept_promiscuity(bundle, measured, folder=tmp_path)
    again = kept_promiscuity(bundle, measured, folder=tmp_path)
    pd.testing.assert_frame_equal(first, again, check_dtype=False)
    assert len(counted) == 1
    kept_promiscuity(bundle, measured, "cosine", folder=tmp_path)
    kept_promiscuity(
        bundle, measured._replace(changes=measured.changes + 1), "cosine", folder=tmp_path
    )
    assert len(counted) == 3
    assert len(list(tmp_path.glob("*.csv"))) == 3


def test_a_damaged_file_is_made_again(bundle, measured, tmp_path, counted):
    first = kept_promiscuity(bundle, measured, folder=tmp_path)
    (file,) = tmp_path.glob("*.csv")
    file.write_text("ik14,x\n1\n")
    again = kept_promiscuity(bundle, measured, folder=tmp_path)
    pd.testing.assert_frame_equal(first, again)
    file.write_bytes(b"\xff\xfe\x00")
    kept_promiscuity(bundle, measured, folder=tmp_path)
    assert len(counted) == 3
    assert kept_promiscuity(bundle, measured).equals(first)
