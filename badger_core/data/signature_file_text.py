"""The text of a file of gene lists or of ranks, gzip undone, with limits on its size."""

import gzip
import io
import zlib
from pathlib import Path

from badger_core.data.expression_file_text import decode
from badger_core.errors import SignatureError

MOST_BYTES = 20 * 1024**2
"""Of a file of lists, as it comes and once it is unpacked."""


def plain_text(content: bytes | Path, name: str) -> str:
    """The text of a file, whatever its encoding.

    Raises:
        SignatureError: for a file that is missing, empty, too large or damaged.
        ExpressionError: for bytes that are no text.
    """
    if isinstance(content, Path):
        try:
            with content.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise SignatureError(
                f"'{content}' cannot be opened. Check the name and the folder."
            ) from error
    if content.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(content)) as file:
                content = file.read(MOST_BYTES + 1)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise SignatureError(
                f"'{name}' is compressed, and the end or a part of it is damaged. Compress it "
                "again."
            ) from error
    if len(content) > MOST_BYTES:
        raise SignatureError(
            f"'{name}' has more than {MOST_BYTES // 1024**2} MB. Keep the lists that you ask about."
        )
    if not content.strip():
        raise SignatureError(f"'{name}' is empty. Export it again, with its genes.")
    return decode(content, name)[0]
