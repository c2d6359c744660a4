"""Disease signatures and indications."""
