"""A message goes to public addresses only, to the one that was looked at, and follows nobody."""

import shutil
import socket
import ssl
import subprocess
import threading

import pytest

from ropa.publishing.webhooks.reaching import BadAddressError, Reach, UnreachableError
from tests.listening import a_listener
from tests.missing import lacking

NOT_PUBLIC = (
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",  # noqa: S104  # an address that must be refused
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
    "::7f00:1",
)


def names(monkeypatch, *addresses: str) -> list[str]:
    """Let every name lead to these addresses; return the names that are looked up."""
    asked: list[str] = []

    def look_up(host, port, **_more):
        asked.append(host)
        kinds = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(kinds[":" in one], socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.fixture
def nothing_is_dialled(monkeypatch):
    def dial(address, *_more):
        raise AssertionError(f"dialled {address}")

    monkeypatch.setattr(socket, "create_connection", dial)


@pytest.mark.parametrize("address", NOT_PUBLIC)
@pytest.mark.usefixtures("nothing_is_dialled")
def test_a_name_that_leads_into_a_house_is_not_dialled(monkeypatch, address):
    names(monkeypatch, address)
    with pytest.raises(UnreachableError, match="not a public one"):
        Reach().post("https://hooks.example/", b"{}", {})


@pytest.mark.usefixtures("nothing_is_dialled")
def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    names(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(UnreachableError, match="not a public one"):
        Reach().post("https://hooks.example/", b"{}", {})


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_in_numbers_is_refused_when_it_is_entered(address):
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(BadAddressError, match="not a public one"):
        Reach().must_be_good(f"https://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example",
        "http://hooks.example/",
        "ftp://hooks.example/",
        "https:///path",
        "https://hooks.example:0/",
        "https://hooks.example:99999/",
        "https://user:word@hooks.example/",
        "https://hooks.example/#part",
        "https://hooks.example/a b",
        "https://hooks.example/\r\nx: y",
        "https://höoks.example/",
        "https://[::1/",
        "https://hooks.example/" + "x" * 2000,
    ],
)
def test_what_is_no_address_of_a_program_is_refused(url):
    with pytest.raises(BadAddressError):
        Reach().must_be_good(url)


@pytest.mark.parametrize(
    "url", ["https://hooks.example", "https://hooks.example:8443/a?b=c", "https://93.184.216.34/"]
)
def test_the_address_of_a_program_is_taken(url):
    assert Reach().must_be_good(url).scheme == "https"


def test_the_address_that_was_looked_at_is_the_one_that_is_dialled(monkeypatch):
    asked, dialled = names(monkeypatch, "93.184.216.34"), []

    def dial(address, _timeout):
        dialled.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", dial)
    with pytest.raises(UnreachableError, match="ConnectionRefusedError"):
        Reach().post("https://hooks.example/", b"{}", {})
    assert (asked, dialled) == (["hooks.example"], [("93.184.216.34", 443)])


def test_the_name_is_looked_up_again_at_every_try(monkeypatch):
    asked = names(monkeypatch, "10.0.0.1")
    for _turn in range(2):
        with pytest.raises(UnreachableError):
            Reach().post("https://hooks.example/", b"{}", {})
    assert asked == ["hooks.example"] * 2


def test_with_loopback_let_in_the_private_network_stays_out(monkeypatch):
    names(monkeypatch, "192.168.1.1")
    for scheme in ("http", "https"):
        with pytest.raises(UnreachableError, match="not a public one"):
            Reach(loopback=True).post(f"{scheme}://hooks.example/", b"{}", {})


def test_without_tls_no_public_host_is_reached_even_so(monkeypatch):
    names(monkeypatch, "93.184.216.34")
    with pytest.raises(UnreachableError, match="not a public one"):
        Reach(loopback=True).post("http://hooks.example/", b"{}", {})


def test_the_host_that_was_asked_for_is_named_and_a_redirect_is_not_followed():
    with a_listener() as listener:
        listener.answers, listener.location = [302], listener.url
        assert Reach(loopback=True).post(listener.url, b"{}", {"a": "b"}) == 302
        assert len(listener.heard) == 1
        heard = listener.heard[0]
        assert heard.path == "/hooks?of=ours"
        assert heard.headers["host"] == listener.url.split("/")[2]
        assert (heard.headers["a"], heard.body) == ("b", b"{}")


def test_who_never_answers_is_left_after_a_while():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(UnreachableError):
            Reach(loopback=True, patience=0.2).post(url, b"{}", {})


def test_who_answers_drop_by_drop_is_left_after_a_while():
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def drip():
            taken, _from = server.accept()
            with taken:
                while not over.wait(0.05):
                    try:
                        taken.sendall(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(UnreachableError):
            Reach(loopback=True, patience=0.3).post(url, b"{}", {})
        over.set()
        thread.join()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for hooks.example that nobody vouches for, and its key."""
    if shutil.which("openssl") is None:
        lacking("openssl", "no certificate can be made for a test of TLS")
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hooks.example"
    more = ["-addext", "subjectAltName=DNS:hooks.example", "-keyout", key, "-out", cert]
    subprocess.run(["openssl", *asked.split(), *more], check=True, capture_output=True)
    return cert, key


@pytest.fixture
def tls(certificate, monkeypatch):
    """A listener behind TLS; every name leads to it. Its address, whatever the name."""
    with a_listener() as listener:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        listener.wrap(context)
        port = listener.url.split("/")[2].split(":")[1]
        look_up = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda _host, *more, **named: look_up("127.0.0.1", *more, **named),
        )
        yield listener, lambda host: f"https://{host}:{port}/"


def test_a_certificate_that_nobody_vouches_for_is_refused(tls):
    listener, at = tls
    with pytest.raises(UnreachableError, match="SSLCertVerificationError"):
        Reach(loopback=True).post(at("hooks.example"), b"{}", {})
    assert listener.heard == []


def test_tls_checks_the_name_though_the_address_is_dialled(tls, certificate, monkeypatch):
    listener, at = tls
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert Reach(loopback=True).post(at("hooks.example"), b"{}", {}) == 204
    assert listener.heard[0].headers["host"].startswith("hooks.example:")
    with pytest.raises(UnreachableError, match="SSLCertVerificationError"):
        Reach(loopback=True).post(at("other.example"), b"{}", {})
