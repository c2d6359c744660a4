"""Download buttons: every file is what is on the screen, under a name that tells its origin."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

import pandas as pd
import streamlit as st

from badger_core import __version__
from badger_core.export.tables import table_csv
from badger_core.export.workbook import MIME, tables_xlsx
from badger_core.ui import last_resort, load


class File(NamedTuple):
    """One file on offer; `make` is called when it is asked for."""

    label: str
    name: str
    mime: str
    make: Callable[[], str | bytes]


def menu(label: str, files: Sequence[File], key: str) -> None:
    """A small button that opens a list of downloads.

    Args:
        label: of the button, such as 'Download'.
        files: on offer.
        key: `<page>_<name>`, the beginning of the buttons' keys.
    """
    with st.popover(label, key=f"{key}_menu"):
        for number, file in enumerate(files):
            st.download_button(
                file.label,
                last_resort.made(file.make),
                file.name,
                file.mime,
                key=f"{key}_{number}",
                on_click="ignore",
                help=file.name,
                width="stretch",
            )


def table_menu(
    table: pd.DataFrame,
    what: str,
    key: str,
    about: dict | None = None,
    more: Sequence[File] = (),
) -> None:
    """A table as CSV and as Excel with its provenance.

    Args:
        table: what is on the screen.
        what: of what, for the file name: letters, digits and dashes; the rest is replaced.
        key: `<page>_<name>`.
        about: provenance beside the app, the model and the bundle.
        more: other files of the same content, such as a GMT.
    """
    stem = file_stem(what)
    provenance = {**origin(), **(about or {})}
    files = (
        File("CSV", f"{stem}.csv", "text/csv", partial(table_csv, table)),
        File("Excel", f"{stem}.xlsx", MIME, partial(tables_xlsx, {"table": table}, provenance)),
    )
    menu("Download table", (*files, *more), key)


def file_stem(what: str, of_model: bool = True) -> str:
    """File name without ending: what it is, date, app and model.

    Args:
        what: it is.
        of_model: False where no model took part; then none is loaded for its name.
    """
    clean = re.sub(r"[^A-Za-z0-9.-]+", "-", what).strip("-")[:60]
    model = f"_model{load.model_hash()}" if of_model else ""
    return f"badger_{clean}_{date.today().isoformat()}_app{__version__}{model}"


def origin() -> dict:
    """App, model, bundle and day: what every file says of itself."""
    return {
        "app": "BADGER Studio",
        "app_version": __version__,
        "date": date.today().isoformat(),
        "model": load.model_hash(),
        "bundle": load.bundle().content_hash,
    }
