"""A server as it is started: what it refuses, what it does not give away, and what it sends."""

import http.client
import json
import tomllib
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from badger_core.cli.app_server import Server, served
from badger_core.paths import ROOT

pytestmark = pytest.mark.slow
SOCKET = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}
UPLOAD = "/_stcore/upload_file/00000000-0000-0000-0000-000000000000/file"
ADDRESSES = (
    "/../app.py",
    "/%2e%2e/app.py",
    "/..%2fapp.py",
    "/%2e%2e%2fapp.py",
    "/..\\app.py",
    "/app.py",
    "/pages/predict.py",
    "/.streamlit/config.toml",
    "/.streamlit/secrets.toml",
    "/data/bundle/manifest.json",
    "/static/../../../../../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static//etc/passwd",
    "/app/static/app.py",
    "/app/static/../app.py",
    "/media/../app.py",
    "/media/%2e%2e%2fapp.py",
    "/component/x/../../app.py",
    "/_stcore/bidi-components/../../app.py",
    "//etc/passwd",
)
OURS = (b"frame.open_door", b"gatherUsageStats", b"content_hash", b"root:x:0", b"badger_core")
"""What stands in files of the project, and in one of the machine."""


class Answer(NamedTuple):
    """Of the server."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The app with its own settings."""
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def ask(server: Server) -> partial:
    """Sends a request as it is written: nothing makes its address shorter."""
    return partial(_ask, urlsplit(server.url).netloc)


def _ask(
    host: str, path: str, method: str = "GET", headers: dict | None = None, body: bytes = b""
) -> Answer:
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.putrequest(method, path)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    found = connection.getresponse()
    told = {name.lower(): value for name, value in found.getheaders()}
    answer = Answer(found.status, told, b"" if found.status == 101 else found.read())
    connection.close()
    return answer


def test_a_page_of_another_site_gets_no_connection(ask: partial, server: Server) -> None:
    assert ask("/_stcore/stream", headers=SOCKET | {"Origin": server.url}).status == 101
    for origin in ("https://poison.example", "null"):
        assert ask("/_stcore/stream", headers=SOCKET | {"Origin": origin}).status == 403


def test_a_page_of_another_site_uploads_nothing(ask: partial) -> None:
    foreign = {"Origin": "https://poison.example", "Content-Type": "text/plain"}
    for method in ("PUT", "DELETE"):
        assert ask(UPLOAD, method, foreign, b"x").status == 403
    allowed = ask(UPLOAD, "OPTIONS", foreign).headers.get("access-control-allow-origin", "")
    assert allowed not in ("*", foreign["Origin"])


def test_an_upload_needs_the_secret_of_its_visit(ask: partial, server: Server) -> None:
    cookie = ask("/_stcore/health").headers["set-cookie"].split(";")[0]
    token = cookie.split("=", 1)[1]
    own = {"Origin": server.url, "Cookie": cookie}
    assert ask(UPLOAD, "PUT", own, b"x").status == 403
    assert ask(UPLOAD, "PUT", own | {"X-Xsrftoken": f"2|00000000|{32 * '0'}|1"}, b"x").status == 403
    # With it, what is wrong is that there is no such visit.
    assert ask(UPLOAD, "PUT", own | {"X-Xsrftoken": token}, b"x").status == 400


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_file_of_the_project_is_served(ask: partial, address: str) -> None:
    answer = ask(address)
    assert answer.status in (200, 307, 400, 403, 404)
    assert not [text for text in OURS if text in answer.body]
    if answer.status == 200:  # the empty page of the app, which then says that there is no such one
        assert b"<title>Streamlit</title>" in answer.body


def test_answers_name_no_version_and_no_place(ask: partial) -> None:
    for address in ("/", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/nothing"):
        answer = ask(address)
        assert not any(sign.isdigit() for sign in answer.headers.get("server", ""))
        assert "x-powered-by" not in answer.headers
        assert str(ROOT).encode() not in answer.body


def test_no_other_site_may_speak_to_the_page(ask: partial) -> None:
    told = json.loads(ask("/_stcore/host-config").body)
    assert told["allowedOrigins"] == []


def test_no_program_drives_the_app(ask: partial) -> None:
    for path in ("/_stcore/agent/interact", "/_stcore/agent/mcp"):
        answer = ask(path, "POST", {"Content-Type": "application/json"}, b"{}")
        assert answer.status in (400, 403)
        assert b"not_available" in answer.body


def test_the_settings_are_on() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server, browser, client = (settings[part] for part in ("server", "browser", "client"))
    assert server["enableXsrfProtection"] is True
    assert server["enableCORS"] is True
    assert server["enableStaticServing"] is False
    assert server["enableAgentApi"] is False
    assert server["address"] == "localhost"
    assert browser["gatherUsageStats"] is False
    assert client["showErrorDetails"] == "none"
    assert client["allowedOrigins"] == []
