"""Tests of `badger_core.genes`: the gene panel, names and vectors."""
