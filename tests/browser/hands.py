"""What a visitor does with mouse and keys, and the links that the tests begin with."""

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from badger_core.cli.app_browser import settle

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

QUESTION = "v=1&compound=vemurafenib&cell=A375"
EXAMPLE = f"{QUESTION}&compounds=vemurafenib&compounds=dabrafenib&cells=A375&cells=MCF7"
"""A question, and baskets that hold more than it."""

ERROR = '[data-testid="stAlertContentError"]'
OWN_SMILES = "O=C(Nc1ccc(F)c(C#N)c1)c1ccc(CN2CCOCC2)nc1N1CCCC1"
"""A molecule that nobody has made."""


def link(path: str = "/", **question: str | list[str]) -> str:
    """Address of a page with a question, such as `link('/genes', compound='imatinib')`."""
    return f"{path}?{urlencode({'v': '1', **question}, doseq=True)}"


def question_of(page: "Page") -> dict[str, list[str]]:
    """The query of the page's present address."""
    return parse_qs(urlsplit(page.url).query)


def box(page: "Page", label: str) -> "Locator":
    """The input of this label that takes a choice or a typed text."""
    return page.get_by_role("combobox", name=re.compile(rf"(^|\. ){re.escape(label)}\b")).first


def type_into(page: "Page", label: str, text: str) -> None:
    """Type a text into the input of this label, press Enter and wait for the answer."""
    field = box(page, label)
    field.click()
    field.fill(text)
    field.press("Enter")
    settle(page)


def click(page: "Page", name: str, role: str = "button") -> None:
    """Click what is called so, and wait for the answer."""
    page.get_by_role(role, name=name, exact=True).first.click()
    settle(page)


def go_to(page: "Page", title: str) -> None:
    """Follow the navigation at the top to the page of this title."""
    page.get_by_role("link", name=title, exact=True).first.click()
    settle(page)


def saved(page: "Page", button: "Locator", folder: Path) -> Path:
    """Press a download button and return the file that came."""
    with page.expect_download() as coming:
        button.click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file
