"""Where do articles live so that they can be searched? One module or folder per engine, behind the seam in `base`."""

from searcher.engines.base import Copy, Engine, Key, Refused, Writer
from searcher.engines.hits import hit_of

__all__ = ["Copy", "Engine", "Key", "Refused", "Writer", "hit_of"]
