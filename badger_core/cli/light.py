"""The commands that start without the model: the app, and the doctor that looks at the whole."""

import sys

import typer

from badger_core.cli import app as studio
from badger_core.cli import doctor
from badger_core.errors import BadgerError

app = typer.Typer(name="badger", add_completion=False, pretty_exceptions_enable=False)
app.command("app", context_settings=studio.PASS_ON)(studio.start_app)
app.command("doctor")(doctor.doctor)


def main(arguments: list[str]) -> None:
    """Run one of them; a known error is one sentence on standard error and exit code 1."""
    try:
        app(args=arguments)
    except BadgerError as error:
        typer.echo(f"badger: {error}", err=True)
        sys.exit(1)
