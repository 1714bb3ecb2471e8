"""The hall: the one place that knows every room."""

from flask import Flask, current_app, has_request_context, request, session
from sqlalchemy.engine import make_url

from ropa.accounts.events import write_json_lines
from ropa.admin import init_admin
from ropa.admin.doorway import install_doorway
from ropa.config import HOME, PACKAGE, Settings
from ropa.extensions import babel, check_permissions, csrf, db
from ropa.history import remember
from ropa.lane import Lane
from ropa.models.engine import guard_engine
from ropa.public import public
from ropa.publishing import seal_versions
from ropa.publishing.webhooks import tell_webhooks

LANGUAGE_KEY = "language"
"""Where the Flask session of somebody signed in keeps the language they chose."""


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from settings, those of the environment by default.

    Raises BadSettingError for a setting that cannot be used, and UndeclaredRouteError when a
    route does not say which permission it needs.
    """
    settings = settings or Settings.from_environment()
    app = Flask(
        "ropa",
        root_path=str(PACKAGE),
        template_folder=str(HOME / "templates"),
        instance_path=str(settings.instance),
    )
    app.config.update(settings.for_flask())
    _make_folder(settings)
    db.init_app(app)
    babel.init_app(app, locale_selector=_language)
    csrf.init_app(app)
    with app.app_context():
        guard_engine(db.engine)
        remember(db.session)
        seal_versions(db.session)
        tell_webhooks(db.session)
    # Inside the proxies' headers, which the doorway reads, and before everything else.
    app.wsgi_app = Lane(  # type: ignore[method-assign]
        app.wsgi_app, lambda: app.extensions.get("ropa.shelf"), settings.hosts
    )
    install_doorway(app, proxies=settings.proxies)
    init_admin(app)
    app.register_blueprint(public)
    check_permissions(app)
    return app


def serve_app() -> Flask:
    """Build the application for a server, with its log written as JSON lines."""
    write_json_lines()
    return create_app()


def _make_folder(settings: Settings) -> None:
    if make_url(settings.database).get_backend_name() == "sqlite":
        settings.instance.mkdir(parents=True, exist_ok=True)


def _language() -> str | None:
    """Return the language of a page of the back office: chosen, or what the browser prefers."""
    offered = current_app.config["ROPA_LANGUAGES"]
    if not has_request_context():  # a command inside the app has neither reader nor browser
        return str(offered[0])
    chosen = session.get(LANGUAGE_KEY)
    if chosen in offered:
        return str(chosen)
    return request.accept_languages.best_match(offered)
