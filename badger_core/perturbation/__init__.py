"""GPO-VAE and its rivals: what losing a gene does to the others."""
