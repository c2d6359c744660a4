"""docs/SECURITY.md says what is so: every limit, every test it names; and no secret lies about."""

import ast
import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from badger_core.limits import Limits
from badger_core.paths import ROOT

PAGE = (ROOT / "docs" / "SECURITY.md").read_text(encoding="utf-8")
SECRETS = {
    "private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s"),
    "key of AWS": re.compile(rb"\b(AKIA|ASIA)[A-Z0-9]{16}\b"),
    "token of GitHub": re.compile(rb"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})"),
    "token of Slack": re.compile(rb"\bxox[abprs]-[A-Za-z0-9-]{20,}"),
    "token of Hugging Face": re.compile(rb"\bhf_[A-Za-z0-9]{30,}\b"),
    "key of OpenAI or Anthropic": re.compile(rb"\bsk-[A-Za-z0-9_-]{32,}"),
    "JSON Web Token": re.compile(rb"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\."),
    "password": re.compile(
        rb"(?i)\b(password|passwd|client_secret|cookie_secret|api_key|auth_token)\s*[=:]\s*"
        rb"[\"'][A-Za-z0-9+/_-]{12,}[\"']"
    ),
}
TEXTS = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".txt", ".cfg", ".ini", ".conf", ".js"}
TEXTS |= {".css", ".html", ".sh", ""}
FOUND = ("ghp_" + 36 * "a", "AKIA" + 16 * "A", "password = '" + 12 * "a" + "'")
LARGEST = 500_000  # bytes of a file that is looked through


def tracked() -> list[Path]:
    """Files that are or would be committed; all beside the hidden ones where git is not there."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False)
    if told.returncode:
        return [path for path in ROOT.rglob("*") if path.relative_to(ROOT).parts[0][:1] != "."]
    return [ROOT / name for name in told.stdout.decode().split("\0") if name]


def test_the_page_lists_every_limit_with_its_default() -> None:
    listed = re.findall(r"^\| `(\w+)` \| ([\d,]+) \| (.+) \|$", PAGE, re.MULTILINE)
    told = {name: int(number.replace(",", "")) for name, number, _ in listed}
    assert told == {field.name: field.default for field in fields(Limits)}
    said = " ".join((Limits.__doc__ or "").split())
    for name, _, words in listed:
        assert f"{name}: {words}." in said, f"the page and limits.py differ on {name}"


def test_every_test_and_file_that_the_page_names_is_there() -> None:
    named = re.findall(r"`((?:tests|scripts|docs|ui|plots|export)/[\w/.]+)`", PAGE)
    assert len(named) > 20
    for name in named:
        assert any((root / name).exists() for root in (ROOT, ROOT / "badger_core")), name


@pytest.mark.parametrize("text", FOUND)
def test_a_secret_would_be_found(text: str) -> None:
    assert any(pattern.search(text.encode()) for pattern in SECRETS.values())


def test_no_secret_lies_in_the_project() -> None:
    found = []
    for path in tracked():
        if path.suffix not in TEXTS or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        if path == Path(__file__):
            continue
        content = path.read_bytes()
        found += [
            f"{path.relative_to(ROOT)}: {what}" for what, p in SECRETS.items() if p.search(content)
        ]
    assert not found


def test_no_secrets_file_can_be_committed() -> None:
    for name in (".streamlit/secrets.toml", ".env"):
        asked = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
        assert asked.returncode in (0, 128), f"{name} is not ignored"


def test_no_path_of_a_request_reaches_the_disk() -> None:
    """Pages open no file by a name from outside: paths in ui come from constants and `paths`."""
    opened = []
    for path in sorted((ROOT / "badger_core" / "ui").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("open", "Path"):
                opened.append(f"{path.name}: {ast.unparse(node)}")
    allowed = {"visit.py: Path(tempfile.gettempdir())", "ahead.py: Path(found.origin)"}
    allowed |= {"visit.py: Path(tempfile.mkdtemp(prefix=_PREFIX))"}
    assert set(opened) <= allowed
