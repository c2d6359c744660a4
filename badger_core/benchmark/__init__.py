"""Every model on every split: predicted, sealed, scored, compared."""
