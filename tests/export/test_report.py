"""The report parsed again: it loads nothing, escapes everything, and its numbers are the CSV's."""

import base64
import io
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from badger_core.errors import SettingError
from badger_core.explain.dossier import PARTS, Dossier
from badger_core.export.report import SECTIONS, parts_for, report_html
from badger_core.export.report_html import Column, table
from badger_core.export.report_provenance import command
from badger_core.export.tables import ranking_csv, read_ranking
from badger_core.plots.report import drawings

VOID = {"meta", "br", "img", "hr", "input", "link"}


@dataclass
class Page(HTMLParser):
    """What a parser sees of a page."""

    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    addresses: list[tuple[str, str, str]] = field(default_factory=list)  # tag, attribute, value
    tables: dict[str, list[list[str]]] = field(default_factory=dict)  # caption: rows of full values
    text: str = ""
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._caption = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        for name, value in attrs:
            if name in ("src", "href", "srcset", "data", "action", "xlink:href", "poster"):
                self.addresses.append((tag, name, value or ""))
            if name.startswith("on"):
                self.problems.append(f"{tag} {name}")
            if name == "style" and "url(" in (value or ""):
                self.problems.append(f"{tag} style url")
        if tag not in VOID:
            self._open.append(tag)
        if tag == "caption":
            self._caption = ""
        if tag == "tr" and "tbody" in self._open:
            self.tables.setdefault(self._caption, []).append([])
        if tag == "td":
            self.tables[self._caption][-1].append("")
        if tag == "data":
            self.tables[self._caption][-1][-1] = found["value"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"unbalanced {tag}")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open[-1:] == ["caption"]:
            self._caption += data
        if self._open[-1:] == ["td"]:
            self.tables[self._caption][-1][-1] += data


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert not page.problems
    assert not page._open
    return page


@pytest.fixture(scope="module")
def html(dossier: Dossier) -> str:
    return report_html(dossier, drawings(dossier))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return parsed(html)


def test_nothing_is_loaded_from_anywhere(page: Page, html: str) -> None:
    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & set(page.tags)
    for tag, name, value in page.addresses:
        inside = value.startswith(("#", "data:text/csv;base64,"))
        assert tag == "a", (tag, name, value)
        assert name == "href"
        assert inside or value.startswith("https://"), value
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_the_numbers_are_those_of_the_csv(page: Page, dossier: Dossier, tmp_path: Path) -> None:
    file = tmp_path / "ranking.csv"
    file.write_text(ranking_csv(dossier.ranking), newline="")
    csv = read_ranking(file)
    rows = page.tables["All genes, from the most raised to the most lowered"]
    assert len(rows) == len(csv) == 978
    assert [row[1] for row in rows] == csv["symbol"].tolist()
    numbers = pd.DataFrame(rows)[[0, 2, 3, 4, 5, 6]].astype(float)
    numbers.columns = ["rank", "entrez", "score", "spread", "chance", "measured"]
    for name in numbers:
        assert numbers[name].tolist() == csv[name].astype(float).tolist(), name
    top = page.tables["Top 25 predicted up"]
    assert [float(row[3]) for row in top] == csv["score"].head(25).tolist()
    bottom = page.tables["Top 25 predicted down"]
    assert [float(row[3]) for row in bottom] == csv["score"].tail(25)[::-1].tolist()


def test_the_csv_in_the_report_is_the_csv(page: Page, dossier: Dossier) -> None:
    (data,) = [value for _, _, value in page.addresses if value.startswith("data:")]
    text = base64.b64decode(data.split(",", 1)[1]).decode()
    assert text == ranking_csv(dossier.ranking)


def test_every_section_stands_once_and_is_linked(page: Page) -> None:
    wanted = {"question", "trust", "limits", "provenance", *SECTIONS}
    assert wanted <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    links = {value[1:] for _, _, value in page.addresses if value.startswith("#")}
    assert links == wanted


def test_it_says_what_a_reader_must_know(page: Page, dossier: Dossier) -> None:
    manifest = dossier.ranking.manifest
    for text in (
        "research use only",
        "Conditional on the compound being active",
        manifest["model"]["hash"],
        manifest["bundle"],
        "badger predict --compound vemurafenib --cell A375 --out ranking.csv",
        "badger compare --compound vemurafenib --compound selumetinib --cell A375 --cell SKMEL28",
        "Drug-free baseline",
        "Bioinformatics Advances",
        "CC BY",
        "it is no test",
    ):
        assert text in page.text, text


def test_similar_lines_and_sets_are_the_tables_of_the_dossier(page: Page, dossier: Dossier) -> None:
    rows = page.tables["Most similar lines"]
    assert [row[1] for row in rows] == dossier.lines["display_name"].tolist()
    down = dossier.enrichment[dossier.enrichment["direction"] == "down"].head(12)
    shown = page.tables["Gene sets most towards down"]
    assert [float(row[3]) for row in shown] == down["nes"].tolist()


def test_sections_can_be_chosen(dossier: Dossier) -> None:
    chosen = ("genes", "lines")
    assert parts_for(chosen) == {"lines"}
    part = dossier.only(parts_for(chosen), compare=False)
    page = parsed(report_html(part, drawings(part), chosen))
    assert {"genes", "lines", "trust", "limits"} <= set(page.ids)
    assert not {"explanation", "enrichment", "compare", "ranking"} & set(page.ids)


def test_an_unknown_section_is_refused(dossier: Dossier) -> None:
    with pytest.raises(SettingError, match="no section 'poems'"):
        report_html(dossier, {}, ("poems",))


def test_the_bare_minimum_is_a_report(dossier: Dossier) -> None:
    bare = dossier.only((), compare=False)
    assert all(getattr(bare, part) is None for part in PARTS)
    page = parsed(report_html(bare, {}))
    assert "explanation" not in page.ids
    assert "genes" in page.ids


def test_an_unmeasured_pair_says_so(dossier: Dossier) -> None:
    evidence = replace(dossier.evidence, measured=None, ceiling=None)
    bare = replace(dossier, evidence=evidence).only((), compare=False)
    page = parsed(report_html(bare, drawings(bare)))
    assert "No signature of this pair is in the bundle" in page.text


def test_names_from_outside_are_no_markup(dossier: Dossier) -> None:
    evil = "<script src='https://evil.example/x.js'></script>\"'&"
    asked = replace(dossier.asked, text=evil, compound=replace(dossier.asked.compound, name=evil))
    line = replace(dossier.line, display_name=evil, disease=evil)
    changed = replace(dossier, asked=asked, line=line, line_words=evil)
    html = report_html(changed, drawings(changed))
    page = parsed(html)
    assert "script" not in page.tags
    assert "<script" not in html
    assert evil in page.text
    assert all(not value.startswith("https://evil") for _, _, value in page.addresses)


def test_the_same_dossier_gives_the_same_bytes(dossier: Dossier, html: str) -> None:
    assert report_html(dossier, drawings(dossier)) == html


def test_commands_are_quoted_for_a_shell(dossier: Dossier) -> None:
    asked = replace(dossier.asked, text="CC(=O)O; rm -rf ~")
    said = command(replace(dossier, asked=asked, comparison=None))
    assert said.startswith("badger predict --compound 'CC(=O)O; rm -rf ~' --cell A375")
    upload = replace(dossier.line, name="upload:0123")
    assert "--expression FILE" in command(replace(dossier, line=upload))


def test_missing_numbers_are_words_and_not_zeros() -> None:
    content = pd.DataFrame({"name": ["a<b"], "value": [float("nan")]})
    html = table("T", content, (Column("name", "N"), Column("value", "V", ".2f", "not measured")))
    assert "a&lt;b" in html
    assert "not measured" in html
    assert "0" not in html
    assert "<data" not in html


def test_pandas_reads_the_csv_of_the_page(page: Page) -> None:
    (data,) = [value for _, _, value in page.addresses if value.startswith("data:")]
    text = base64.b64decode(data.split(",", 1)[1]).decode()
    assert len(pd.read_csv(io.StringIO(text))) == 978


def test_lines_break_within_long_words_alone() -> None:
    rows = pd.DataFrame({"what": ["WikiPathways of 5 % of all", "C" * 40]})
    said = table("t", rows, (Column("what", "What"),))
    assert "<td>WikiPathways of 5\u00a0% of all</td>" in said
    assert f"<td class=long>{'C' * 40}</td>" in said
