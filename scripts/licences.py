"""Writes docs/LICENCES.md: the licence of every package of the run time and of every data source.

python3 scripts/licences.py   with the environment's Python, after a change of packages or data

Packages are those of the constraints files; their licences come from the metadata of what is
installed, and of what is not (such as CUDA's packages beside a build for the processor alone) from
the page as it was. Data sources come from the manifests under data/, scripts from assets/vendor.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "LICENCES.md"
CONSTRAINTS = ("constraints.txt", "constraints-torch.txt")
TABLES = ("bundle", "response", "perturbation")
UNSTATED = "not stated in its metadata"
_LONGEST = 40
_HEAD = """# Licences

Written by `scripts/licences.py`; do not edit. The code of BADGER Studio is under the MIT licence
(LICENSE). Packages are not part of it: they are installed beside it, and their own licence files,
which travel with them, are what counts. NVIDIA's packages come only with the CUDA build of torch
for Linux; they are proprietary, and a build for the processor alone needs none of them.
"""


def package_names(root: Path = ROOT) -> dict[str, tuple[str, ...]]:
    """Constraints file to the packages that it names, sorted."""
    return {
        name: tuple(
            sorted(set(re.findall(r"^([\w-]+)==", (root / name).read_text(), re.MULTILINE)))
        )
        for name in CONSTRAINTS
    }


def sources(data: Path = ROOT / "data") -> list[dict]:
    """Every raw file that shipped tables derive from, once, by its path."""
    found: dict[str, dict] = {}
    for folder in TABLES:
        manifest = data / folder / "manifest.json"
        if manifest.is_file():
            for entry in json.loads(manifest.read_text(encoding="utf-8"))["inputs"]:
                used = found.setdefault(entry["path"], entry | {"used": []})["used"]
                used.append(folder)
    return [found[path] for path in sorted(found)]


def licence_of(name: str) -> str:
    """What the installed package says of itself; '' where it is not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    if said.get("License-Expression"):
        return said["License-Expression"]
    told = [c for c in said.get_all("Classifier") or [] if c.startswith("License :: ")]
    words = [c.rpartition(" :: ")[2] for c in told]
    own = (said.get("License") or "").strip()
    if own and "\n" not in own and len(own) <= _LONGEST:
        return own
    return ", ".join(words) or UNSTATED


def told_before(page: Path = PAGE) -> dict[str, str]:
    """Package to licence in the page as it is; empty where there is none."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    return dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", text, re.MULTILINE))


def page_text() -> str:
    """The whole page."""
    before = told_before()
    names = package_names()
    titles = ("Packages", "torch, and what only its CUDA build brings")
    lines = [_HEAD]
    for file, title in zip(CONSTRAINTS, titles, strict=True):
        lines += [
            f"## {title}",
            "",
            f"Versions: `{file}`.",
            "",
            "| package | licence |",
            "|---|---|",
        ]
        for name in names[file]:
            lines.append(f"| `{name}` | {licence_of(name) or before.get(name) or UNSTATED} |")
        lines.append("")
    vendor = (ROOT / "assets" / "vendor" / "README.md").read_text(encoding="utf-8")
    lines += [
        "## Scripts that go to the browser",
        "",
        "| file | version | licence |",
        "|---|---|---|",
    ]
    for row in re.findall(r"^\| (\S+\.js) \|(.+)\|$", vendor, re.MULTILINE):
        cells = [cell.strip() for cell in row[1].split("|")]
        lines.append(f"| {row[0]} | {cells[2]} | {cells[3]} |")
    lines += ["", "## Data", "", "| source | origin | licence | used in |", "|---|---|---|---|"]
    for one in sources():
        title = f"{one['title']} (`{one['path']}`)"
        lines.append(f"| {title} | {one['origin']} | {one['licence']} | {', '.join(one['used'])} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page_text(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
