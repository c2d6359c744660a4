"""`badger app`: starts the app from any folder, of a checkout or of an installed package."""

import errno
import os
import socket
import subprocess
import sys
from typing import Annotated

import typer

from badger_core.errors import ProgramError
from badger_core.paths import ROOT

PORT = 8501
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
_FOLDERS = (
    "BADGER_BUNDLE",
    "BADGER_MODELS",
    "BADGER_PERTURBATION",
    "BADGER_PREDICTIONS",
    "BADGER_RESPONSE",
    "BADGER_RUNS",
)


def start_app(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = PORT,
    address: Annotated[
        str, typer.Option(help="Who may reach it: localhost, or 0.0.0.0 for the network.")
    ] = "localhost",
) -> None:
    """Start the app and print its address; further arguments go to `streamlit run`."""
    if not (ROOT / "app.py").is_file():
        raise ProgramError(f"There is no app.py in '{ROOT}'. Install BADGER Studio again.")
    if not is_free(port, address):
        raise ProgramError(
            f"Something listens on port {port} already, perhaps this app: look at "
            f"http://localhost:{port}, or choose another with --port {port + 1}."
        )
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    command += ["--server.port", str(port), "--server.address", address, *context.args]
    environment = os.environ | {
        name: os.path.abspath(os.environ[name]) for name in _FOLDERS if os.environ.get(name)
    }
    os.chdir(ROOT)  # settings of another folder are not ours
    sys.stdout.flush()
    if os.name != "nt":  # in place of this process, so that signals reach the one that works
        os.execve(command[0], command, environment)
    sys.exit(_as_child(command, environment))


def is_free(port: int, address: str = "localhost") -> bool:
    """Whether a server could listen there.

    Args:
        port: 1 to 65535.
        address: name or number of the interface.

    Raises:
        ProgramError: for an address that is not of this machine.
    """
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise ProgramError(f"'{address}' is no address of this machine: {error}.") from error
    bound = False
    for family, kind, protocol, _, place in found:
        try:
            with socket.socket(family, kind, protocol) as probe:
                if os.name != "nt":  # a server that has just ended leaves no lasting claim
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
                bound = True
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False  # on one family is enough: a visitor might get the other server
    return bound


def _as_child(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the child has had it too and is closing down
            continue
