"""The text of an uploaded file: its encoding found, and what is no text refused by name."""

from badger_core.errors import MoleculeError

MAX_BYTES = 20_000_000
"""The largest file that is read: 20 MB."""

_KNOWN = {  # the first bytes of files that people upload by mistake
    b"PK\x03\x04": "an Excel workbook or a ZIP archive. Save the sheet as CSV, or unpack it",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file. Save the sheet as CSV",
    b"%PDF": "a PDF. Copy the structures out of it, one SMILES per line",
    b"\x1f\x8b": "compressed with gzip. Unpack it",
    b"\x89PNG": "a picture. Draw the structure instead, or paste its SMILES",
    b"\xff\xd8\xff": "a picture. Draw the structure instead, or paste its SMILES",
    b"VjCD": "a binary ChemDraw file. Save it as MOL or SDF",
}
_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_LOOKED_AT = 4096


def decode(data: bytes, name: str = "the file") -> str:
    """The text in UTF-8, UTF-16 with its mark, or else Latin-1; any line ends become newlines.

    Args:
        data: content of the file.
        name: what messages call it.

    Raises:
        MoleculeError: the file is empty, too large, or no text.
    """
    if not data.strip():
        raise MoleculeError(f"'{name}' is empty. Give an SDF, MOL, SMI, CSV or TSV file.")
    if len(data) > MAX_BYTES:
        raise MoleculeError(
            f"'{name}' has {len(data) / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read. "
            "Split it into several files."
        )
    for start, what in _KNOWN.items():
        if data.startswith(start):
            raise MoleculeError(f"'{name}' is {what}, then upload that.")
    encoding = next((e for mark, e in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    if encoding is None and b"\x00" in data[:_LOOKED_AT]:
        raise MoleculeError(
            f"'{name}' is binary, not text. Give an SDF, MOL, SMI, CSV or TSV file."
        )
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")
