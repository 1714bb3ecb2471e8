"""What a WSGI server serves."""

from ropa.accounts.events import write_json_lines
from ropa.app import create_app

write_json_lines()
app = create_app()
