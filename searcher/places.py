"""Where the parts of an archive lie in its directory, beside the index itself."""

__all__ = ["ALIASES_FILE", "LEDGER_FOLDER", "MANIFEST_FILE", "SETTINGS_FILE"]

SETTINGS_FILE = "settings.json"
ALIASES_FILE = "aliases.toml"
LEDGER_FOLDER = "articles"
MANIFEST_FILE = "files.sqlite"
