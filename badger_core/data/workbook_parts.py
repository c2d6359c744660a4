"""The parts of a workbook (.xlsx), unpacked and parsed piece by piece within bounds.

What a part says of its own size is not believed; what no spreadsheet program writes is refused: a
document type (which could define entities that grow without end, or name other files), encryption,
deep nesting, other packing than deflate. Format: ECMA-376 (Office Open XML), parts 1 and 2.
"""

import io
import posixpath
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from badger_core.errors import ExpressionError
from badger_core.limits import limits

_PIECE = 1 << 18
_LONGEST_TOKEN = 1 << 22
"""Bytes of one tag or comment, which expat scans again with every piece."""
_MOST_PARTS = 10_000
_DEEPEST = 64
_MOST_SMALL = 500_000
"""Elements of a part that only describes."""
_ENTRY = b"PK\x01\x02"
_BROKEN = (
    BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError, RuntimeError,
    NotImplementedError, struct.error, zlib.error, expat.ExpatError,
)  # fmt: skip

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Element(NamedTuple):
    """A start tag: its name and attributes, without namespaces."""

    tag: str
    attributes: dict[str, str]


class Parts:
    """The parts of one workbook.

    Attributes:
        name: of the file, for messages.
        names: of all parts.
    """

    def __init__(self, content: bytes, name: str) -> None:
        """Open the archive.

        Raises:
            ExpressionError: if it is damaged or has more parts than any workbook.
        """
        self.name = name
        self._left = limits().unpacked_mb * 1024**2
        if content.count(_ENTRY) > _MOST_PARTS:
            raise ExpressionError(
                f"'{name}' is an archive of more than {_MOST_PARTS:,} parts, no workbook. Save the "
                "sheet as CSV."
            )
        try:
            self._archive = ZipFile(io.BytesIO(content))
            self.names = frozenset(self._archive.namelist())
        except _BROKEN as error:
            raise ExpressionError(
                f"'{name}' is a damaged archive. Save the workbook again."
            ) from error

    def elements(self, path: str) -> list[Element]:
        """The start tags of a small part, in their order; none where the part is not there.

        Raises:
            ExpressionError: see `parse`.
        """
        found: list[Element] = []
        if path not in self.names:
            return found

        def start(tag: str, attributes: dict[str, str]) -> None:
            if len(found) >= _MOST_SMALL:
                raise self.damaged(path)
            found.append(Element(tag, attributes))

        self.parse(path, start, lambda tag: None, lambda text: None)
        return found

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """Id of a relationship of a part to its kind and the path of the part that is meant."""
        folder, file = posixpath.split(path)
        found = {}
        for tag, attributes in self.elements(posixpath.join(folder, "_rels", f"{file}.rels")):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, target.lstrip("/"))
        return found

    def parse(self, path: str, start: Start, end: End, text: Callable[[str], None]) -> None:
        """Go through a part.

        Args:
            path: of the part.
            start: called with the name of a tag and its attributes, without namespaces.
            end: called with the name of a tag.
            text: called with pieces of text.

        Raises:
            ExpressionError: for a part that is missing, damaged or too large, or holds what no
                spreadsheet program writes.
        """
        depth = 0
        local: dict[str, str] = {}

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise self.damaged(path)
            plain = local.get(tag)
            if plain is None:
                if len(local) > _MOST_PARTS:
                    raise self.damaged(path)
                plain = local[tag] = tag.rpartition(" ")[2]
            start(plain, attributes)

        def finish(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(local[tag])

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = begin, finish
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._refuse_entities
        try:
            fed = 0
            for piece in self._pieces(self._archive.getinfo(path)):
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TOKEN:
                    raise self.damaged(path)
            parser.Parse(b"", True)
        except _BROKEN as error:
            raise self.damaged(path) from error

    def damaged(self, path: str) -> ExpressionError:
        """The error of a part that cannot be read."""
        return ExpressionError(
            f"'{self.name}' is a damaged workbook (its part '{path[:60]}'). Open it and save it "
            "again, as .xlsx or as CSV."
        )

    def _pieces(self, part: ZipInfo) -> Iterator[bytes]:
        """The content, as far as the limit allows: the size that the archive states is a claim."""
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or part.flag_bits & 1:
            raise ValueError("packed as no workbook is")
        with self._archive.open(part) as file:
            while piece := file.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise ExpressionError(
                        f"'{self.name}' unpacks to more than {limits().unpacked_mb} MB. Save the "
                        "sheet as CSV with the samples that you ask about."
                    )
                yield piece

    def _refuse_entities(self, *_: object) -> None:
        raise ExpressionError(
            f"'{self.name}' holds a document type (DTD), which no spreadsheet program writes and "
            "which can do harm. Save the workbook again, or the sheet as CSV."
        )
