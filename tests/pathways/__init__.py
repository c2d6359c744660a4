"""Tests of `badger_core.pathways`: pathway sets, the vocabulary and labels."""
