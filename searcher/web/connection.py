"""One connection: quick, and ended where its client does nothing, so that nobody can hold all that there may be."""

import asyncio
import socket

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["Connection"]

# A request is one packet or two; whoever takes so long, in sending it or in taking the answer, is not there any more.
PATIENCE_SECONDS = 20


class Connection(H11Protocol):
    """Closes when between two looks it was the client's turn and no byte moved that way.

    Uvicorn has a time limit for connections that rest between two requests, and none for half a request or for an
    answer that is not taken.
    """

    _look: asyncio.TimerHandle | None = None
    _seen: tuple[object, int] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look, and let no packet wait for another.

        The head of an answer and its body are two packets. The second would wait for the client to acknowledge the
        first, 40 ms; asyncio sees to that only for sockets that were made with the number of the protocol.
        """
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._look = self.loop.call_later(PATIENCE_SECONDS, self._close_if_idle)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._look:
            self._look.cancel()
        super().connection_lost(exc)

    def _close_if_idle(self) -> None:
        waiting = self.transport.get_write_buffer_size()
        clients_turn = waiting > 0 or self.cycle is None or self.cycle.response_complete
        now = (self.cycle, waiting)
        if clients_turn and now == self._seen:
            self.transport.abort()
            return
        self._seen = now
        self._look = self.loop.call_later(PATIENCE_SECONDS, self._close_if_idle)
