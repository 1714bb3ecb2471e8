"""What a WSGI server serves."""

from ropa.app import create_app

app = create_app()
