"""Tests of `badger_core.cells`: cell lines by name, and their likeness."""
