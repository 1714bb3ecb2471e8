"""``?next=`` leads back to a page of ours, however a browser might read it."""

import pytest

from ropa.admin.gate import HOME, safe_next


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "http://evil.example/admin",
        "HTTPS://evil.example",
        "//evil.example",
        "///evil.example",
        "////evil.example/%2e%2e",
        "/\\evil.example",
        "\\\\evil.example",
        "/\\/evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "//evil.example@localhost/",
        "http:evil.example",
        "http:/evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "evil.example",
        "./evil.example",
        "@evil.example",
        "/.//evil.example",
        "/admin//evil.example",
        "//[::1",
        "/\u2044/evil.example",
        "\u3000//evil.example",
        "/\x00/evil.example",
        "?next=//evil.example",
        "#//evil.example",
        "/login",
        "/logout",
        "/" + "a" * 3000,
        "",
        None,
    ],
)
def test_what_would_leave_the_site_leads_home(target: str | None):
    assert safe_next(target) == HOME


@pytest.mark.parametrize(
    "target",
    ["/admin/vendor/", "/account", "/admin/vendor/?search=%C3%B1&page=2", "/a?back=//elsewhere#x"],
)
def test_a_page_of_ours_is_gone_back_to(target: str):
    assert safe_next(target) == target
