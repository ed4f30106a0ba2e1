"""How an article shows why it matches a query: marks, the stretch of the body with most of them, spellings of names."""

from dataclasses import dataclass

from searcher.models import Article
from searcher.query.marks import IndexedText, Mark, find_marks
from searcher.query.nodes import Node, positive_leaves
from searcher.query.snippets import Snippet, snippet_of
from searcher.query.spelled import other_spellings, spelled_names

__all__ = ["Highlighter", "Mark", "Shown", "Snippet"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a hit shows of its article; `spellings` are those of names in the query, other than the ones typed."""

    snippet: Snippet
    title_marks: tuple[Mark, ...]
    spellings: tuple[str, ...]


class Highlighter:
    """Marks for one query, for as many texts as wanted."""

    def __init__(self, node: Node) -> None:
        self._leaves = tuple(dict.fromkeys(positive_leaves(node)))
        self._names = tuple(dict.fromkeys(spelled_names(node)))

    def marks(self, text: str, field: str = "body", language: str = "") -> tuple[Mark, ...]:
        """What matched in a title or a body in a language; a phrase is one mark, so are words side by side."""
        return self._marks(IndexedText(text, language), field)

    def snippet(self, body: str, language: str = "") -> Snippet:
        """The stretch with most of the query in it, on one line; the beginning where nothing matches."""
        return snippet_of(body, self.marks(body, language=language))

    def show(self, article: Article) -> Shown:
        """The snippet of an article, the marks of its title, and the spellings of names that it has."""
        title, body = (IndexedText(text, article.language) for text in (article.title, article.body))
        return Shown(
            snippet=snippet_of(article.body, self._marks(body, "body")),
            title_marks=self._marks(title, "title"),
            spellings=other_spellings(self._names, article, title, body),
        )

    def _marks(self, text: IndexedText, field: str) -> tuple[Mark, ...]:
        leaves = [(number, leaf) for number, leaf in enumerate(self._leaves) if leaf.field in (None, field)]
        return find_marks(leaves, text) if leaves and text.text else ()
