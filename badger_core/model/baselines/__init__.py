"""The networks that BADGER is measured against, behind the same Batch, loop and Output."""
