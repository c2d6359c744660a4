"""Networks: Batch to Output, the registry and checkpoints."""
