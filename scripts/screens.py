"""Takes a picture of every page of the app, at two sizes, light and dark.

python scripts/screens.py --out DIR [--page genes] [--query TEXT] [--full] [--url URL]

DIR gets <page>-<width>-<light or dark>.png. --url names a server that runs already; else one is
started and ended. Needs the extra `browser` of the project.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from badger_core.cli.app_browser import chromium, pages_of, settle
from badger_core.cli.app_server import Server, served
from badger_core.errors import BadgerError

QUERY = (
    "v=1&compound=vemurafenib&cell=A375"
    "&compounds=vemurafenib&compounds=dabrafenib&cells=A375&cells=MCF7"
)
SIZES = ((1440, 900), (390, 844))
SCHEMES = ("light", "dark")


def main(argv: list[str]) -> int:
    """Visit and photograph what the arguments ask for; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the pictures")
    parser.add_argument("--page", action="append", help="only these, by the stem of their file")
    parser.add_argument("--query", default=QUERY, help=f"of the link; by default {QUERY}")
    parser.add_argument("--full", action="store_true", help="the whole page, not one screen of it")
    parser.add_argument("--url", help="of a server that runs already")
    parser.add_argument("--width", type=int, action="append", help="only these widths")
    parser.add_argument("--scheme", action="append", choices=SCHEMES, help="only this one")
    asked = parser.parse_args(argv)
    asked.out.mkdir(parents=True, exist_ok=True)
    try:
        running = nullcontext(Server(asked.url.rstrip("/"), 0.0, str)) if asked.url else served()
        with running as server, chromium() as browser:
            for width, height in SIZES:
                for scheme in asked.scheme or SCHEMES:
                    if width in (asked.width or [width]):
                        _photograph(browser, server.url, asked, (width, height), scheme)
    except BadgerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _photograph(
    browser: object, url: str, asked: argparse.Namespace, size: tuple[int, int], scheme: str
) -> None:
    """Every page at one size in one colour scheme."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    for page_of_app in pages_of():
        name = Path(page_of_app.file).stem
        if name not in (asked.page or [name]):
            continue
        page = context.new_page()
        page.goto(f"{url}{page_of_app.path}?{asked.query}")
        settle(page)
        if asked.full:  # the page scrolls inside the app, so the window grows instead
            tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
            page.set_viewport_size({"width": size[0], "height": max(size[1], tall)})
            settle(page)
        file = asked.out / f"{name}-{size[0]}-{scheme}.png"
        page.screenshot(path=file)
        print(file, flush=True)
        page.close()
    context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
