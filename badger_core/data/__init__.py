"""From source files to signatures, splits and batches; the bundle."""
