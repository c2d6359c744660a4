"""Cell lines: names, annotation, basal expression and likeness."""
