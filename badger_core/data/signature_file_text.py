"""The text of a file of gene lists or of ranks, gzip undone, with limits on its size."""

from pathlib import Path

from badger_core.data.text_lines import text_lines
from badger_core.errors import SignatureError
from badger_core.files import read_at_most, unpacked
from badger_core.limits import limits


def plain_text(content: bytes | Path, name: str) -> str:
    """The text of a file, whatever its encoding; lines end in a line feed.

    Raises:
        SignatureError: for a file that is missing, empty, too large, damaged, or no text.
    """
    most = limits().list_mb * 1024**2
    if isinstance(content, Path):
        content = read_at_most(content, most, SignatureError)
    content = unpacked(content, name, most, SignatureError) if len(content) <= most else content
    if len(content) > most:
        raise SignatureError(
            f"'{name}' has more than {limits().list_mb} MB. Keep the lists that you ask about."
        )
    if not content.strip():
        raise SignatureError(f"'{name}' is empty. Export it again, with its genes.")
    return "\n".join(text_lines(content, name, SignatureError))
