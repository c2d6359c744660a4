"""The text of an uploaded file: its encoding found, and what is no text refused by name."""

import re

from badger_core.decoding import decoded
from badger_core.errors import MoleculeError
from badger_core.limits import limits

_KNOWN = {  # the first bytes of files that people upload by mistake
    b"PK\x03\x04": "an Excel workbook or a ZIP archive. Save the sheet as CSV, or unpack it",
    b"PK\x05\x06": "an empty ZIP archive. Put a file into it, or save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file. Save the sheet as CSV",
    b"%PDF": "a PDF. Copy the structures out of it, one SMILES per line",
    b"\x1f\x8b": "compressed with gzip. Unpack it",
    b"BZh": "compressed with bzip2. Unpack it",
    b"\xfd7zXZ": "compressed with xz. Unpack it",
    b"7z\xbc\xaf": "a 7z archive. Unpack it",
    b"Rar!": "a RAR archive. Unpack it",
    b"\x89PNG": "a picture. Draw the structure instead, or paste its SMILES",
    b"GIF8": "a picture. Draw the structure instead, or paste its SMILES",
    b"\xff\xd8\xff": "a picture. Draw the structure instead, or paste its SMILES",
    b"VjCD": "a binary ChemDraw file. Save it as MOL or SDF",
    b"\x89HDF": "an HDF5 file. Export its structures as CSV",
    b"\x7fELF": "a program. Give a table or an SD file",
    b"{\\rtf": "a document in RTF. Save it as plain text, one SMILES per line",
    b"@<TRIPOS>": "a MOL2 file. Convert it to SDF",
}
_KNOWN_TEXTS = {  # by the first word
    "<!doctype": "a web page. Save the table as CSV",
    "<html": "a web page. Save the table as CSV",
    "<cdxml": "a ChemDraw file. Save it as MOL or SDF",
    "<?xml": "an XML file. Save the structures as SDF or CSV",
    "$rxn": "a reaction file. Save its compounds as SDF",
    "$rdfile": "a reaction file. Save its compounds as SDF",
}
_BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_LOOKED_AT = 4096
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PART = 50  # one control character in so many bytes is no text


def decode(data: bytes, name: str = "the file") -> str:
    """The text in UTF-8, UTF-16 or UTF-32 with their mark, or else line by line in Windows-1252.

    Any line ends become newlines. A file with lines in UTF-8 and in Windows-1252 (which is Latin-1
    with more signs) is read as it was meant.

    Args:
        data: content of the file.
        name: what messages call it.

    Raises:
        MoleculeError: the file is empty, too large, or no text.
    """
    if not data.strip():
        raise MoleculeError(f"'{name}' is empty. Give an SDF, MOL, SMI, CSV or TSV file.")
    most = limits().structure_mb
    if len(data) > most * 1024**2:
        raise MoleculeError(
            f"'{name}' has {len(data) / 1024**2:.1f} MB; at most {most} MB are read. "
            "Split it into several files."
        )
    for start, what in _KNOWN.items():
        if data.startswith(start):
            raise MoleculeError(f"'{name}' is {what}, then upload that.")
    encoding = next((e for mark, e in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")
    head = data[:_LOOKED_AT]
    if "utf-8" not in encoding and encoding:
        text = _marked(data, encoding, name)
    elif _PART * len(_CONTROL.findall(head)) > len(head):
        raise MoleculeError(
            f"'{name}' is binary, not text. Give an SDF, MOL, SMI, CSV or TSV file, in UTF-8."
        )
    else:
        text = _unmarked(data.removeprefix(b"\xef\xbb\xbf"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = text[:200].split(maxsplit=1)
    for word, what in _KNOWN_TEXTS.items():
        if first and first[0].lower().startswith(word):
            raise MoleculeError(f"'{name}' is {what}, then upload that.")
    return text


def _marked(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise MoleculeError(
            f"'{name}' begins as {encoding.upper()}, but is damaged or cut short at byte "
            f"{error.start + 1:,}. Save it again, as UTF-8."
        ) from error


def _unmarked(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(map(decoded, re.split(rb"(?<=[\r\n])", data)))
