"""The register's first day: reference data and the seed, read from files and loaded once.

``seed_data/`` is written for people to read and correct (its README says how). Here its files
become records: human keys turn into fixed ids, cited sections into provenance. Loading again is
safe: what a person has touched since is left alone.
"""

from ropa.operations.seeding.loading import Loaded, in_order, load
from ropa.operations.seeding.problem import SeedError
from ropa.operations.seeding.reading import read_reference, read_seed

__all__ = ["Loaded", "SeedError", "in_order", "load", "read_reference", "read_seed"]
