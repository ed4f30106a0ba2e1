"""`archive serve` as a real process on a free port."""

import json
import signal
import socket
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from cli.shell import Shell, serving


@pytest.fixture(scope="module")
def address(built: Shell) -> Iterator[str]:
    """The address of a server of the sample articles."""
    with serving(built) as (found, _):
        yield found


def fetch(url: str) -> str:
    """The text at an address."""
    with urllib.request.urlopen(url, timeout=30) as response:
        assert response.status == 200
        return str(response.read().decode())


def test_the_page_is_served(address: str, kalibr_title: str) -> None:
    """It is on this machine alone, and shows what the archive holds."""
    assert address.startswith("http://127.0.0.1:")
    assert "80 articles" in fetch(address)
    assert "<mark>Abu Kamal</mark>" in fetch(f"{address}?q=Kalibr+Abu+Kamal")


@pytest.mark.parametrize(
    ("params", "arguments"),
    [
        ([("q", "Kalibr Abu Kamal")], ("Kalibr Abu Kamal",)),
        ([("q", "Bukamal"), ("exact", "1")], ("--exact", "Bukamal")),
        (
            [("q", "Russia"), ("location", "Syria"), ("not_actor", "NATO"), ("after", "2016"), ("sort", "oldest")],
            ("-l", "Syria", "--not-actor", "NATO", "--after", "2016", "--sort", "oldest", "Russia"),
        ),
        ([("q", "missile"), ("limit", "3"), ("offset", "2")], ("-n", "3", "--offset", "2", "missile")),
        (
            [("q", "missile"), ("facet", "author"), ("facet_size", "2")],
            ("--facet", "author", "--facet-size", "2", "missile"),
        ),
        (
            [("q", "frigate ferry"), ("match", "any"), ("explain", "1")],
            ("--match", "any", "--explain", "frigate ferry"),
        ),
        ([("q", "zzzqqq")], ("zzzqqq",)),
    ],
)
def test_the_api_answers_as_the_command_does(
    built: Shell, address: str, params: list[tuple[str, str]], arguments: tuple[str, ...]
) -> None:
    """/api/search and `search --json` are the same object but for the time it took."""
    api = json.loads(fetch(f"{address}api/search?{urlencode(params)}"))
    assert api | {"took_ms": 0} == built.found(*arguments) | {"took_ms": 0}


def test_the_api_gives_an_article_as_show_does(built: Shell, address: str) -> None:
    """/api/article/ID is `archive show ID --json`."""
    article_id = built.found("submarine")["hits"][0]["id"]
    assert json.loads(fetch(f"{address}api/article/{article_id}")) == json.loads(
        built.archive("show", "--json", article_id).stdout
    )


def test_a_running_server_sees_what_is_added(shell: Shell) -> None:
    """Another process adds an article; the next request finds it."""
    for name in ("first", "second"):
        (shell.folder / f"{name}.txt").write_text(f"The {name} ferry\n\nThe {name} ferry sailed.\n", encoding="utf-8")
    shell.archive("add", "first.txt")
    with serving(shell) as (address, _):
        totals = [json.loads(fetch(f"{address}api/search?q=ferry"))["total"]]
        shell.archive("add", "second.txt")
        totals.append(json.loads(fetch(f"{address}api/search?q=ferry"))["total"])
    assert totals == [1, 2]


@pytest.mark.parametrize("fetched", [True, False])
def test_ctrl_c_ends_it(built: Shell, fetched: bool) -> None:
    """That is how it is meant to end: status 0, nothing more on stderr, the port free again."""
    with serving(built) as (address, running):
        if fetched:
            fetch(address)
        running.send_signal(signal.SIGINT)
        assert running.stderr
        assert (running.wait(20), running.stderr.read()) == (0, "")
    port = int(address.rstrip("/").rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_everywhere_is_announced_by_an_address_that_works(built: Shell) -> None:
    """0.0.0.0 is none that one can go to: the page is at localhost, and elsewhere."""
    with serving(built, "--host", "0.0.0.0") as (address, _):
        assert address.startswith("http://localhost:")
        assert "80 articles" in fetch(address)


def test_a_port_in_use_is_an_error(built: Shell) -> None:
    """One line that names the address and the option."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = built.archive("serve", "-p", str(port))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"archive: cannot listen at 127.0.0.1:{port}")
    assert done.stderr.rstrip().endswith("choose another with --port")
