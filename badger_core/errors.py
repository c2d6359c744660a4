"""The errors that people see: each says what came, what is wrong and what to do."""


class BadgerError(Exception):
    """Anything wrong that a user can mend; its message is fit to be shown as it is."""


class MoleculeError(BadgerError):
    """A text or file that cannot be read as one molecule."""


class CompoundNotFoundError(BadgerError):
    """A compound name that the library does not know.

    `suggestions` holds the nearest known names, best first.
    """

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class CellNotFoundError(BadgerError):
    """A cell-line name that the catalogue does not know.

    `suggestions` holds the nearest known names, best first.
    """

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class GeneError(BadgerError):
    """A gene identifier that cannot be mapped, or a vector on the wrong genes."""


class BundleError(BadgerError):
    """A data bundle that is missing, damaged or of another version."""


class CheckpointError(BadgerError):
    """A model file that is missing, damaged or made for other genes or pathways."""


class SplitError(BadgerError):
    """A split into training and test rows that leaks or cannot be made."""


class SealError(BadgerError):
    """Test labels that stay sealed, because no configuration or another one is frozen."""


class RawDataError(BadgerError):
    """A raw source file that is missing or not of the described shape."""


class SettingError(BadgerError):
    """A setting outside what the program can do."""


class ProgramError(BadgerError):
    """Another program that is missing or fails: a browser, or a server that was started."""


class StoppedError(BadgerError):
    """Work that ended because it was asked to; what was finished is kept."""


class WriteError(BadgerError):
    """A file that cannot be written: a full disk, missing rights, or a place that is none."""


class BusyError(BadgerError):
    """Work that another process is doing at the same place."""


class FullError(BadgerError):
    """Long work that was asked for while as much waits as may; says when to ask again."""


class ExpressionError(BadgerError):
    """An expression file that cannot be read, or that has no sample to predict for."""


class MatrixFileError(BadgerError):
    """A GCTX, GCT, h5ad or CSV file that cannot be read or written, or that lacks annotation."""


class SignatureError(BadgerError):
    """A disease signature that cannot be read, or that has too few landmark genes to be asked."""


class DiseaseNotFoundError(BadgerError):
    """A disease name that the catalogue does not know.

    `suggestions` holds the nearest known names, best first.
    """

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class ResponseError(BadgerError):
    """Drug-sensitivity tables or weights that are missing or damaged, or a question beyond them."""


class PerturbationError(BadgerError):
    """A single-cell screen or its tables that are missing, damaged or not fit for the question."""
