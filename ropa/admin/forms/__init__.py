"""Forms of every noun, built from what its record says of itself; no form is written by hand."""

from ropa.admin.forms.names import with_next_ref, with_short_name
from ropa.admin.forms.options import Option, Options, name_of
from ropa.admin.forms.record_form import (
    RecordForm,
    SmallForm,
    check_why,
    fill,
    layout_of,
    problems_of_why,
    read_record,
    typed_over,
)
from ropa.admin.forms.rows import Typed
from ropa.admin.forms.showing import (
    comings_and_goings,
    lines_of,
    order_in_words,
    path_in_words,
    several,
)
from ropa.admin.forms.tidy import countries

__all__ = [
    "Option",
    "Options",
    "RecordForm",
    "SmallForm",
    "Typed",
    "check_why",
    "comings_and_goings",
    "countries",
    "fill",
    "layout_of",
    "lines_of",
    "name_of",
    "order_in_words",
    "path_in_words",
    "problems_of_why",
    "read_record",
    "several",
    "typed_over",
    "with_next_ref",
    "with_short_name",
]
