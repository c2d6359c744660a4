"""Two visitors of one server, and files and links of somebody who means harm, in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from badger_core.cli.app_browser import pages_of, settle
from badger_core.cli.app_server import served
from badger_core.data.bundle import Bundle
from badger_core.ui.hypotheses_upload import example
from tests.browser.conftest import Visit
from tests.browser.hands import ERROR, click, go_to, link
from tests.hostile.names import POISON

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
SLOW_MS = 120_000
PRIVATE = "Smith"
"""In every name that the first visitor uploads."""
TEXTS = [name for name in POISON if 0 < len(name) < 200 and "\x00" not in name]
Expression = Callable[[str, str], Path]


@pytest.fixture
def expression(tmp_path: Path) -> Expression:
    """An expression file of this name, with one sample of that name; always the same profile."""
    bundle = Bundle()

    def write(file: str, sample: str) -> Path:
        values = bundle.cells.basal("MCF7", "NCI-60 microarray")
        path = tmp_path / file
        pd.DataFrame({sample: values}, index=bundle.genes.symbols).to_csv(path)
        return path

    return write


def use_expression(page: "Page", file: Path) -> None:
    """Upload it on Cell lines and ask about its sample."""
    go_to(page, "Cell lines")
    page.get_by_text("Your own expression", exact=True).first.click()
    settle(page)
    _upload(page, file, page.locator("ul.said"))
    if page.get_by_role("button", name="Use this sample").first.is_enabled():
        click(page, "Use this sample")  # else it is asked about already


def use_compounds(page: "Page", file: Path) -> None:
    go_to(page, "Compounds")
    page.get_by_text("Upload", exact=True).first.click()
    settle(page)
    _upload(page, file, page.get_by_text("rows are structures"))


def use_signature(page: "Page", file: Path) -> None:
    go_to(page, "Hypotheses")
    page.get_by_text("Own signature", exact=True).first.click()
    settle(page)
    _upload(page, file, page.get_by_text("landmark genes,"))


def _upload(page: "Page", file: Path, shown: "Locator") -> None:
    """Give the page a file, and wait until it has read it."""
    page.locator('input[type="file"]').first.set_input_files(file)
    shown.first.wait_for(timeout=SLOW_MS)
    settle(page)


def test_uploads_are_seen_by_their_own_visitor_alone(
    visit: Visit, expression: Expression, tmp_path: Path
) -> None:
    compounds = tmp_path / f"{PRIVATE}_compounds.csv"
    compounds.write_text(f"name,smiles\n{PRIVATE}-17,CCCCOC(=O)c1ccncc1\n{PRIVATE}-18,CCO\n")
    signature = tmp_path / f"{PRIVATE}_signature.csv"
    signature.write_text(example(), encoding="utf-8")
    first = visit("/cells?v=1&compound=vorinostat")
    use_compounds(first, compounds)
    use_signature(first, signature)
    use_expression(first, expression(f"{PRIVATE}.csv", f"patient {PRIVATE}"))
    click(first, "Add to basket")
    go_to(first, "Predict")
    first.locator("h2.result").wait_for(timeout=SLOW_MS)
    assert f"patient {PRIVATE}" in first.locator("h2.result").inner_text()
    full = first.url.split("?", 1)[1]
    assert "upload" in full

    second = visit(f"/?{full}")
    assert "uploaded in another visit" in second.locator(ERROR).first.inner_text()
    for page_of_app in pages_of():
        go_to(second, page_of_app.title)
        assert PRIVATE not in second.content(), page_of_app.title
    # With a file of the same content under another name, nothing of the first one's comes up.
    use_expression(second, expression("mine.csv", "sample 7"))
    for title in ("Predict", "Genes", "Pathways", "Report"):
        go_to(second, title)
        assert PRIVATE not in second.content(), title
    go_to(second, "Predict")
    assert "sample 7" in second.locator("h2.result").inner_text()


def quiet(page: "Page") -> None:
    """No script of a name ran, and none of its links or pictures stands on the page."""
    assert page.evaluate("window.__poison") is None
    for broken in ("a[href*='poison']", "img[src*='poison']", "img[src='x']"):
        assert page.locator(broken).count() == 0, broken


def watched(page: "Page") -> list[str]:
    """Dialogs that opened from now on."""
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    return opened


def test_poisoned_files_run_nothing(visit: Visit, expression: Expression, tmp_path: Path) -> None:
    page = visit("/cells?v=1&compound=vorinostat")
    opened = watched(page)
    tag = "<img src=x onerror=window.__poison=1><script>window.__poison=1</script>"
    use_expression(page, expression("x.csv", f"{tag} ![x](https://poison.example/x.png)"))
    quiet(page)
    for title in ("Predict", "Genes", "Pathways", "Sensitivity", "Compare", "Report"):
        go_to(page, title)
        quiet(page)
    compounds = tmp_path / "poison.csv"
    rows = "".join('"{}",{}O\n'.format(name.replace('"', '""').replace("\n", " "), "C" * n)
                   for n, name in enumerate(TEXTS[:20], 1))  # fmt: skip
    compounds.write_text(f"name,smiles\n{rows}", encoding="utf-8")
    use_compounds(page, compounds)
    quiet(page)
    signature = tmp_path / "poison.gmt"
    genes = Bundle().genes.symbols
    lists = (f"{tag}_{way}\t{tag}\t" + "\t".join(genes[at : at + 40]) for way, at in
             (("UP", 0), ("DOWN", 40)))  # fmt: skip
    signature.write_text("\n".join(lists), encoding="utf-8")
    use_signature(page, signature)
    quiet(page)
    assert opened == []


def test_poisoned_links_run_nothing(visit: Visit) -> None:
    page = visit("/")
    opened = watched(page)
    base = page.url.split("?")[0].rstrip("/")
    for name in (TEXTS[0], TEXTS[2], TEXTS[12]):
        question = dict.fromkeys(("compound", "cell", "disease", "gene", "set", "against"), name)
        for path in ("/", "/genes", "/compare", "/hypotheses"):
            page.goto(base + link(path, **question, compounds=[name], cells=[name]))
            settle(page)
            quiet(page)
    assert opened == []


SCRIPT = """
import streamlit as st
from badger_core.ui import frame
from badger_core.ui.text import plain, html
from tests.hostile.names import POISON

def fall():
    raise RuntimeError("inner secret")

@st.fragment
def part():
    st.text_input("Inside", key="inside")
    st.button("Fall in a callback inside", key="callback_inside", on_click=fall)
    if st.button("Fall inside", key="falls"):
        fall()

frame.open_door()
with frame.page("pages/predict.py"):
    st.html("<h1>Names</h1>")
    st.text_input("Above", key="above")
    st.button("Fall in a callback", key="callback", on_click=fall)
    part()
    for at, name in enumerate(POISON):
        with st.container(key=f"case{at}"):
            st.error(plain(name))
            st.caption(plain(name))
            st.html(f"<p>{html(name)}</p>")
"""


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visit: Visit) -> "Page":
    """A page of poisoned names, made safe by our two functions alone."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    script = tmp_path / "names.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with served(script) as running:
        yield visit("/", at=running)


def test_names_are_shown_as_texts(names: "Page") -> None:
    quiet(names)
    for at, name in enumerate(POISON):
        case = names.locator(f".st-key-case{at}")
        inside = case.locator("a, img, script, iframe, strong, em, h1, h2, ul, ol, table, code")
        assert inside.count() == 0, name
        for part in ('[data-testid="stAlertContentError"]', '[data-testid="stCaptionContainer"]'):
            shown = case.locator(part).inner_text().replace("\u2060", "")
            assert "".join(shown.split())[:60] == _as_shown(name)[:60]


def _as_shown(name: str) -> str:
    """A name without blanks and with marks for what cannot be seen."""
    return "".join(plain_signs(name).split())


def plain_signs(name: str) -> str:
    return "".join("\ufffd" if not (s.isprintable() or s.isspace()) else s for s in name)


def test_what_falls_beside_the_page_is_told_and_the_inputs_stay(names: "Page") -> None:
    names.get_by_label("Above").fill("kept")
    names.get_by_label("Above").press("Enter")
    settle(names)
    for button in ("Fall inside", "Fall in a callback", "Fall in a callback inside"):
        click(names, button)
        names.get_by_text("incident number").first.wait_for(timeout=SLOW_MS)
        assert names.get_by_text("incident number").count() == 1, button
        assert "inner secret" not in names.content()
        assert "Traceback" not in names.content()
        assert names.get_by_label("Above").input_value() == "kept", button
