"""Where the parts of an archive lie in its directory, beside the index itself."""

__all__ = [
    "ALIASES_FILE",
    "CLUSTERS_FOLDER",
    "COPY_FILE",
    "LEDGER_FOLDER",
    "MANIFEST_FILE",
    "SETTINGS_FILE",
    "WORKSHOP",
]

SETTINGS_FILE = "settings.json"
ALIASES_FILE = "aliases.toml"
LEDGER_FOLDER = "articles"
MANIFEST_FILE = "files.sqlite"
# Where an index is made anew, on a disk that has room for it; what a kill left there the next writer throws away.
WORKSHOP = "rebuilding"
# That articles are being copied there, and from where: it is taken away when all of them are.
COPY_FILE = "copying.txt"
# Notes on files of this machine that were added to archives in clusters, below the user's folder for such things.
CLUSTERS_FOLDER = "clusters"
