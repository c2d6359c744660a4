"""The text of a file line by line: its encoding is found out, and the file never held twice."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass

from badger_core.decoding import decoded
from badger_core.errors import BadgerError

_PIECE = 1 << 20
_HEAD = 20_000
_MOST_CONTROL = 0.01
"""Share of control characters from which bytes are no text."""
_MIXED = "UTF-8 and Windows-1252 mixed"


@dataclass(frozen=True)
class TextLines:
    """A text that can be gone through again and again.

    Attributes:
        content: the bytes.
        encoding: 'UTF-8', 'UTF-16', 'Windows-1252', or that UTF-8 is mixed with it.
    """

    content: bytes
    encoding: str

    def __iter__(self) -> Iterator[str]:
        """Lines without their ends, whatever program wrote these."""
        if self.encoding.startswith("UTF-8") or self.encoding == "UTF-16":
            name = "utf-16" if self.encoding == "UTF-16" else "utf-8-sig"
            if self.encoding != _MIXED:
                file = io.TextIOWrapper(io.BytesIO(self.content), name, newline=None)
                yield from (line.rstrip("\n") for line in file)
                return
        for raw in io.BytesIO(self.content):
            for line in decoded(raw).rstrip("\r\n").split("\r"):
                yield line.removeprefix("\ufeff")

    @property
    def is_ended(self) -> bool:
        """Whether the last line ends as the others do."""
        return self.content.rstrip(b"\0")[-1:] in (b"\n", b"\r")

    def head(self, most: int = _HEAD) -> str:
        """The first characters, `most` or a few less."""
        text = self.content[: 4 * most]
        return (
            text.decode("utf-16" if self.encoding == "UTF-16" else "utf-8", "ignore")[:most]
            if self.encoding in ("UTF-8", "UTF-16")
            else "\n".join(decoded(raw) for raw in text.splitlines())[:most]
        )


def text_lines(content: bytes, name: str, error: type[BadgerError]) -> TextLines:
    """The lines of a file.

    UTF-8 (with or without mark), UTF-16 with mark (Excel's 'Unicode text'), else Windows-1252; a
    file put together of UTF-8 and Windows-1252 is read line by line as what each line is.

    Raises:
        error: for bytes that are no text.
    """
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    whole = _decodes(content, "utf-16" if marked else "utf-8")
    if marked:
        found = TextLines(content, "UTF-16")
    elif whole:
        found = TextLines(content, "UTF-8")
    else:
        marks = any(_is_utf8(raw) and not raw.isascii() for raw in io.BytesIO(content))
        found = TextLines(content, _MIXED if marks else "Windows-1252")
    head = found.head() if whole or not marked else "\0"
    strange = sum((ch < " " and ch not in "\t\r\n\f") or "\x7f" <= ch <= "\x9f" for ch in head)
    nul = "\0" in head or (not marked and b"\0" in content)
    if nul or strange > _MOST_CONTROL * len(head):
        raise error(
            f"'{name}' holds no text that can be read as a table. Save it as CSV (UTF-8), and give "
            "any other file under its own ending."
        )
    return found


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(content), _PIECE):
            decoder.decode(content[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
