"""Tests of `badger_core.model.baselines`."""
