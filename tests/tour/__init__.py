"""The pictures of the README, taken anew: ``make tour``."""
