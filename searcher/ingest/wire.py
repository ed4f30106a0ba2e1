"""Messages between this process and its workers: pickles, each with its length before it, over pipes.

Pickle runs what it is told to run: these pipes are those of processes that this one started, and nothing of a file goes
over them but as plain values.
"""

import os
import pickle
from typing import Any

__all__ = ["receive", "send"]

LENGTH_BYTES = 8
PIPE_BYTES = 64 * 1024  # what a pipe of Linux holds


def send(descriptor: int, message: object) -> None:
    """Write a message. OSError where nobody reads any more."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(len(data).to_bytes(LENGTH_BYTES, "big") + data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def receive(descriptor: int) -> Any:
    """Wait for the next message. EOFError where nobody writes any more, be it in the middle of one."""
    length = int.from_bytes(_read(descriptor, LENGTH_BYTES), "big")
    return pickle.loads(_read(descriptor, length))  # noqa: S301 - from a process that this one started


def _read(descriptor: int, wanted: int) -> bytes:
    parts = []
    while wanted:
        part = os.read(descriptor, min(wanted, PIPE_BYTES))
        if not part:
            raise EOFError
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)
