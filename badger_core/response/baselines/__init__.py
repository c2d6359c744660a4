"""What a graph model has to be ahead of."""
