"""Messages are said when they are shown, in the language that holds at that moment."""

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel

from ropa import i18n
from ropa.errors import RopaError
from ropa.i18n import _, in_language
from tests.builders_exports import catalogues

WORDS = {
    "es": {"Not recorded": "No consta", "%(name)s is late": "%(name)s llega tarde"},
    "pt": {"Not recorded": "Não consta"},
}


@pytest.fixture(autouse=True)
def _words(tmp_path):
    with catalogues(tmp_path / "words", WORDS):
        yield


def test_a_message_is_english_when_there_is_no_page():
    assert str(_("Not recorded")) == "Not recorded"


def test_a_message_made_outside_is_said_in_the_chosen_language():
    message = _("Not recorded")
    with in_language("es"):
        assert str(message) == "No consta"
        with in_language("pt"):
            assert str(message) == "Não consta"
        assert str(message) == "No consta"
    assert str(message) == "Not recorded"


def test_blanks_are_filled_in_the_chosen_language_too():
    message = _("%(name)s is late", name=_("Not recorded"))
    with in_language("es"):
        assert str(message) == "No consta llega tarde"


def test_a_message_without_translation_stays_english():
    with in_language("pt"):
        assert str(_("%(name)s is late", name="Ana")) == "Ana is late"


def test_a_percent_sign_without_blanks_is_left_alone():
    with in_language("es"):
        assert str(_("100 %")) == "100 %"


def test_a_language_we_do_not_speak_is_refused_with_a_sentence():
    with pytest.raises(RopaError, match=r"“fr” is not a language .* en, es, pt"), in_language("fr"):
        pass


def test_the_chosen_language_wins_over_the_readers(tmp_path):
    app = Flask(__name__)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(i18n.TRANSLATIONS)
    Babel(app, locale_selector=lambda: "es")
    message = _("Not recorded")
    with app.test_request_context():
        assert str(message) == "No consta"
        with in_language("pt"):
            assert str(message) == "Não consta"
            assert render_template_string("{{ _('Not recorded') }}") == "Não consta"
        assert render_template_string("{{ _('Not recorded') }}") == "No consta"


def test_what_people_typed_never_becomes_markup():
    app = Flask(__name__)
    Babel(app)
    message = _("%(name)s is late", name="<script>")
    with app.test_request_context():
        assert render_template_string("{{ m }}", m=message) == "&lt;script&gt; is late"
