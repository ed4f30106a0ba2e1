"""Which spellings of a name an article has: a name of a query also matches its other spellings.

A spelling within another is part of that one: in "Al-Bukamal" nobody wrote "Bukamal".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from searcher.analysis import words
from searcher.choices import NAME_FIELDS
from searcher.models import Article
from searcher.query.marks import IndexedText, spans
from searcher.query.nodes import Boost, Leaf, Node, Not, Or, Prefer, children
from searcher.query.request import fold_value

__all__ = ["SpelledName", "other_spellings", "spelled_names"]


@dataclass(frozen=True, slots=True)
class SpelledName:
    """A name as it was typed, and its other spellings."""

    typed: Leaf
    others: tuple[Leaf, ...]


def spelled_names(node: Node, *, wanted: bool = True) -> Iterator[SpelledName]:
    """The names of a query that have other spellings, but for those that keep an article out."""
    name = _name(node) if isinstance(node, Or) and node.best else None
    if name:
        yield from [name] if wanted else []
    elif isinstance(node, Not):
        yield from spelled_names(node.node, wanted=not wanted)
    else:
        for child in children(node):
            yield from spelled_names(child, wanted=wanted)


def other_spellings(names: Iterable[SpelledName], article: Article, *texts: IndexedText) -> tuple[str, ...]:
    """The spellings by which the names stand in an article, as it writes them, other than those typed.

    Args:
        names: those of the query.
        article: what was found.
        texts: its title and body, in the order in which spellings are told.
    """
    found: dict[tuple[str, ...], str] = {}
    for name in names:
        written = _in_texts(name, texts) if name.typed.field is None else _in_values(name, article)
        typed = tuple(words(name.typed.text))
        for spelling in written:
            key = tuple(words(spelling))
            if key != typed:
                found.setdefault(key, " ".join(spelling.split()))
    return tuple(found.values())


def _name(node: Or) -> SpelledName | None:
    """The name that the alternatives spell, the typed one first; None where they are no spellings in one field."""
    leaves = [leaf for leaf in map(_leaf, node.nodes) if leaf and leaf.field in (None, *NAME_FIELDS)]
    if len(leaves) < len(node.nodes) or len({leaf.field for leaf in leaves}) > 1:
        return None
    return SpelledName(leaves[0], tuple(leaves[1:]))


def _leaf(node: Node) -> Leaf | None:
    """The word or phrase that a spelling is; of words typed one by one the phrase that they are together."""
    if isinstance(node, Boost):
        return _leaf(node.node)
    if isinstance(node, Prefer):
        return _leaf(node.first)
    return node if isinstance(node, Leaf) else None


def _in_texts(name: SpelledName, texts: Iterable[IndexedText]) -> Iterator[str]:
    for text in texts:
        places = {(start, -end, 0) for start, end in spans(name.typed, text)}
        places |= {(start, -end, 1) for leaf in name.others for start, end in spans(leaf, text)}
        reached = 0
        for start, end, other in sorted(places):
            if -end > reached and other:
                yield text.text[start:-end]
            reached = max(reached, -end)


def _in_values(name: SpelledName, article: Article) -> Iterator[str]:
    """How the article writes what only another name than the typed one is carried by."""
    carried = _carried(article, str(name.typed.field))
    typed = words(name.typed.text)
    if any(_holds(words(value), typed) for value in carried):
        return
    wanted = {fold_value(leaf.text) for leaf in name.others} & set(map(fold_value, carried))
    yield from (mention.text for mention in article.mentions if fold_value(mention.name) in wanted)


def _carried(article: Article, field: str) -> tuple[str, ...]:
    return {"location": article.locations, "actor": article.actors, "mention": article.mentioned}[field]


def _holds(value: list[str], typed: list[str]) -> bool:
    return any(value[at : at + len(typed)] == typed for at in range(len(value)))
