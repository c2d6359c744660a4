"""Which drugs are predicted to reverse a disease, and how far that can be told from chance."""
