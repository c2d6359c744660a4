"""Files are written whole, and read up to a limit with gzip undone."""

import gzip

import pytest

from badger_core.errors import ExpressionError, SignatureError
from badger_core.files import read_at_most, unpacked, write_whole


def test_one_byte_more_than_may_be_there_is_read(tmp_path):
    path = tmp_path / "x"
    write_whole(path, b"12345")
    assert read_at_most(path, 5, SignatureError) == b"12345"
    assert read_at_most(path, 3, SignatureError) == b"1234"


@pytest.mark.parametrize("error", [SignatureError, ExpressionError])
def test_what_cannot_be_opened_or_unpacked_is_an_error_of_the_caller(tmp_path, error):
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(error, match="cannot be opened"):
            read_at_most(path, 5, error)
    packed = gzip.compress(b"abc" * 100)
    for damaged in (packed[:-9], packed[:4], packed[:20] + b"\x00" * 8 + packed[28:]):
        with pytest.raises(error, match="is compressed, and the end or a part of it is damaged"):
            unpacked(damaged, "x.gz", 1000, error)


def test_gzip_is_undone_up_to_the_limit_and_other_content_left():
    packed = gzip.compress(b"0" * 5000)
    assert unpacked(packed, "x", 10, SignatureError) == b"0" * 11
    assert unpacked(packed, "x", 6000, SignatureError) == b"0" * 5000
    assert unpacked(b"plain", "x", 2, SignatureError) == b"plain"
