"""The staff door: the back office."""
