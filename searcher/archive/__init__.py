"""The programmatic API: everything the command line and the page do, they do through `Archive`.

place.py       where it is: its home (home.py) is a directory (directory.py) or in a cluster (cluster.py)
asking.py      searches, articles, stories: nothing is changed
keeping.py     adding, removing, rebuilding (rebuild.py), checking (soundness.py)
spellings.py   the user's own spellings of names
copying.py     to another place, compared by what both hold (content.py)
consent.py     which language models its settings may name
"""

from searcher.archive.asking import Asking
from searcher.archive.copying import Copying
from searcher.archive.keeping import Keeping
from searcher.archive.spellings import Spellings

__all__ = ["Archive"]


class Archive(Asking, Keeping, Spellings, Copying):
    """A searchable collection of articles at one place: a directory, or an index in a cluster.

    Opening is cheap and never fails for a place where nothing is yet: the first `add` makes the index. Every method
    may raise the errors of `searcher.errors`. An archive can be used as a context manager.
    """
