"""Servers of a test that stand where a cluster is expected, or in front of a real one."""

import http.client
import json
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

__all__ = ["Answer", "Authority", "opensearch", "passing_on", "serving"]

Answer = tuple[int, dict[str, str], bytes]
Server = Callable[[BaseHTTPRequestHandler, bytes], Answer]

JSON = {"Content-Type": "application/json"}


def opensearch(number: str = "3.8.0") -> bytes:
    """What an OpenSearch says of itself."""
    return json.dumps({"version": {"distribution": "opensearch", "number": number}}).encode()


@contextmanager
def serving(answer: Server, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port of a server that answers so, by TLS where there is a context for it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, data = answer(self, body)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 - the names that http.server asks for

        def log_message(self, *_: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            pass  # clients that hang up, and those that do not trust it

    server = Quiet(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def passing_on(url: str, allowed: Callable[[str], bool] = lambda _: True) -> Server:
    """Hand requests on to a cluster where their login is one that is allowed, and refuse them otherwise."""

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> Answer:
        if not allowed(handler.headers.get("Authorization", "")):
            return 401, {"WWW-Authenticate": 'Basic realm="OpenSearch Security"'}, b"Unauthorized"
        beyond = http.client.HTTPConnection(url.partition("://")[2], timeout=60)
        try:
            kept = {name: handler.headers[name] for name in ("Content-Type",) if handler.headers[name]}
            beyond.request(handler.command, handler.path, body, kept)
            told = beyond.getresponse()
            return told.status, {"Content-Type": told.headers["Content-Type"] or ""}, told.read()
        finally:
            beyond.close()

    return answer


class Authority:
    """An authority of certificates, made by openssl in a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        folder.mkdir()
        self.file = folder / "authority.pem"
        self._key = folder / "authority.key"
        _openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", f"/CN={name}", "-keyout", self._key, "-out", self.file,
            "-addext", "keyUsage=critical,keyCertSign",
        )  # fmt: skip

    def certify(self, who: str, names: str = "IP:127.0.0.1") -> tuple[Path, Path]:
        """A certificate for somebody, and its key."""
        key, request, made = (self.folder / f"{who}.{ending}" for ending in ("key", "csr", "pem"))
        extra = self.folder / f"{who}.ext"
        extra.write_text(f"subjectAltName={names}\nauthorityKeyIdentifier=keyid\n")
        _openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={who}",
            "-keyout", key, "-out", request,
        )  # fmt: skip
        _openssl(
            "x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self._key, "-CAcreateserial", "-days", "2",
            "-extfile", extra, "-out", made,
        )  # fmt: skip
        return made, key

    def server(self, names: str = "IP:127.0.0.1", *, clients: bool = False) -> ssl.SSLContext:
        """What a server speaks TLS with; with `clients` it asks for a certificate of this authority."""
        made, key = self.certify("server", names)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made, key)
        if clients:
            context.load_verify_locations(self.file)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


def _openssl(*words: object) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)
