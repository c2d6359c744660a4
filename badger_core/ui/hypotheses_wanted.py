"""A question to the library of compounds, and what its answer is remembered by."""

from hashlib import sha256
from typing import NamedTuple

from badger_core.cells.catalogue import CellLine
from badger_core.diseases.signature import DiseaseSignature
from badger_core.repurpose.hypotheses import HypothesisSettings
from badger_core.repurpose.indications import Disease
from badger_core.repurpose.library_file import ScreenLibrary
from badger_core.ui.uploads import are_private


class Wanted(NamedTuple):
    """A question to the library.

    Attributes:
        signature: to be reversed.
        disease: whose known drugs are marked, or None.
        lines: L of them, with expression.
        settings: of the list.
        library: None for that of the app.
        own: whether the signature was uploaded.
        visit: the secret of the visit (`ui.visit`); what holds an upload is remembered under it.
    """

    signature: DiseaseSignature
    disease: Disease | None
    lines: tuple[CellLine, ...]
    settings: HypothesisSettings
    library: ScreenLibrary | None
    own: bool = False
    visit: str = ""

    @property
    def private(self) -> bool:
        """Whether the predictions are of an upload: a line or the library."""
        return self.library is not None or are_private(line.name for line in self.lines)

    @property
    def key(self) -> str:
        """First 16 digits of a hash of all that the answer depends on, beside bundle and models."""
        s = self.signature
        digest = sha256(repr((s.name, s.up, s.down, s.listed, s.source, self.settings)).encode())
        digest.update(s.values.tobytes() + repr(self.disease).encode())
        digest.update(self.predicted_from.encode())
        if self.own or self.private:
            digest.update(self.visit.encode())
        return digest.hexdigest()[:16]

    @property
    def predicted_from(self) -> str:
        """The same of the predictions alone: lines and library, and the visit that uploaded one."""
        compounds = self.library.candidates if self.library else "hub"
        lines = [(line.name, line.display_name) for line in self.lines]
        visit = self.visit if self.private else ""
        return sha256(repr((lines, compounds, visit)).encode()).hexdigest()
