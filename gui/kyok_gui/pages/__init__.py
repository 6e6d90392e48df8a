"""The pages of the console, one package for each place."""
