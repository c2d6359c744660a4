"""Tests of `badger_core.training`: losses, the loop and its settings."""
