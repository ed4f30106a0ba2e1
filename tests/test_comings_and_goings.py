"""Files that come, change and go: what some file holds is in the archive, whatever was added and in what order."""

import json
import zipfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from clustered.runs import TODAY
from clustered.tabled import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import ingest
from searcher.config import Settings
from searcher.ingest.manifest import Manifest

FILES = ("a.jsonl", "b.jsonl", "c.zip")
MEMBER = {"c.zip": "c.zip!/in.jsonl"}
held = st.none() | st.lists(st.integers(0, 4), max_size=3, unique=True)
states = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(FILES, held)),
    st.lists(st.tuples(st.sets(st.sampled_from(FILES), min_size=1), st.booleans()), max_size=2),
)


def put(folder: Path, name: str, words: list[int] | None) -> None:
    """Let a file hold these articles and one of its own, or be gone."""
    if words is None:
        (folder / name).unlink(missing_ok=True)
        return
    data = "".join(json.dumps({"title": f"On {word}", "text": f"The {word} text."}) + "\n" for word in [name, *words])
    if name in MEMBER:
        with zipfile.ZipFile(folder / name, "w") as file:
            file.writestr("in.jsonl", data)
    else:
        (folder / name).write_text(data)


@settings(deadline=None, max_examples=60)  # an example is up to a dozen adds, each with the commits of its own
@given(st.lists(states, min_size=1, max_size=4))
def test_nothing_is_lost_whatever_comes_and_goes(
    steps: list[tuple[dict[str, list[int] | None], list[tuple[set[str], bool]]]],
) -> None:
    """Files change, go and come back; some of them are added, then all, now and then with what is gone pruned.

    After each add of all, what some file holds is there; after one that prunes nothing else is, and where it is held.
    """
    with TemporaryDirectory() as place:
        folder = Path(place, "in").resolve()
        folder.mkdir()
        table = Table(Path(place) / "table.sqlite")

        def add(names: set[str], prune: bool) -> None:
            with closing(Manifest(Path(place) / "files.sqlite", ())) as manifest:
                paths = sorted(folder / name for name in names)
                ingest.add(table, paths, Settings(), today=TODAY, manifest=manifest, prune=prune)

        for state, some in steps:
            for name, words in state.items():
                put(folder, name, words)
            for names, prune in some:
                add(names, prune)
            add(set(FILES), prune=False)
            where = {
                (f"The {word} text.", MEMBER.get(name, name))
                for name, words in state.items()
                if words is not None
                for word in (name, *words)
            }
            found = {(article.body, article.path.removeprefix(f"{folder}/")) for article in table.articles()}
            assert {body for body, _ in found} >= {body for body, _ in where}
            assert len(found) == len({body for body, _ in found})
            add(set(FILES), prune=True)
            found = {(article.body, article.path.removeprefix(f"{folder}/")) for article in table.articles()}
            if where:  # where not one file is found nothing is pruned
                assert found <= where
                assert {body for body, _ in found} == {body for body, _ in where}
