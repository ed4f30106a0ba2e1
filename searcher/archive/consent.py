"""Which language models may an archive load? Those that this user has named for it, on this machine.

Loading a model runs what is in it, and the settings of an archive may come from a stranger: what they ask for is not
done before the user has asked for the same. The answers are kept with the user, not with the archive.
"""

import json
from pathlib import Path

from searcher.choices import RULES
from searcher.config import environment
from searcher.disk import make_folder, mapped, write_whole
from searcher.errors import UsageError

__all__ = ["allow", "carry", "require"]


def allow(location: Path | str, entities: str) -> None:
    """The user has named this choice for the archive at that place."""
    known = _known()
    if entities == RULES or known.get(_key(location)) == entities:
        return
    with mapped(_file()):
        make_folder(_file().parent)
        write_whole(_file(), json.dumps({**known, _key(location): entities}, indent=1).encode())


def require(location: Path | str, entities: str) -> None:
    """UsageError where the archive asks for a model that the user has not named for it."""
    if entities != RULES and _known().get(_key(location)) != entities:
        raise UsageError(
            f"{location}: this archive asks for the language model {entities!r}, which may run code; where you trust "
            f"it, say so once with --entities {entities}; --entities {RULES} does without"
        )


def carry(location: Path | str, other: Path | str) -> None:
    """What the user has named for an archive holds for its copy at another place."""
    named = _known().get(_key(location))
    if named:
        allow(other, named)


def _file() -> Path:
    return environment().state / "models.json"


def _key(location: Path | str) -> str:
    return str(location.resolve()) if isinstance(location, Path) else location


def _known() -> dict[str, str]:
    try:
        return {str(place): str(entities) for place, entities in json.loads(_file().read_bytes()).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise UsageError(f"{_file()}: cannot be read ({error}); delete it, and name models again") from error
