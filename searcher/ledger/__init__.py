"""What was added, kept apart from the index: every normalized article, so that an index can always be made again.

    articles/000012.jsonl.zst    one batch of changes, a line for each; any zstd reads it
    articles/contents.json       which files there are, with the size, lines and SHA-256 of each

ledger.py      class Ledger: changes in, the articles that are left out; nothing is lost between it and the index
contents.py    the table of the files
lines.py       articles and removals as lines, and files of them
"""

from searcher.ledger.ledger import Ledger

__all__ = ["Ledger"]
