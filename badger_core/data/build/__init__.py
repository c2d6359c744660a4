"""From raw source files to the bundle, one table per file."""
