"""The terms of a segment as Whoosh's readers ask for them."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from searcher.engines.whoosh.codec.columns import LENGTHS, Columns
from searcher.engines.whoosh.codec.container import Array, Container
from searcher.engines.whoosh.codec.matcher import ArrayMatcher, TermPostings
from searcher.engines.whoosh.codec.postings import FieldPostings

__all__ = ["ArrayTermsReader"]


class _TermInfo(TermInfo):
    """What is known of a term, worked out from its postings when it is asked for.

    `lengths` are those of the field by document, as places in LENGTHS; `bounds` the least and the largest among the
    documents of the term where the writer noted them.
    """

    def __init__(
        self, postings: FieldPostings, ordinal: int, lengths: Array | None, bounds: tuple[int, int] | None
    ) -> None:
        self._postings = postings
        self._ordinal = ordinal
        self._lengths = lengths
        self._length_bounds = bounds

    def weight(self) -> float:
        """How often the term stands in all documents together."""
        return float(self._postings.weights(self._ordinal).sum(dtype=np.float64))

    def doc_frequency(self) -> int:
        """How many documents have the term."""
        return int(self._postings.counts[self._ordinal])

    def max_weight(self) -> float:
        """How often it stands in the document that has it most often."""
        return float(self._postings.weights(self._ordinal).max())

    def min_length(self) -> int:
        """The length of the shortest field that has it; 0 where lengths are not known."""
        return int(LENGTHS[self._bounds()[0]])

    def max_length(self) -> int:
        """The length of the longest field that has it; 0 where lengths are not known."""
        return int(LENGTHS[self._bounds()[1]])

    # What min_id() and max_id() of the base give, under names that Whoosh sets anew: it adds where the segment begins.
    @cached_property
    def _minid(self) -> int:
        return int(self._postings.docs(self._ordinal)[0])

    @cached_property
    def _maxid(self) -> int:
        return int(self._postings.docs(self._ordinal)[-1])

    def _bounds(self) -> tuple[int, int]:
        if self._length_bounds is None:
            if self._lengths is None:
                return 0, 0
            here = self._lengths[self._postings.docs(self._ordinal)]
            self._length_bounds = int(here.min()), int(here.max())
        return self._length_bounds


class ArrayTermsReader(base.TermsReader):
    """The terms of all fields in order, fields in order of their names; `columns` is None where there are none."""

    def __init__(self, postings: Container, columns: Columns | None, block: int) -> None:
        self._container = postings
        self._columns = columns
        self._block = block
        self._documents = int(postings.meta.get("documents", 0))
        self._names = sorted(postings.meta.get("fields", {}))
        self._fields: dict[str, FieldPostings] = {}

    @property
    def opaque(self) -> list[str]:
        """The fields that keep what is neither positions nor known from the weight."""
        return [name for name in self._names if self._container.meta["fields"][name].get("opaque")]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._ordinal(*term) >= 0

    def indexed_field_names(self) -> Sequence[str]:
        """The fields that have terms."""
        return self._names

    def cursor(self, fieldname: str, fieldobj: Any) -> base.FieldCursor:
        """What walks through the terms of a field."""
        field = self._field(fieldname)
        return base.EmptyCursor() if field is None else _Cursor(self, fieldname, fieldobj, field)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every (field, term)."""
        return ((name, text) for name, text, _ in self._walk(0, b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Every (field, term) that is not before that one; none where no document has the field."""
        return ((name, text) for name, text, _ in self._walk_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every (field, term) with what is known of it."""
        return (((name, text), self._info(name, ordinal)) for name, text, ordinal in self._walk(0, b""))

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The same, from a term on."""
        walked = self._walk_from(fieldname, prefix)
        return (((name, text), self._info(name, ordinal)) for name, text, ordinal in walked)

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """What is known of a term; TermNotFound where no document has it."""
        return self._info(fieldname, self._known(fieldname, tbytes))

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """How often a term stands in all documents together; KeyError where no document has it."""
        return self._info(fieldname, self._expected(fieldname, tbytes)).weight()

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """How many documents have a term; KeyError where none has."""
        return self._info(fieldname, self._expected(fieldname, tbytes)).doc_frequency()

    def matcher(self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """The postings of a term; TermNotFound where no document has it."""
        ordinal = self._known(fieldname, tbytes)
        held = TermPostings(self._fields[fieldname], ordinal, format_, self._lengths(fieldname), self._block)
        return ArrayMatcher(held, (fieldname, tbytes), scorer)

    def _field(self, name: str) -> FieldPostings | None:
        if name not in self._fields and name in self._container.meta.get("fields", {}):
            self._fields[name] = FieldPostings(self._container, name, self._documents)
        return self._fields.get(name)

    def _lengths(self, name: str) -> Array | None:
        return self._columns.lengths(name) if self._columns else None

    def _ordinal(self, name: str, text: bytes) -> int:
        field = self._field(name)
        return field.find(text) if field else -1

    def _expected(self, name: str, text: bytes) -> int:
        ordinal = self._ordinal(name, text)
        if ordinal < 0:
            raise KeyError((name, text))
        return ordinal

    def _known(self, name: str, text: bytes) -> int:
        ordinal = self._ordinal(name, text)
        if ordinal < 0:
            raise TermNotFound(f"No term {name}:{text!r}")
        return ordinal

    def _info(self, name: str, ordinal: int) -> _TermInfo:
        bounds = None
        if f"{name}.shortest" in self._container:
            noted = (self._container.get(f"{name}.{end}")[ordinal] for end in ("shortest", "longest"))
            bounds = (int(next(noted)), int(next(noted)))
        return _TermInfo(self._fields[name], ordinal, self._lengths(name), bounds)

    def _walk_from(self, name: str, text: bytes) -> Iterator[tuple[str, bytes, int]]:
        return self._walk(self._names.index(name), text) if name in self._names else iter(())

    def _walk(self, number: int, text: bytes) -> Iterator[tuple[str, bytes, int]]:
        """(field, term, ordinal) from a term of the field of that number on, and of all fields after it."""
        for name in self._names[number:]:
            field = self._field(name)
            if field:
                first = field.terms.place(text)
                for ordinal, term in enumerate(field.terms.slice(first, len(field.terms)), first):
                    yield name, term, ordinal
            text = b""


class _Cursor(base.FieldCursor):
    """A place among the terms of one field."""

    def __init__(self, reader: ArrayTermsReader, name: str, fieldobj: Any, field: FieldPostings) -> None:
        self._reader = reader
        self._name = name
        self._fieldobj = fieldobj
        self._terms = field.terms
        self._place = 0

    def first(self) -> str | None:
        """To the first term."""
        self._place = 0
        return self.text()

    def find(self, term: bytes | str) -> str | None:
        """To a term, or the first after it."""
        self._place = self._terms.place(term if isinstance(term, bytes) else self._fieldobj.to_bytes(term))
        return self.text()

    def next(self) -> str | None:
        """To the next term."""
        self._place += 1
        return self.text()

    def text(self) -> str | None:
        """The term here; None beyond the last."""
        if not self.is_valid():
            return None
        found: str = self._fieldobj.from_bytes(self._terms[self._place])
        return found

    def term_info(self) -> TermInfo | None:
        """What is known of the term here."""
        return self._reader.term_info(self._name, self._terms[self._place]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._place < len(self._terms)
