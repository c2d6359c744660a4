"""Tests of `badger_core.repurpose`: questions asked of many predictions."""
