"""A stranger, without script, cookie or account, reads the list of sub-processors."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker

from ropa.extensions import permission_of
from ropa.public.shelf import Shelf
from ropa.register import Head
from ropa.vocabulary import Permission
from tests.functional.site import a_street_door, show
from tests.subprocessors import HEAD, a_company, a_list, a_register, a_vendor, an_engagement

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGES = ("/subprocessors", "/es/subprocessors", "/pt/subprocessors", "/subprocessors/example-mail")
FILES = ("/subprocessors.json", "/subprocessors.csv", "/es/subprocessors.csv")
SCHEMA = "/subprocessors.schema.json"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def site() -> FlaskClient:
    return show(a_street_door(), a_register(*a_list()))


def the_json(site: FlaskClient) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(site.get("/subprocessors.json").data)
    return document


def test_the_page_names_the_company_and_lists_who_works_for_it(site):
    page = site.get("/subprocessors").text
    assert "<h1>Sub-processors of Example Balance S.L.</h1>" in page
    assert "Bare Cloud" in page
    assert "Example Edge Ltd" in page


def test_seven_columns_stand_over_every_part_of_the_list(site):
    page = site.get("/subprocessors").text
    assert page.count('scope="col"') == 7 * page.count("<table")


@pytest.mark.parametrize("path", [*PAGES, *FILES, SCHEMA, "/robots.txt", "/healthz", "/", "/en"])
def test_no_answer_sets_a_cookie_or_depends_on_one(site, path):
    site.set_cookie("session", "anything")
    answer = site.get(path)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_script_no_inline_style_and_calls_no_other_host(site, path):
    page = site.get(path).text
    assert "<script" not in page
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick" not in page
    assert 'src="http' not in page
    assert 'stylesheet" href="/static/' in page


@pytest.mark.parametrize("path", [*PAGES, *FILES, SCHEMA])
def test_public_answers_may_be_kept_and_carry_the_strict_policy(site, path):
    headers = site.get(path).headers
    assert headers["Cache-Control"].startswith("public, max-age=")
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]


@pytest.mark.parametrize(
    ("clock", "kept"),
    [
        ("2026-11-24T11:00:00+01:00", "max-age=300, stale-while-revalidate=46500"),
        ("2026-11-24T23:58:00+01:00", "max-age=120, stale-while-revalidate=0"),
    ],
)
def test_nobody_keeps_a_page_beyond_its_day(site, clock, kept):
    with time_machine.travel(datetime.fromisoformat(clock), tick=False):
        assert site.get(PAGES[0]).headers["Cache-Control"] == f"public, {kept}"


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_who_has_the_page_already_is_told_so_by_either_validator(site, path):
    first = site.get(path)
    assert not first.headers["ETag"].startswith("W/")
    by_tag = site.get(path, headers={"If-None-Match": first.headers["ETag"]})
    by_date = site.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    assert by_tag.data == b""
    assert by_tag.headers["Cache-Control"] == first.headers["Cache-Control"]
    stale = site.get(path, headers={"If-None-Match": '"another"'})
    assert stale.status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *FILES, SCHEMA])
def test_head_answers_what_get_answers_without_the_body(site, path):
    head, get = site.head(path), site.get(path)
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["ETag"] == get.headers["ETag"]
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_the_tag_is_the_hash_of_the_bytes_so_a_day_without_change_keeps_it(site):
    tags = []
    for day in (NOON, NOON.replace(day=24)):
        with time_machine.travel(day, tick=False):
            tags.append([site.get(path).headers["ETag"] for path in (*PAGES, *FILES)])
    assert tags[0] == tags[1]


def test_a_date_that_comes_changes_the_page_with_nothing_run(site):
    before = site.get("/subprocessors")
    with time_machine.travel(datetime(2026, 12, 24, 9, tzinfo=UTC), tick=False):
        seen = site.get(
            "/subprocessors", headers={"If-Modified-Since": before.headers["Last-Modified"]}
        )
    assert seen.status_code == 200
    assert "not yet in use" in before.text
    assert "not yet in use" not in seen.text


def test_the_day_turns_where_the_company_is_not_where_the_server_is():
    away = (a_company(time_zone="Pacific/Auckland", country="NZ"), a_vendor())
    site = show(a_street_door(), a_register(*away, an_engagement(starts_on=date(2026, 11, 24))))
    assert "not yet in use" not in site.get("/subprocessors").text  # there it is the 24th
    near = (a_company(time_zone="America/Los_Angeles", country="US"), a_vendor())
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        site = show(a_street_door(), a_register(*near, an_engagement(starts_on=date(2026, 11, 24))))
        assert "not yet in use" in site.get("/subprocessors").text  # and there still the 23rd


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/sub-processors", "/subprocessors"),
        ("/en/subprocessors", "/subprocessors"),
        ("/subencargados", "/es/subprocessors"),
        ("/suboperadores", "/pt/subprocessors"),
        ("/.well-known/subprocessors.json", "/subprocessors.json"),
    ],
)
def test_other_names_lead_to_the_list(site, path, to):
    answer = site.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (308, to)


def test_the_front_door_leads_to_the_list(site):
    assert site.get("/").headers["Location"] == "/subprocessors"


def test_languages_go_by_the_address_alone(site):
    spanish = site.get("/es/subprocessors", headers={"Accept-Language": "pt"}).text
    assert '<html lang="es">' in spanish
    assert "Infraestructura para prestar el servicio" in spanish
    assert "Alemania" in spanish
    english = site.get("/subprocessors", headers={"Accept-Language": "es"}).text
    assert '<html lang="en">' in english


def test_every_language_is_announced_to_machines(site):
    page = site.get("/pt/subprocessors").text
    for code, path in (("en", ""), ("es", "/es"), ("pt", "/pt"), ("x-default", "")):
        assert f'hreflang="{code}" href="https://trust.example.org{path}/subprocessors"' in page
    assert '<link rel="canonical" href="https://trust.example.org/pt/subprocessors">' in page
    assert 'type="application/json" href="/subprocessors.json"' in page
    assert 'type="text/csv" href="/pt/subprocessors.csv"' in page


def test_a_text_without_translation_is_shown_and_marked(site):
    page = site.get("/es/subprocessors").text
    assert '<span lang="en">Delivery of e-mail</span> <span class="tongue" lang="en">' in page


def test_a_language_that_is_not_offered_is_not_there(site):
    site.application.config["ROPA_LANGUAGES"] = ("en", "es")
    assert site.get("/pt/subprocessors").status_code == 404
    assert 'hreflang="pt"' not in site.get("/subprocessors").text


def test_what_nobody_recorded_shows_as_a_gap(site):
    page = site.get("/subprocessors/bare").text
    facts = page.split('class="says"')[1]
    for label in ("Legal name", "Registered address", "Contact person"):
        assert f'<dt>{label}</dt><dd><span class="gap">' in facts.replace(' class="lines"', "")


def test_a_sub_processor_has_a_page_with_all_it_does(site):
    page = site.get("/subprocessors/example-mail").text
    for fact in ("Example Mail GmbH", "Kim Muster", "HRB 000000 B", "Delivery of text messages"):
        assert fact in page


@pytest.mark.parametrize("path", ["/subprocessors/nobody", "/es/subprocessors/nobody"])
def test_an_unknown_sub_processor_is_not_found_in_the_language_of_the_address(site, path):
    answer = site.get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'lang="{"es" if path.startswith("/es") else "en"}"' in answer.text


def test_the_json_keeps_the_schema_beside_it(site):
    schema = site.get(SCHEMA).json
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema, format_checker=FormatChecker())
    document = the_json(site)
    check.validate(document)
    assert document["schema_version"] == "1.1"
    document["subprocessors"][0]["engagements"][0]["status"] = "whatever"
    assert not check.is_valid(document)
    del document["head"]
    assert not check.is_valid(document)


@pytest.mark.parametrize("path", [*FILES, SCHEMA])
def test_scripts_of_other_sites_may_read_the_files(site, path):
    assert site.get(path).headers["Access-Control-Allow-Origin"] == "*"
    asked = site.options(path, headers={"Origin": "https://monitor.example"})
    assert asked.status_code == 200
    assert "Access-Control-Allow-Origin" not in site.get("/subprocessors").headers


def test_the_head_of_the_chain_stands_where_outsiders_keep_it(site):
    page = site.get("/subprocessors").text
    assert f'<meta name="register-head" content="{HEAD}">' in page
    assert f"head of the chain {HEAD}" in page
    assert the_json(site)["head"] == str(HEAD)


def test_page_and_json_print_the_same_hash_in_every_language(site):
    sha256 = the_json(site)["sha256"]
    assert all(sha256 in site.get(path).text for path in PAGES)


def test_the_address_in_the_files_comes_from_the_settings_not_from_the_request(site):
    answer = site.get("/subprocessors.json", headers={"Host": "evil.example"})
    assert json.loads(answer.data)["id"] == "https://trust.example.org/subprocessors"
    assert "evil.example" not in site.get("/subprocessors", headers={"Host": "evil.example"}).text


def test_signs_of_markup_and_formulas_stay_text():
    name = '=HYPERLINK("http://example.org","x")<script>alert(1)</script>'
    house = (a_company(), a_vendor(name=name), an_engagement())
    site = show(a_street_door(), a_register(*house))
    assert "<script" not in site.get("/subprocessors").text
    assert "<script" not in site.get("/subprocessors/example-mail").text
    assert the_json(site)["subprocessors"][0]["name"] == name
    assert "\"'=HYPERLINK" in site.get("/subprocessors.csv").text


def test_an_address_that_would_run_is_never_a_link():
    vendor = a_vendor(website="javascript:alert(1)", own_list_url="data:text/html,x")
    site = show(a_street_door(), a_register(a_company(), vendor, an_engagement()))
    page = site.get("/subprocessors/example-mail").text
    assert "javascript:" not in page
    assert "data:text" not in page


def test_an_empty_house_says_so():
    site = show(a_street_door(), a_register())
    assert "No sub-processor in use is on the public list." in site.get("/subprocessors").text
    assert the_json(site)["subprocessors"] == []


def test_the_program_says_that_it_runs(site):
    answer = site.get("/healthz")
    assert (answer.text, answer.headers["Cache-Control"]) == ("ok\n", "no-store")


def test_crawlers_are_kept_out_of_the_back_office(site):
    rules = site.get("/robots.txt").text
    assert "Allow: /\n" in rules
    assert "Disallow: /admin\n" in rules


def test_every_public_route_says_that_it_is_public(site):
    app: Flask = site.application
    ours = [one for one in app.url_map.iter_rules() if one.endpoint.startswith("public.")]
    assert ours
    assert all(permission_of(app, one.endpoint) is Permission.PUBLIC for one in ours)


def test_the_newest_revision_is_asked_for_once_a_second_and_moves_the_page():
    asked: list[float] = []
    seconds = [0.0]
    heads = [Head(1, "a" * 64, NOON)]

    def newest() -> int:
        asked.append(seconds[-1])
        return heads[-1].seq

    app = a_street_door()
    app.extensions["ropa.shelf"] = Shelf(
        lambda day: a_register(a_company(), on_day=day, head=heads[-1]),
        newest,
        lambda: seconds[-1],
    )
    site = app.test_client()
    first = site.get("/subprocessors").headers["ETag"]
    heads.append(Head(2, "b" * 64, NOON))
    for moment in (0.2, 0.4, 0.9, 1.1, 1.2, 1.9, 2.2):
        seconds.append(moment)
        tag = site.get("/subprocessors").headers["ETag"]
        assert (tag == first) is (moment < 1)
    assert asked == [1.1, 2.2]


def test_pages_are_made_once_and_then_handed_out(site, monkeypatch):
    bytes_of = site.get("/subprocessors").data
    monkeypatch.setattr(site.application.jinja_env, "get_template", None)
    assert site.get("/subprocessors").data == bytes_of
