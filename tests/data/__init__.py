"""Tests of `badger_core.data`: from raw files to batches."""
