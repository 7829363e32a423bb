"""Forms of the file: they validate, the actions write."""
