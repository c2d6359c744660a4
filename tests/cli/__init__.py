"""Tests of `badger_core.cli`: the commands."""
