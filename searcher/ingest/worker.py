"""What runs in a worker process: chunks of raw articles come in, what was made of them goes out."""

import gc
import os
import sys
from contextlib import suppress

from searcher.ingest.wire import receive, send

__all__ = ["serve"]

# Articles are made of values that hold no circles: Python need not look for them as often as it does by itself.
COLLECTED = (20_000, 50, 1_000)


def serve() -> None:
    """Work until the other end is closed, which is also how the end of the process that started this one is seen.

    A fault of the program ends this process; the article at fault is then made, and the fault raised, in the other one.
    """
    gc.set_threshold(*COLLECTED)
    incoming, outgoing = sys.stdin.fileno(), os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library may print does not get among the messages
    with suppress(EOFError, BrokenPipeError):
        while True:
            make, raws = receive(incoming)
            send(outgoing, [make(raw) for raw in raws])
