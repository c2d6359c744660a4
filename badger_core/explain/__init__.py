"""What a prediction is said to rest on, and whether that is true."""
