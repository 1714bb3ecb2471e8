"""Keep the cells of the record anew; read what changed before it is committed."""

import sys

from ropa.i18n import LANGUAGES
from tests.golden import FOLDER, kept_in, write

FOLDER.mkdir(parents=True, exist_ok=True)
for language in LANGUAGES:
    write(language)
    sys.stdout.write(f"{kept_in(language)}\n")
