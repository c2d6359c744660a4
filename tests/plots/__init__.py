"""Tests of badger_core.plots."""
