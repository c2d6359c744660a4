"""Tests of badger_core.export."""
