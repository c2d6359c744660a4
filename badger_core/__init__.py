"""BADGER: ranks the 978 L1000 landmark genes by a compound's predicted effect on a cell line."""

__version__ = "0.1.0"
