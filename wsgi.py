"""What a WSGI server serves."""

from ropa.app import serve_app

app = serve_app()
