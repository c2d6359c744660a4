"""Tests of `badger_core.model`: networks and checkpoints."""
