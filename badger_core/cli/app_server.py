"""Starts the app, or any Streamlit script, in a fresh process on a free port, and ends it again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from badger_core.errors import ProgramError
from badger_core.paths import ROOT

APP = ROOT / "app.py"
HOST = "localhost"
PATIENCE_S = 120
"""How long a server may take until it answers: many times what an idle machine needs."""


class Server(NamedTuple):
    """A server that answers."""

    url: str
    started: float  # time.perf_counter() just before its process began
    said: Callable[[], str]  # the end of its log


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def served(script: Path = APP, port: int = 0) -> Iterator[Server]:
    """A server of a Streamlit script under the project's own settings, ended on leaving.

    Args:
        script: what `streamlit run` gets.
        port: to listen on; 0 for any that is free.

    Raises:
        ProgramError: when the process ends or says nothing; the message holds its last words.
    """
    port = port or free_port()
    url = f"http://{HOST}:{port}"
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    environment = {name: v for name, v in os.environ.items() if not name.startswith("STREAMLIT_")}
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            said = partial(_tail, log)
            _wait(process, url, said)
            yield Server(url, started, said)
        finally:
            _end(process)


def _wait(process: subprocess.Popen, url: str, said: Callable[[], str]) -> None:
    """Until the server says that it is well."""
    opener = build_opener(ProxyHandler({}))  # a proxy knows nothing of this machine
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until and process.poll() is None:
        try:
            with opener.open(f"{url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.02)
    raise ProgramError(f"The server at {url} did not start. Its last words: {said() or '(none)'}")


def _tail(log: IO[str]) -> str:
    log.seek(0)
    return log.read()[-3000:].strip()


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
