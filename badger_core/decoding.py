"""The text of bytes whose encoding nobody tells."""


def decoded(raw: bytes) -> str:
    """One line as UTF-8, else as Windows-1252, else as Latin-1, which takes any byte.

    By the line, so that a file put together of several encodings is read as each part was meant.
    """
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
