"""Write the table of rules: ``python -m tests.unit.lint.table``."""

import csv

from tests.unit.lint.test_table import TABLE, rows

if __name__ == "__main__":
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows())
