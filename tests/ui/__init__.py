"""Tests of badger_core.ui and of the pages."""
