"""Tests of `badger_core.diseases`: signatures and indications."""
