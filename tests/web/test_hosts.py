"""Under which names a server answers, by where it listens."""

import socket

import pytest

from searcher.web.hosts import Hosts

OWN = socket.gethostname()


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        ("localhost", True),
        ("LocalHost:8000", True),
        ("localhost.:8000", True),  # a name that is whole
        ("127.0.0.1:8000", True),
        ("[::1]", True),
        ("[::1]:8000", True),
        ("evil.example", False),  # what DNS rebinding leads here
        ("localhost.evil.example", False),
        ("127.0.0.1.nip.example", False),
        ("192.168.1.5:8000", False),  # another address: not listened at
        ("user@localhost", False),
        ("localhost:80@evil.example", False),
        ("localhost:", True),  # an empty port is the usual one (RFC 3986)
        ("localhost:8000:9000", False),
        ("localhost/evil.example", False),
        ("localhost evil.example", False),
        ("localhost,evil.example", False),
        ("localhost\n", False),
        ("::1", False),  # an address of this kind stands in brackets
        ("[localhost]", False),
        ("[::1", False),
        ("", False),
        (":8000", False),
    ],
)
def test_on_loopback(header: str, answered: bool) -> None:
    """Its names and addresses, whole and with any port."""
    assert Hosts().answer_to(header) == answered
    assert Hosts.of("127.0.0.1", "127.0.0.1").answer_to(header) == answered


@pytest.mark.parametrize(
    ("host", "address"), [("0.0.0.0", "0.0.0.0"), ("::", "::")], ids=["every address", "every address of IPv6"]
)
@pytest.mark.parametrize(
    ("header", "answered"),
    [
        ("localhost:8000", True),
        ("192.168.1.5:8000", True),  # an address leads where it leads: no website has it for a name
        ("[fe80::1]:8000", True),
        ("0.0.0.0:8000", True),
        (OWN, True),
        (f"{OWN.partition('.')[0].upper()}.local:8000", True),
        ("evil.example", False),
        ("archive.example", False),  # a name that DNS may have for this machine: --allow-host
        (f"{OWN}.evil.example", False),
        ("127.0.0.1.nip.example", False),
    ],
)
def test_everywhere(host: str, address: str, header: str, answered: bool) -> None:
    """Any address, and the names that the machine gives itself."""
    assert Hosts.of(host, address).answer_to(header) == answered


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        ("Archive.Example:8000", True),
        ("192.0.2.7:8000", True),
        ("localhost:8000", True),
        (OWN, True),
        ("192.0.2.8", False),
        ("evil.example", False),
        ("sub.archive.example", False),
    ],
)
def test_at_a_named_address(header: str, answered: bool) -> None:
    """The name that was given, the address that it led to, and the names of the machine."""
    assert Hosts.of("archive.example", "192.0.2.7").answer_to(header) == answered


def test_what_is_allowed() -> None:
    """A name that the user gives, wherever the server listens; no other with it."""
    for address in ("127.0.0.1", "0.0.0.0", "192.0.2.7"):
        hosts = Hosts.of(address, address, ["News.Example", "[2001:db8::7]"])
        assert hosts.answer_to("news.example:443")
        assert hosts.answer_to("[2001:db8::7]")
        assert not hosts.answer_to("other.example")
