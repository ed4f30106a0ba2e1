"""The server behind `archive serve`: one process, one archive, this machine only unless told otherwise."""

import asyncio
import socket
import webbrowser
from collections.abc import Callable, Sequence

import uvicorn
from anyio.to_thread import current_default_thread_limiter

from searcher.archive import Archive
from searcher.errors import UsageError
from searcher.web.app import make_app
from searcher.web.connection import Connection
from searcher.web.guard import HEAD_BYTES
from searcher.web.hosts import EVERYWHERE, Hosts

__all__ = ["serve"]

# Requests worked on side by side. They share one core, so with more of them each takes longer: of 64 clients asking for
# pages of 15,000 articles, the slowest in a hundred waited 9 s with 40 threads and 3 s with 8, as many being answered.
THREADS = 8


def serve(
    archive: Archive,
    host: str,
    port: int,
    *,
    announce: Callable[[str], None],
    in_browser: bool = False,
    allowed: Sequence[str] = (),
) -> None:
    """Serve until interrupted; `announce` is told the address once it listens.

    It answers under the names of this machine that `host` makes it reachable by, and those `allowed`.

    Raises:
        UsageError: the address cannot be listened at.
    """
    with _listen(host, port) as listening:
        address, taken = listening.getsockname()[:2]
        url = f"http://{_in_url('localhost' if address in EVERYWHERE else host)}:{taken}/"
        more = ", and at every address of this machine" if address in EVERYWHERE else ""

        def started() -> None:
            announce(f"serving {archive.location} at {url}{more}  (Ctrl-C ends it)")
            if in_browser and not webbrowser.open(url):
                announce("no browser could be started: open the address by hand")

        _Server(_config(make_app(archive, Hosts.of(host, address, allowed))), started).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Tells when it answers, and Ctrl-C ends it in good order."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell so; a browser may take its time to come up."""
        current_default_thread_limiter().total_tokens = THREADS
        await super().startup(sockets)
        await asyncio.to_thread(self._started)


def _config(app: object) -> uvicorn.Config:
    """Plain HTTP and no more, whatever else is installed that uvicorn would take up."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=Connection,
        ws="none",
        lifespan="off",
        proxy_headers=False,
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise UsageError(f"cannot listen at {host}:{port} ({error.strerror}); choose another with --port") from error
