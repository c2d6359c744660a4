"""The text of a file of gene lists or of ranks, gzip undone, with limits on its size."""

from pathlib import Path

from badger_core.data.expression_file_text import decode
from badger_core.errors import SignatureError
from badger_core.files import read_at_most, unpacked

MOST_BYTES = 20 * 1024**2
"""Of a file of lists, as it comes and once it is unpacked."""


def plain_text(content: bytes | Path, name: str) -> str:
    """The text of a file, whatever its encoding.

    Raises:
        SignatureError: for a file that is missing, empty, too large or damaged.
        ExpressionError: for bytes that are no text.
    """
    if isinstance(content, Path):
        content = read_at_most(content, MOST_BYTES, SignatureError)
    content = unpacked(content, name, MOST_BYTES, SignatureError)
    if len(content) > MOST_BYTES:
        raise SignatureError(
            f"'{name}' has more than {MOST_BYTES // 1024**2} MB. Keep the lists that you ask about."
        )
    if not content.strip():
        raise SignatureError(f"'{name}' is empty. Export it again, with its genes.")
    return decode(content, name)[0]
