"""Where `badger` begins: what must start fast or on a broken installation goes past the rest."""

import sys
from collections.abc import Callable, Sequence

_LIGHT = ("app", "doctor")
"""Commands that need neither torch nor rdkit."""
_FAILED = 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; a package that is missing is one sentence and exit code 1."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    light = given[:1] and given[0] in _LIGHT
    try:
        start = _light() if light else _whole()
    except ImportError as error:
        more = "" if light else ", or let 'badger doctor' say what is missing"
        again = "Install again with 'pip install .' (in a checkout: scripts/studio.py setup)"
        told = f"badger: the installation is incomplete ({error}). {again}{more}."
        print(told, file=sys.stderr)
        sys.exit(_FAILED)
    start(given)


def _light() -> Callable[[list[str]], None]:
    from badger_core.cli import light

    return light.main


def _whole() -> Callable[[list[str]], None]:
    from badger_core.cli import main as whole

    return whole.main
