"""The street door alone, on a register held in memory: no database, no back office."""

from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

import ropa
from ropa.extensions import babel
from ropa.public import public
from ropa.public.shelf import Shelf
from ropa.register import Register

PACKAGE = Path(ropa.__file__).parent


def a_street_door() -> Flask:
    """Return an app with the public pages and nothing else."""
    templates, static = PACKAGE.parent / "templates", PACKAGE / "static"
    app = Flask("street", template_folder=str(templates), static_folder=str(static))
    app.testing = True
    app.config.update(
        SECRET_KEY="signs-nothing",
        ROPA_BASE_URL="https://trust.example.org",
        ROPA_LANGUAGES=("en", "es", "pt"),
        BABEL_TRANSLATION_DIRECTORIES=str(PACKAGE / "translations"),
    )
    babel.init_app(app)
    app.register_blueprint(public)
    return app


def show(app: Flask, register: Register) -> FlaskClient:
    """Let the app show a register, on whatever day it is, and return a browser without a screen."""
    app.extensions["ropa.shelf"] = Shelf(
        lambda day: replace(register, on_day=day), lambda: register.head.seq
    )
    return app.test_client()
