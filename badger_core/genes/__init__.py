"""The 978 landmark genes: identifiers and vectors."""
