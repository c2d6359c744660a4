"""Resolves the packages of the run time anew and writes them down with a checksum of every file.

python3 scripts/constraints.py            keeps versions that still fit requirements.txt
python3 scripts/constraints.py --upgrade  takes the newest that fit

Needs `uv` (pip install uv) and a package index. Versions hold for Python 3.11 and newer and for
every system; torch stands in a file of its own, with the CUDA packages that its usual build for
Linux brings, so that a build for the processor alone can be taken instead (docs/DEPLOY.md).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REST, TORCH = "constraints.txt", "constraints-torch.txt"
_OF_TORCH = re.compile(r"(torch|triton|nvidia-[\w-]+|cuda-[\w-]+)==")
_HEAD = (
    "# Written by scripts/constraints.py from requirements.txt; do not edit.\n"
    "# pip install --no-deps --require-hashes -r constraints.txt -r constraints-torch.txt\n"
)


def entries(text: str) -> list[str]:
    """The entries of a resolved file, each with the lines of its checksums, comments left out."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith((" ", "\t")) and found and "--hash=" in line:
            found[-1] += line + "\n"
        elif re.match(r"[A-Za-z0-9]", line):
            found.append(line + "\n")
    return found


def parted(found: list[str]) -> tuple[str, str]:
    """What does not belong to torch, and what does, each as the text of a file."""
    rest = [one for one in found if not _OF_TORCH.match(one)]
    torch = [one for one in found if _OF_TORCH.match(one)]
    return _HEAD + "".join(rest), _HEAD + "".join(torch)


def resolve(upgrade: bool) -> str:
    """What uv makes of requirements.txt.

    Raises:
        SystemExit: where uv is missing or finds no solution.
    """
    uv = shutil.which("uv")
    if uv is None:
        raise SystemExit("uv is missing: pip install uv")
    command = [uv, "pip", "compile", "requirements.txt", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "resolved.txt"
        kept = "".join(f.read_text() for name in (REST, TORCH) if (f := ROOT / name).is_file())
        out.write_text("" if upgrade else kept, encoding="utf-8")
        command += ["--quiet", "--output-file", str(out), *(["--upgrade"] if upgrade else [])]
        if subprocess.run(command, cwd=ROOT).returncode:
            raise SystemExit("uv found no solution; the lines above say why.")
        return out.read_text(encoding="utf-8")


def main(argv: list[str]) -> int:
    """Write both files."""
    if argv not in ([], ["--upgrade"]):
        print(__doc__)
        return 2
    for name, text in zip((REST, TORCH), parted(entries(resolve(bool(argv)))), strict=True):
        (ROOT / name).write_text(text, encoding="utf-8")
        packages = len(re.findall(r"^[\w-]+==", text, re.MULTILINE))
        print(f"{name}: {packages} entries, {text.count('--hash=')} checksums")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
