"""Files into an engine by workers on many machines: `archive add --dask ADDRESS`.

    parcels.py    what goes to a worker and what comes back: Job, Parcel, Outcome
    packing.py    files -> parcels of about the same size
    dasked.py     parcels -> workers -> outcomes, bounded and in whatever order: the home of Dask
    work.py       one parcel into the engine, in a process of its own on the worker's machine
    overlap.py    what parcels that were under way together could not see of each other
    settle.py     outcomes into one report, the engine and the manifest put right
    run.py        all of it, one after the other

This process lists files, hands them out and keeps the notes; workers read them, make articles and write to the engine.
A file is noted when the engine has acknowledged all its articles, so what was killed goes on when it is started again.
"""

from searcher.ingest.cluster.dasked import Workers, connected
from searcher.ingest.cluster.parcels import Opener
from searcher.ingest.cluster.run import add

__all__ = ["Opener", "Workers", "add", "connected"]
