"""The sheets of a workbook with their parts, its shared texts, and which styles show dates."""

import re
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from badger_core.data.workbook_parts import Parts
from badger_core.errors import ExpressionError

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARKUP = 2_000_000
"""Elements of shared texts beside the texts: fonts and colours of their parts."""
_MOST_TEXTS = 1_000_000


class SheetPart(NamedTuple):
    """A sheet of cells: its title, whether a person sees it, and where it is."""

    title: str
    visible: bool
    path: str


class Book(NamedTuple):
    """What is known of a workbook before its cells are read.

    Attributes:
        parts: of the archive.
        sheets: in their order; charts and macros left out.
        texts_path, styles_path: of the parts that all sheets share, '' where there are none.
        since_1904: whether dates count from 1904.
    """

    parts: Parts
    sheets: tuple[SheetPart, ...]
    texts_path: str
    styles_path: str
    since_1904: bool


def open_book(content: bytes, name: str) -> Book:
    """The sheets of a workbook.

    Raises:
        ExpressionError: for another archive, a damaged workbook, or one without a sheet of cells.
    """
    parts = Parts(content, name)
    main = next((p for kind, p in parts.related("").values() if kind == "officeDocument"), "")
    if main not in parts.names or not main.endswith(".xml"):
        raise ExpressionError(f"'{name}' {_other(parts)}")
    related = parts.related(main)
    elements = parts.elements(main)
    shared = dict(related.values())
    sheets = []
    for tag, attributes in elements:
        if tag != "sheet":
            continue
        at = next((value for key, value in attributes.items() if key.endswith(" id")), "")
        kind, path = related.get(at, ("", ""))
        if kind == "worksheet" and path in parts.names:
            visible = attributes.get("state", "visible") == "visible"
            sheets.append(SheetPart(attributes.get("name", ""), visible, path))
    if not sheets:
        raise ExpressionError(f"'{name}' has no sheet of cells. Save the table as .xlsx or as CSV.")
    since_1904 = any(
        tag == "workbookPr" and attributes.get("date1904") in ("1", "true")
        for tag, attributes in elements
    )
    return Book(
        parts, tuple(sheets), shared.get("sharedStrings", ""), shared.get("styles", ""), since_1904
    )


def shared_texts(book: Book) -> list[str]:
    """The texts that cells of kind 's' point to.

    Raises:
        ExpressionError: for a damaged part, or too many texts.
    """
    found: list[str] = []
    if book.texts_path not in book.parts.names:
        return found
    pieces: list[str] = []
    here = sounded = False  # within a text; within a note of how it is spoken
    markup = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal here, sounded, markup
        if tag == "t":
            here = not sounded
        elif tag == "si":
            pieces.clear()
        else:
            markup += 1
            sounded = sounded or tag == "rPh"
            if markup > _MARKUP:
                raise book.parts.damaged(book.texts_path)

    def end(tag: str) -> None:
        nonlocal here, sounded
        if tag == "t":
            here = False
        elif tag == "rPh":
            sounded = False
        elif tag == "si":
            found.append("".join(pieces))
            pieces.clear()
            if len(found) > _MOST_TEXTS:
                raise ExpressionError(
                    f"'{book.parts.name}' holds more than {_MOST_TEXTS:,} texts. Save the sheet as"
                    " CSV."
                )

    def text(piece: str) -> None:
        if here:
            pieces.append(piece)

    book.parts.parse(book.texts_path, start, end, text)
    return found


def date_styles(book: Book) -> frozenset[str]:
    """The styles of cells whose numbers are shown as dates.

    Raises:
        ExpressionError: for a damaged part.
    """
    formats = {str(at): text for at, text in BUILTIN_FORMATS.items()}
    styles: list[str] = []
    within = False
    for tag, attributes in book.parts.elements(book.styles_path):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:200]
        elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            within = tag == "cellXfs"
        elif tag == "xf" and within:
            styles.append(attributes.get("numFmtId", "0"))
    dates = {at for at, text in formats.items() if is_date_format(text)}
    return frozenset(str(at) for at, style in enumerate(styles) if style in dates)


def shown_date(value: str, since_1904: bool) -> str:
    """A date as a spreadsheet shows a mangled gene symbol: '1-Mar'; any other value as it is.

    Args:
        value: days since 1900 or 1904, or an ISO date.
        since_1904: which of them.
    """
    epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    if match := re.match(r"\d{4}-(\d{2})-(\d{2})", value):
        month, day = int(match[1]), int(match[2])
    else:
        try:
            found = from_excel(float(value), epoch)
            month, day = found.month, found.day
        except (ValueError, OverflowError, AttributeError, TypeError):
            return value  # a time of day, or no date at all
    return f"{day}-{_MONTHS[month - 1]}" if 1 <= month <= 12 else value


def _other(parts: Parts) -> str:
    """What an archive is that is no workbook of this kind."""
    if "xl/workbook.bin" in parts.names:
        return "is a binary workbook (.xlsb). Save it as .xlsx or as CSV."
    if {"content.xml", "mimetype"} <= parts.names:
        return "is a file of LibreOffice or OpenOffice (.ods). Save it as .xlsx or as CSV."
    if any(name.endswith(".xlsx") for name in parts.names):
        return "is an archive that holds a workbook. Unpack it and upload the workbook itself."
    if "[Content_Types].xml" in parts.names:
        return "is a damaged workbook or another document. Save the table as .xlsx or as CSV."
    return "is an archive, no workbook. Unpack it and upload the table itself."
