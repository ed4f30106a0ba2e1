"""Mailboxes: many messages in one file, as mail programs, mailing lists and Google Takeout write them."""

import re
from collections.abc import Iterator

from searcher.models import RawArticle, Skipped
from searcher.readers.letters import letter
from searcher.readers.source import Source

__all__ = ["MboxReader"]

# "From ", a sender, and a date: what opens each message, at the top or below a blank line.
OPENING = re.compile(rb"From \S.*\d{1,2}:\d{2}.*\r?\n?")
LONGEST_OPENING = 500  # bytes; an address has at most 320
HEADER = re.compile(rb"[!-9;-~]{1,80}:")
ESCAPED = re.compile(rb">+From ")


class MboxReader:
    """Reads mailboxes in the memory of one message; each article's record is `message N`."""

    name = "mbox"

    def sniff(self, head: bytes, path: str) -> bool:
        """By the line that opens a message, with a header below it; by the extension, where there is such a line."""
        return _is_opened(head.lstrip()) or (path.lower().endswith(".mbox") and head.startswith(b"From "))

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each message in turn. Raises ReadError where the file breaks off."""
        for number, message in enumerate(_messages(source), 1):
            record = f"message {number}"
            if message is None:
                reason = f"longer than {source.limit:,} bytes, which its attachments may be; save its text apart"
                yield Skipped(source.path, reason, record)
            else:
                yield letter(message, source, self.name, record)


def _is_opened(text: bytes) -> bool:
    """Whether a message is opened here: a line that may open one, and the name of a header below it."""
    line, end, rest = text.partition(b"\n")
    return len(line) < LONGEST_OPENING and OPENING.fullmatch(line + end) is not None and HEADER.match(rest) is not None


def _messages(source: Source) -> Iterator[bytes | None]:
    """The bytes of each message, as they were before they were put into the mailbox; None for one too long."""
    held: list[bytes] = []
    size = 0
    opened = False
    blank = True
    for line in source.lines():
        if blank and len(line.data) < LONGEST_OPENING and OPENING.fullmatch(line.data):
            if opened:
                yield _joined(held, size, source.limit)
            held, size, opened = [], 0, True
        elif opened:
            size += len(line.data) if line.whole else source.limit + 1
            if size <= source.limit:
                held.append(line.data[1:] if ESCAPED.match(line.data) else line.data)
            else:
                held = []
        blank = not line.data.strip()
    if opened:
        yield _joined(held, size, source.limit)


def _joined(lines: list[bytes], size: int, limit: int) -> bytes | None:
    """The message these lines are, without the blank line that parts it from the next."""
    if size > limit:
        return None
    return b"".join(lines[:-1] if lines and not lines[-1].strip() else lines)
