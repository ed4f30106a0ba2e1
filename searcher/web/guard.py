"""What stands around every answer: requests that cannot be meant are refused, and browsers are told what to forbid."""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from searcher.web.hosts import Hosts

__all__ = ["HEAD_BYTES", "MOST_PARAMETERS", "SECURITY", "Guard", "Refuse"]

# Nothing but this server's own style, forms and pictures; no script at all.
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# A query of 2,000 characters, all that is read of one, is up to 24,000 bytes in a URL.
HEAD_BYTES = 32 * 1024
# Every value picked is part of every link of a page: a page of 1,000 was 18 MB and took 5 s, one of 100 is 0.2 MB.
MOST_PARAMETERS = 100

Refuse = Callable[[Request, str, int], Response]


class Guard:
    """Lets through what is asked of this server; `refuse` makes the answer to everything else."""

    def __init__(self, app: ASGIApp, hosts: Hosts, refuse: Refuse) -> None:
        self._app = app
        self._hosts = hosts
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def forbid(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY)
            await send(message)

        reason = self._reason(scope)
        answer = self._refuse(Request(scope), *reason) if reason else self._app
        await answer(scope, receive, forbid)

    def _reason(self, scope: Scope) -> tuple[str, int] | None:
        """Why a request is refused, with the status that says so."""
        sent = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        host = sent[0] if len(sent) == 1 else ""
        if not self._hosts.answer_to(host):
            name = host.partition(":")[0]
            return f"this server does not answer to {host!r}: `archive serve --allow-host {name}` lets it", 400
        if not scope["path"].startswith("/"):  # the whole URL, as a proxy is asked: it may name any host
            return f"this is no proxy: ask for a path such as / instead of {scope['path']}", 400
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > HEAD_BYTES:
            return f"the address is longer than {HEAD_BYTES:,} bytes: ask for less", 414
        if scope["query_string"].count(b"&") >= MOST_PARAMETERS:
            return f"the address has more than {MOST_PARAMETERS} parameters: pick fewer values", 400
        return None
