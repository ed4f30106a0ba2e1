"""The names under which the server may be asked, so that no website reads the archive through its visitor.

A website can let its own name lead to this machine (DNS rebinding); its visitor's browser then asks this server for
what the website wants to read, and names the website as the host. An address cannot be made to lead elsewhere.
"""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

__all__ = ["EVERYWHERE", "Hosts"]

LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never listened at unless asked to
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\s:/@\[\]]+))(?::\d*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hosts:
    """Names in lower case that are answered to; with `addresses`, any address besides."""

    names: frozenset[str] = frozenset(LOOPBACK)
    addresses: bool = False

    @classmethod
    def of(cls, host: str, address: str, allowed: Iterable[str] = ()) -> "Hosts":
        """Those of a server that listens at `host`, which is `address`: this machine's own, and what is `allowed`.

        Loopback is always answered to. Who listens elsewhere is asked under the name of the machine too, also as mDNS
        gives it; who listens everywhere, under addresses that cannot be known here.
        """
        names = {*LOOPBACK, host, address, *allowed}
        if address not in LOOPBACK:
            own = socket.gethostname()
            names |= {own, own.partition(".")[0], f"{own.partition('.')[0]}.local"}
        return cls(frozenset(_plain(name) for name in names), addresses=address in EVERYWHERE)

    def answer_to(self, header: str) -> bool:
        """Whether a request with this Host header is meant for this server."""
        found = _HOST.fullmatch(header)
        if not found:
            return False
        name = _plain(found[1] or found[2])
        return name in self.names or (self.addresses and _is_address(name))


def _plain(name: str) -> str:
    """A name as it is compared: without case, brackets, and the dot of a name that is whole."""
    return name.lower().strip("[]").removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
