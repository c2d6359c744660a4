"""The options that several commands share, each with one name and one wording."""

from pathlib import Path
from typing import Annotated

import typer

_COMPOUND = (
    "Generic or other known name, Broad or DrugBank id, InChIKey, SMILES or InChI. Most brand "
    "names, CAS numbers and ChEMBL ids are not known."
)

CompoundText = Annotated[str, typer.Option("--compound", help=_COMPOUND)]
CompoundArgument = Annotated[str, typer.Argument(help=_COMPOUND)]
CompoundTexts = Annotated[
    list[str], typer.Option("--compound", help=f"{_COMPOUND} May be repeated.")
]
CellOrNone = Annotated[str | None, typer.Option("--cell", help="Cell line by any name or id.")]
CellTexts = Annotated[
    list[str] | None, typer.Option("--cell", help="Cell line by any name or id. May be repeated.")
]
Expression = Annotated[
    Path | None,
    typer.Option(
        "--expression", help="Own expression (CSV, TSV, XLSX, GCT, h5ad) in place of --cell."
    ),
]
ExpressionBeside = Annotated[
    Path | None,
    typer.Option(
        "--expression", help="Own expression (CSV, TSV, XLSX, GCT, h5ad), beside or without lines."
    ),
]
Sample = Annotated[str | None, typer.Option("--sample", help="Which sample of the file.")]
Samples = Annotated[
    list[str] | None,
    typer.Option("--sample", help="Samples of that file; all if not given. May be repeated."),
]
Platform = Annotated[
    str,
    typer.Option("--platform", help="What the file is centred on: auto, own, l1000 or nci60."),
]
ModelsFolder = Annotated[Path | None, typer.Option("--models", help="Folder of the checkpoints.")]
BundleFolder = Annotated[Path | None, typer.Option("--bundle", help="Folder of the data bundle.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")]
Library = Annotated[
    str, typer.Option("--library", help="'hub', or an SDF, SMI, CSV or TSV file of structures.")
]
CellLists = Annotated[
    list[str] | None,
    typer.Option("--cells", help="Cell lines, divided by commas; may be repeated."),
]
Limit = Annotated[int | None, typer.Option("--limit", help="Only the first compounds.", min=1)]


def divided(texts: list[str] | None) -> list[str]:
    """The names in `CellLists`, in their order."""
    return [name.strip() for text in texts or [] for name in text.split(",") if name.strip()]
