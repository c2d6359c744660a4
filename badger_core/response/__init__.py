"""drGT and its rivals: how sensitive a cell line is to a drug."""
