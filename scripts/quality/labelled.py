"""Fifty short texts of our own, each with its names, countries and facet values: tests/entities/labelled/.

Names count when span and kind are exact. What is marked as doubtful is neither asked for nor held against the
extractor; of a dateline the place alone counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quality.markup import KINDS, LIST_KEYS, MARKED_KEYS, Entry, Name, broken, entries, marked
from quality.scores import Scores, Tally
from searcher.entities import extract
from searcher.models import Entities, Mention

__all__ = ["Text", "Values", "score", "texts"]

PARAGRAPH = "\n\n"
_DOUBT = "?"


@dataclass(frozen=True, slots=True)
class Values:
    """What a text is about, of one sort: values that are asked for, and those over which readers may differ."""

    expected: frozenset[str]
    optional: frozenset[str]


@dataclass(frozen=True, slots=True)
class Text:
    """One text: its fields (title, dateline, body), the names in each, and the values of the sorts that are scored."""

    slug: str
    fields: dict[str, str]
    names: dict[str, tuple[Name, ...]]
    values: dict[str, Values]


def score(paths: Iterable[Path]) -> Scores:
    """F1 of names as a whole and per kind, the share led to the right entity, F1 of countries and facet values."""
    spans = {kind: Tally() for kind in ("", *KINDS)}
    entities = Tally()
    values = {key: Tally() for key in LIST_KEYS}
    for path in paths:
        for text in texts(path):
            found = extract(text.fields["body"], text.fields["title"], text.fields["dateline"])
            _compare_spans(text, found, spans)
            _compare_entities(text, found, entities)
            for key, wanted in text.values.items():
                values[key].compare(wanted.expected, set(getattr(found, key)) - wanted.optional)
    return (
        {f"{kind} F1".strip(): tally.f1 for kind, tally in spans.items()}
        | {"names right": entities.recall}
        | {f"{key} F1": tally.f1 for key, tally in values.items()}
    )


def _compare_spans(text: Text, found: Entities, tallies: dict[str, Tally]) -> None:
    expected = {
        (field, name.start, name.end, name.kind)
        for field, names in text.names.items()
        for name in names
        if not name.optional
    }
    got = {(one.field, one.start, one.end, one.kind) for one in found.mentions if _counts(one, text)}
    for kind, tally in tallies.items():
        tally.compare((one for one in expected if kind in ("", one[3])), (one for one in got if kind in ("", one[3])))


def _counts(mention: Mention, text: Text) -> bool:
    """Whether a mention is right or wrong, and not one of those that are left alone."""
    if mention.kind not in KINDS or (mention.field == "dateline" and mention.kind != "LOC"):
        return False
    doubtful = (name for name in text.names[mention.field] if name.optional)
    return not any(_overlap(mention, name) for name in doubtful)


def _compare_entities(text: Text, found: Entities, tally: Tally) -> None:
    """Of the marks that give a name or a country: is a mention there that leads to it?"""
    for field, names in text.names.items():
        for name in names:
            if (name.name or name.country) and not name.optional:
                there = (one for one in found.mentions if one.field == field and one.kind == name.kind)
                tally.count(any(_overlap(one, name) and _leads_to(one, name) for one in there))


def _overlap(mention: Mention, name: Name) -> bool:
    return mention.start < name.end and name.start < mention.end


def _leads_to(mention: Mention, name: Name) -> bool:
    return name.name in ("", mention.name) and name.country in ("", mention.country)


def texts(path: Path) -> Iterator[Text]:
    """The texts of one file. Raises MarkupBroken, with file and line, where one is not written as the README says."""
    for entry in entries(path):
        fields, names = {}, {}
        for key in MARKED_KEYS:
            number, line = entry.head.get(key, (0, ""))
            fields[key], found = marked(path, number, line)
            names[key] = tuple(found)
        fields["body"], names["body"] = _body(entry)
        yield Text(entry.slug, fields, names, {key: _values(entry, key) for key in LIST_KEYS if key in entry.head})


def _body(entry: Entry) -> tuple[str, tuple[Name, ...]]:
    """Lines of a paragraph are joined by a blank, paragraphs by a blank line."""
    text, names, gap = "", [], ""
    for number, line in entry.body:
        if not line:
            gap = PARAGRAPH if text else ""
            continue
        plain, found = marked(entry.path, number, line)
        text += gap
        names += [Name(len(text) + n.start, len(text) + n.end, n.kind, n.name, n.country, n.optional) for n in found]
        text += plain
        gap = " "
    return text, tuple(names)


def _values(entry: Entry, key: str) -> Values:
    number, line = entry.head[key]
    values = [value.strip() for value in line.split("|")] if line else []
    names = [value.removesuffix(_DOUBT) for value in values]
    if "" in names or len(set(names)) < len(names):
        raise broken(entry.path, number, f"{key} has an empty value or one twice; values are apart by |")
    wrong = [name for name in names if key == "countries" and not (len(name) == 2 and name.isupper())]
    if wrong:
        raise broken(entry.path, number, f"{wrong[0]!r} is no ISO 3166-1 alpha-2 code")
    optional = {name for name, value in zip(names, values, strict=True) if value.endswith(_DOUBT)}
    return Values(frozenset(names) - optional, frozenset(optional))
