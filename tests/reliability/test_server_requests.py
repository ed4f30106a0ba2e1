"""A running server against requests that mean harm: each is answered or refused, and reads nothing but the archive."""

from pathlib import Path

import pytest
from cli.shell import Shell, serving
from reliability.clients import Place, fetch, say

GET = b"GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
HERE = b"127.0.0.1"
ROUTES = (
    "/",
    "/article/",
    "/story/",
    "/api/search/",
    "/api/article/",
    "/api/story/",
    "/style.css/",
    "/icon.svg/",
    "/api/",
)

CLIMBS = [
    up * 12 + file
    for up, file in (
        ("../", "etc/passwd"),
        ("../", "etc/passwd%00.css"),
        ("....//", "etc/passwd"),
        ("..;/", "etc/passwd"),
        (".%2e/", "etc/passwd"),
        ("..%2f", "etc%2fpasswd"),
        ("%2e%2e%2f", "etc%2fpasswd"),
        ("%252e%252e%252f", "etc%252fpasswd"),  # decoded twice
        ("..\\", "etc\\passwd"),
        ("..%5c", "etc%5cpasswd"),
        ("%c0%ae%c0%ae%c0%af", "etc%c0%afpasswd"),  # overlong UTF-8
        ("%u002e%u002e/", "etc/passwd"),
        ("%00/", "etc/passwd"),
        ("", "/etc/passwd"),
        ("", "%2fetc%2fpasswd"),
        ("", "file:///etc/passwd"),
        ("", "settings.json"),  # of the archive
        ("", "../settings.json"),
        ("", "..%2fsettings.json"),
    )
]


@pytest.mark.parametrize("route", ROUTES)
def test_no_path_leads_to_a_file(server: Place, sample_shell: Shell, route: str) -> None:
    """Not to one of the system nor to one of the archive's own, in whatever way it is written."""
    secrets = ["root:", "day_first"]
    assert secrets[0] in Path("/etc/passwd").read_text()
    for climb in CLIMBS:
        for target in (route + climb, route.rstrip("/") + "/" + climb, f"{route.rstrip('/') or '/'}?q={climb}"):
            answer = say(server, GET % (target.encode(), HERE))
            assert answer.status in (200, 400, 404), target
            assert [secret for secret in secrets if secret in answer.body] == [], target


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        (b"/", b"127.0.0.1", 200),
        (b"/", b"LOCALHOST:1", 200),
        (b"/", b"evil.example", 400),  # a name that someone let lead here
        (b"/", b"127.0.0.1.evil.example", 400),
        (b"/", b"[::ffff:127.0.0.1]", 400),
        (b"/", b"", 400),
        (b"http://evil.example/", b"127.0.0.1", 400),  # the whole URL, as a proxy is asked
        (b"http://127.0.0.1/", b"127.0.0.1", 400),
        (b"//evil.example/", b"127.0.0.1", 404),
        (b"*", b"127.0.0.1", 400),
        (b"127.0.0.1:80", b"127.0.0.1", 400),
        (b"/", b"127.0.0.1\r\nHost: evil.example", 400),  # two
        (b"/", b"evil.example\r\nX-Forwarded-Host: 127.0.0.1", 400),
        (b"/", b"127.0.0.1 evil.example", 400),
    ],
)
def test_whom_it_answers(server: Place, target: bytes, host: bytes, status: int) -> None:
    """Only who asks for a path of this server by a name of this machine."""
    answer = say(server, GET % (target, host))
    assert answer.status == status
    assert ("80 articles" in answer.body) == (status == 200)


def test_a_request_of_old_names_its_host_too(server: Place) -> None:
    """HTTP/1.0 may leave it out: then it is refused."""
    assert say(server, b"GET / HTTP/1.0\r\n\r\n").status == 400
    assert say(server, b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_only_reading_is_possible(server: Place, method: str) -> None:
    """Any other method is refused on every route, what it sends is not waited for."""
    for route in ("/", "/article/0", "/story/0", "/api/search", "/api/article/0", "/api/story/0", "/style.css"):
        head = (
            f"{method} {route} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\nConnection: close\r\n\r\n"
        )
        assert say(server, head.encode()).status in (400, 405), route


def test_head_is_get_without_a_body(server: Place) -> None:
    """On every kind of route."""
    for route in ("/", "/?q=Syria", "/api/search?q=Syria", "/style.css", "/nothing"):
        request = f"{{}} {route} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        head, get = (say(server, request.format(method).encode()) for method in ("HEAD", "GET"))
        assert (head.status, head.body) == (get.status, "")
        assert get.body


def long_line(size: int) -> bytes:
    """A request whose target is that long."""
    return GET % (b"/?q=" + b"a" * (size - 4), HERE)


def headers(count: int, size: int) -> bytes:
    """A request with so many headers of a size."""
    return b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"x%d: %s\r\n" % (i, b"a" * size) for i in range(count))


TOO_MUCH = {
    "an address that fits": (long_line(30_000), {200}),
    "one that does not": (long_line(33_000), {414}),
    "one of more than a packet": (long_line(200_000), {0, 400, 414}),
    "one of megabytes": (long_line(5_000_000), {0, 400}),
    "a method that never ends": (b"G" * 50_000, {0, 400}),
    "headers that fit": (headers(10, 100) + b"Connection: close\r\n\r\n", {200}),
    "a header of a megabyte": (headers(1, 1_000_000) + b"\r\n", {0, 400}),
    "100,000 headers": (headers(100_000, 20) + b"\r\n", {0, 400}),
    "headers that never end": (headers(1, 40_000), {0, 400}),
    "nothing but empty lines": (b"\r\n" * 40_000, {0, 400}),
    "as many parameters as may be": (GET % (b"/?" + b"&".join([b"location=a"] * 100), HERE), {200}),
    "one more": (GET % (b"/?" + b"&".join([b"location=a"] * 101), HERE), {400}),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200), {0, 400}),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {0, 400}),
    "bytes that no address has": (b"GET /\xff\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n", {0, 400}),
}


@pytest.mark.parametrize(("request_", "statuses"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_or_no_request(server: Place, request_: bytes, statuses: set[int]) -> None:
    """It is refused, or hung up on before all was sent (0), and the next one is answered."""
    try:
        status = say(server, request_).status
    except (ConnectionResetError, BrokenPipeError):
        status = 0
    assert status in statuses
    assert fetch(server, "/api/search?q=Syria")[0].status == 200


def test_everywhere_it_answers_by_its_own_names(sample_shell: Shell) -> None:
    """At every address: under any of them and names that are allowed, under no other name."""
    with serving(sample_shell, "--host", "0.0.0.0", "--allow-host", "news.example") as (address, _):
        place = Place.of(address)
        asked = (b"127.0.0.1", b"192.0.2.1:80", b"localhost", b"news.example", b"evil.example")
        answers = [say(place, GET % (b"/style.css", host)).status for host in asked]
    assert answers == [200, 200, 200, 200, 400]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_at_a_named_address_it_refuses_other_names(sample_shell: Shell, host: str) -> None:
    """Listening by a name changes nothing for the others; the refusal says what would let them."""
    with serving(sample_shell, "--host", host) as (address, _):
        refused = say(Place.of(address), GET % (b"/api/search", b"evil.example:80"))
        assert fetch(Place.of(address), "/style.css")[0].status == 200
    assert refused.status == 400
    assert "--allow-host evil.example" in refused.body
