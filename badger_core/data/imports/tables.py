"""Reads the text tables of a release in blocks of rows, the fields that are asked for only."""

import codecs
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from badger_core.data.imports.fields import recognised
from badger_core.errors import RawDataError

_BLOCK = 16 << 20


def titles(path: Path) -> list[str]:
    """The titles of a table.

    Raises:
        RawDataError: for a file that is missing, empty or no table.
    """
    return _open(path).schema.names


def blocks(
    path: Path, wanted: Mapping[str, tuple[str, ...]], needed: Sequence[str]
) -> Iterator[pd.DataFrame]:
    """Rows by meaning, texts as categories (but `id`), a block of some 16 MB at a time.

    Args:
        path: tab- or comma-separated text, plain or gzipped.
        wanted: meaning to its possible titles.
        needed: meanings that must be there.

    Raises:
        RawDataError: as `titles`, or if a needed field is missing.
    """
    fields = recognised(titles(path), wanted, needed, path.name)
    reader = _open(path, fields)
    while True:
        try:
            frame = reader.read_next_batch().to_pandas()
        except StopIteration:
            return
        except pa.ArrowInvalid as error:
            raise _unreadable(path, error) from error
        yield pd.DataFrame({meaning: frame[title] for meaning, title in fields.items()})


def whole(path: Path, wanted: Mapping[str, tuple[str, ...]], needed: Sequence[str]) -> pd.DataFrame:
    """All rows as texts, for the tables of compounds, lines and genes.

    Raises:
        RawDataError: as `blocks`.
    """
    parts = [part.astype("str") for part in blocks(path, wanted, needed)]
    return pd.concat(parts, ignore_index=True)


def of_frame(
    frame: pd.DataFrame, wanted: Mapping[str, tuple[str, ...]], needed: Sequence[str], name: str
) -> pd.DataFrame:
    """The same of a table in memory, whose index holds the ids where no field does.

    Raises:
        RawDataError: if a needed field is missing.
    """
    if not any(title in wanted["id"] for title in frame.columns):
        frame = frame.assign(id=frame.index)
    fields = recognised(frame.columns, wanted, needed, name)
    chosen = frame[list(fields.values())].set_axis(list(fields), axis=1)
    texts = chosen.astype("object").where(chosen.notna(), "").astype("str")
    return texts.astype({m: "category" for m in fields if m != "id"}).reset_index(drop=True)


def _open(path: Path, fields: Mapping[str, str] | None = None) -> csv.CSVStreamingReader:
    try:
        encoding, tabbed = _encoding(path)
        kinds = {
            title: pa.string() if meaning == "id" else pa.dictionary(pa.int32(), pa.string())
            for meaning, title in (fields or {}).items()
        }
        return csv.open_csv(
            pa.input_stream(str(path), compression="detect"),
            csv.ReadOptions(block_size=_BLOCK, encoding=encoding),
            csv.ParseOptions(
                delimiter="\t" if tabbed else ",", quote_char=False if tabbed else '"'
            ),
            csv.ConvertOptions(
                column_types=kinds, include_columns=[*kinds], strings_can_be_null=False
            ),
        )
    except OSError as error:
        raise RawDataError(f"'{path}' cannot be read. Check its name and folder.") from error
    except pa.ArrowInvalid as error:
        raise _unreadable(path, error) from error


def _encoding(path: Path) -> tuple[str, bool]:
    """UTF-8 or, of an old export, Latin-1; and whether tabs part the fields."""
    decoder, first = codecs.getincrementaldecoder("utf8")(), b""
    with pa.input_stream(str(path), compression="detect") as file:
        while block := file.read(_BLOCK):
            first = first or block
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return "latin1", b"\t" in first.split(b"\n")[0]
    return "utf8", b"\t" in first.split(b"\n")[0]


def _unreadable(path: Path, error: Exception) -> RawDataError:
    return RawDataError(
        f"'{path.name}' is no table of tab- or comma-separated text with one row of titles "
        f"({str(error).splitlines()[0][:120]}). Give the table as the release has it."
    )
