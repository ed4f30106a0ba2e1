"""Messages as teleprinters sent them: each between control bytes, many of them one after another in a file."""

from collections.abc import Iterator

from searcher.models import Skipped
from searcher.readers.source import Source

__all__ = ["characters", "messages", "plain"]

BEGIN, END = b"\x01", b"\x04"  # start of heading, end of transmission
CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


def messages(source: Source) -> Iterator[tuple[str, bytes] | Skipped]:
    """Each message with its place, in memory bounded by one; a message that is too long is skipped."""
    number, block, size = 0, list[bytes](), 0
    for line in source.lines():
        data = line.data
        if BEGIN in data:
            if number and block:
                yield f"message {number}", b"".join(block)
            number, size, block = number + 1, 0, []
            data = data[data.index(BEGIN) :]
        elif not block:
            continue
        size += len(data)
        if size > source.limit or not line.whole:
            yield Skipped(
                source.path, f"longer than {source.limit:,} bytes; no message is so long", f"message {number}"
            )
            block = []
            continue
        block.append(data)
        if END in data:
            yield f"message {number}", b"".join(block)
            block = []
    if block:
        yield f"message {number}", b"".join(block)


def characters(data: bytes) -> str:
    """The characters of a message: UTF-8 where it is, else Latin-1, of which the codes of seven bits are part."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(text: str) -> str:
    """The text without control characters."""
    return text.translate(CONTROLS)
