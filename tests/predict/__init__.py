"""Tests of `badger_core.predict`: from a question to a ranking."""
