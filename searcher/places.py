"""Where the parts of an archive lie in its directory, beside the index itself."""

__all__ = ["ALIASES_FILE", "LEDGER_FOLDER", "MANIFEST_FILE", "SETTINGS_FILE", "WORKSHOP"]

SETTINGS_FILE = "settings.json"
ALIASES_FILE = "aliases.toml"
LEDGER_FOLDER = "articles"
MANIFEST_FILE = "files.sqlite"
# Where an index is made anew, on a disk that has room for it; what a kill left there the next writer throws away.
WORKSHOP = "rebuilding"
