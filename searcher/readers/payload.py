"""What a web server sent as the body of its answer, unpacked as it says: chunks joined, encodings undone, bounded.

The libraries that read web archives unpack a chunk at once, whatever it unpacks to: 10 kB can stand for 10 GB.
"""

import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from searcher.readers.unpack import ZSTD_PIECE, Codec, zstd_codec

__all__ = ["payload"]

RAW_DEFLATE, ZLIB, GZIP = -15, 15, 31  # what zlib calls its formats


def payload(stream: Any, encoding: str, most: int, *, chunked: bool) -> bytes:
    """The first `most` bytes of a body. What is not packed as it is said to be is given as it is."""
    data = _joined(stream, most) if chunked else cast("bytes", stream.read(most))
    for fresh in _CODECS.get(encoding, ()):
        unpacked = _unpacked(data, fresh(), most)
        if unpacked:
            return unpacked
    return data


def _joined(stream: Any, most: int) -> bytes:
    """The chunks behind each other."""
    from warcio.bufferedreaders import ChunkedDataReader

    return cast("bytes", ChunkedDataReader(cast("BinaryIO", _Sips(stream, most))).read(most))


def _unpacked(data: bytes, codec: Codec, most: int) -> bytes:
    """What comes out before a fault, if there is one; at most so many bytes."""
    parts: list[bytes] = []
    at, left = 0, most
    while left > 0 and not codec.eof:
        piece = data[at : at + ZSTD_PIECE] if codec.needs_input else b""
        if codec.needs_input and not piece:
            break
        at += len(piece)
        try:
            part = codec.decompress(piece, left)
        except Exception:  # noqa: BLE001 - each of three libraries has errors of its own
            break
        parts.append(part[:left])
        left -= len(part)
    return b"".join(parts)


class _Sips:
    """A stream of which no more than so many bytes are ever asked for at once."""

    def __init__(self, stream: Any, most: int) -> None:
        self._stream = stream
        self._most = most

    def read(self, size: int) -> bytes:
        """The next bytes."""
        return cast("bytes", self._stream.read(min(size, self._most)))

    def readline(self, size: int) -> bytes:
        """The next line, or so much of it."""
        return cast("bytes", self._stream.readline(size))


class _Inflate:
    """A stream of zlib behind the same calls as the others."""

    unused_data = b""

    def __init__(self, kind: int) -> None:
        self._object = zlib.decompressobj(kind)

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def needs_input(self) -> bool:
        return not self._object.unconsumed_tail

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._object.decompress(self._object.unconsumed_tail + data, max_length)


class _Brotli:
    """A stream of Brotli behind the same calls."""

    unused_data = b""

    def __init__(self) -> None:
        import brotli  # only pages in web archives are packed so

        self._object = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return cast("bool", self._object.is_finished())

    @property
    def needs_input(self) -> bool:
        return cast("bool", self._object.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return cast("bytes", self._object.process(data, output_buffer_limit=max_length))


_CODECS: dict[str, tuple[Callable[[], Codec], ...]] = {
    "gzip": (lambda: _Inflate(GZIP),),
    "x-gzip": (lambda: _Inflate(GZIP),),
    "deflate": (
        lambda: _Inflate(ZLIB),
        lambda: _Inflate(RAW_DEFLATE),
    ),  # the first by the standard, some send the other
    "br": (_Brotli,),
    "zstd": (zstd_codec,),
}
