"""Copies become one story when they are added, and a story shows what changed."""

import json
from pathlib import Path

import pytest

from searcher import Archive
from searcher.errors import ArticleMissing
from searcher.ingest import changes

LEAD = "The harbour of Tarsis was closed on Monday after a storm tore three ships from their moorings."
MIDDLE = (
    "Port officials said that two tugs were sent out before dawn. Nobody was hurt, and the ferry to the islands was "
    "moved to the old quay. Divers will look at the breakwater on Wednesday. The last storm of that force was in 1998."
)
END = "Insurers put the damage at four million. Fishermen said that it had been the worst night in a decade."


def write(folder: Path, name: str, **fields: str) -> Path:
    """An article in a file of its own."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(fields), encoding="utf-8")
    return path


def story(folder: Path) -> None:
    """One story in four versions, and another story."""
    whole = f"{LEAD}\n\n{MIDDLE}\n\n{END}"
    write(folder, "a", title="Storm closes harbour", text=whole, date="2021-03-01T08:00", source="Wire")
    write(folder, "b", title="Storm closes harbour", text=whole.upper(), date="2021-03-01T09:30", source="Post")
    later = whole.replace("Nobody was hurt", "One sailor was hurt") + " The mayor thanked the crews."
    write(folder, "c", title="Harbour still shut", text=later, date="2021-03-02", source="Wire")
    write(folder, "d", title="Storm closes harbour", text=whole.replace("Monday", "Sunday"), source="Blog")
    write(
        folder, "e", title="Bridge opens", text="The bridge over the Sorn opened to walkers on Friday.", source="Post"
    )


@pytest.mark.parametrize("together", [1, 2, 256])
def test_copies_are_one_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    """However many are looked at together, in one batch or in the next run; none is dropped."""
    monkeypatch.setattr(changes, "TOGETHER", together)
    story(tmp_path)
    with Archive.open(tmp_path / "index") as archive:
        report = archive.add([tmp_path / "a.json", tmp_path / "e.json"])
        assert (report.added, report.stories) == (2, 2)
        report = archive.add([tmp_path])
        assert (report.added, report.unchanged, report.stories) == (3, 2, 1)
        found = archive.search("*")
        assert (found.total, found.stories) == (5, 2)
        assert archive.search("harbour", copies="first").hits[0].source == "Wire"
        stats = archive.stats()
        assert (stats.articles, stats.stories) == (5, 2)


def test_a_story_shows_who_ran_it_when_and_what_changed(tmp_path: Path) -> None:
    """The first copy first, undated ones last; sentences against the version before."""
    story(tmp_path)
    with Archive.open(tmp_path / "index") as archive:
        archive.add([tmp_path])
        some = archive.search("mayor").hits[0]
        found = archive.story(some.id)
        assert found.id == some.story
        assert found.sources == ("Wire", "Post", "Blog")
        assert [version.source for version in found.versions] == ["Wire", "Post", "Wire", "Blog"]
        first, second, third, last = found.versions
        assert (first.retitled, first.added, first.dropped) == (False, (), ())
        assert (second.retitled, second.added, second.dropped) == (False, (), ())
        assert third.retitled
        assert third.added == (
            "One sailor was hurt, and the ferry to the islands was moved to the old quay.",
            "The mayor thanked the crews.",
        )
        assert last.dropped[0] == LEAD
        assert last.added[0] == LEAD.replace("Monday", "Sunday")
        with pytest.raises(ArticleMissing):
            archive.story("nobody")


def test_a_changed_article_stays_in_its_story(tmp_path: Path) -> None:
    """It replaces its former text, and is still told apart from nothing."""
    story(tmp_path)
    with Archive.open(tmp_path / "index") as archive:
        archive.add([tmp_path])
        before = archive.search("mayor").hits[0].story
        (tmp_path / "a.json").unlink()
        write(
            tmp_path,
            "c",
            title="Harbour still shut",
            text=f"{LEAD}\n\n{MIDDLE}\n\n{END} The mayor wept.",
            source="Wire",
        )
        assert archive.add([tmp_path]).updated == 1
        assert archive.search("wept").hits[0].story == before


def test_a_short_text_is_told_apart_by_its_title(tmp_path: Path) -> None:
    """Two companies that pay the same dividend are two stories."""
    for name in ("Acme Mills", "Bolt Works"):
        write(
            tmp_path, name, title=f"{name} sets quarterly payout", text="Quarterly dividend 15 cents, payable in April."
        )
    with Archive.open(tmp_path / "index") as archive:
        assert archive.add([tmp_path]).stories == 2


def test_stories_survive_when_entities_are_found_again(tmp_path: Path) -> None:
    """And articles added later still join them."""
    story(tmp_path)
    with Archive.open(tmp_path / "index") as archive:
        archive.add([tmp_path / "a.json", tmp_path / "b.json"])
        before = archive.search("harbour").hits[0].story
        archive.add_alias("Tarsis Harbour", "Port officials", kind="LOC")
        assert archive.apply_aliases().updated == 2
        archive.add([tmp_path])
        assert {hit.story for hit in archive.search("harbour").hits} == {before}
