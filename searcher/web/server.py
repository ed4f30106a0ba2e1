"""The server behind `archive serve`: one process, one archive, this machine only unless told otherwise."""

import socket
import webbrowser
from collections.abc import Callable

import uvicorn

from searcher.archive import Archive
from searcher.errors import UsageError
from searcher.web.app import make_app

__all__ = ["serve"]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never listened at unless asked to


def serve(archive: Archive, host: str, port: int, *, announce: Callable[[str], None], in_browser: bool = False) -> None:
    """Serve until interrupted; `announce` is told the address once it listens.

    Raises:
        UsageError: the address cannot be listened at.
    """
    shown = f"[{host}]" if ":" in host else host
    # Who listens at every address is reached under names that cannot be known here: then no name is refused.
    hosts = ("*",) if host in EVERYWHERE else (*LOOPBACK, shown)
    with _listen(host, port) as listening:
        url = f"http://{shown}:{listening.getsockname()[1]}/"
        announce(f"serving {archive.location} at {url}  (Ctrl-C ends it)")
        if in_browser and not webbrowser.open(url):
            announce("no browser could be started: open the address by hand")
        config = uvicorn.Config(make_app(archive, hosts), log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise UsageError(f"cannot listen at {host}:{port} ({error.strerror}); choose another with --port") from error
