"""A story for people: who ran it when, and what changed."""

from searcher.models import Story, Version
from searcher.render.dates import day
from searcher.render.paths import short
from searcher.render.pieces import printable
from searcher.render.wrap import lines

__all__ = ["changed", "headed", "story_text"]

_INDENT = " " * 4


def story_text(story: Story, *, width: int) -> str:
    """The versions in order, each with what is new in it and what is gone."""
    head = f"story {story.id}: {headed(story)}"
    blocks = [_version(number, version, width) for number, version in enumerate(story.versions, 1)]
    return "\n\n".join([head, *blocks])


def headed(story: Story) -> str:
    """How many articles, of how many sources, from when to when."""
    articles = f"{len(story.versions):,} article{'s' if len(story.versions) != 1 else ''}"
    sources = f" in {len(story.sources):,} sources" if len(story.sources) > 1 else ""
    days = [str(version.date)[:10] for version in story.versions if version.date]
    period = f", {days[0]}" + (f" to {days[-1]}" if days[-1] != days[0] else "") if days else ""
    return articles + sources + period


def changed(version: Version, number: int) -> str:
    """In a few words what a version has that the one before it had not."""
    if number == 1:
        return "first copy"
    facts = ["another headline"] if version.retitled else []
    facts += [f"{len(version.added):,} added"] if version.added else []
    facts += [f"{len(version.dropped):,} dropped"] if version.dropped else []
    return ", ".join(facts) or "the same text"


def _version(number: int, version: Version, width: int) -> str:
    facts = " · ".join(fact for fact in (day(version.date), version.source, changed(version, number)) if fact)
    made = [f"{number:>3} {printable(facts)}"]
    made += _wrapped(version.title or "(no title)", "", width)
    for sign, sentences in (("+ ", version.added), ("- ", version.dropped)):
        for sentence in sentences:
            made += _wrapped(sentence, sign, width)
    return "\n".join([*made, _INDENT + printable(f"{version.id}  {short(version.path)}")])


def _wrapped(text: str, sign: str, width: int) -> list[str]:
    clean = printable(text)
    cut = [clean[start:end] for start, end in lines(clean, width - len(_INDENT) - len(sign), ())]
    return [_INDENT + (sign if not number else " " * len(sign)) + line for number, line in enumerate(cut)]
