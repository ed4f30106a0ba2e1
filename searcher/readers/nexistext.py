"""Nexis plain text: the results of a search, many articles a file, each begun by a line such as "3 of 74 DOCUMENTS"."""

from collections.abc import Iterator

from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.encoding import decode, encoding_of, without_controls
from searcher.readers.lexisnexis import above_labels, counted, document_article, is_copyright, label_of, parted
from searcher.readers.magic import looks_like_text
from searcher.readers.paragraphs import paragraphs
from searcher.readers.record import Place
from searcher.readers.source import Source

__all__ = ["NexisTextReader"]

HEAD_GROUPS = 3  # outlet, day and title: where a document has no label at all
WITHIN = 40  # lines in which the first count must come: a cover has a dozen


class NexisTextReader:
    """Reads the plain text export of Nexis; each article's record is `document N`, as the export counts them."""

    name = "nexis-text"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the line that counts the first document."""
        if not looks_like_text(head) or b"DOCUMENT" not in head[:4096]:
            return False
        lines = head[:4096].decode(encoding_of(head, "latin-1"), "replace").splitlines()[:WITHIN]
        return any("DOCUMENT" in line and counted(line) for line in lines)

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each document in turn; one that is too long or broken is skipped."""
        held: list[bytes] = []
        number, size = "", 0
        for line in source.lines():
            if b"DOCUMENT" in line.data and (found := counted(line.data.decode("latin-1").replace("\x00", ""))):
                if number:
                    yield _article(held, number, size, source)
                held, number, size = [], found, 0
            elif size <= source.limit:
                held.append(line.data)
            size += len(line.data)
        if number:
            yield _article(held, number, size, source)


def _article(held: list[bytes], number: str, size: int, source: Source) -> RawArticle | Skipped:
    """The article of one document."""
    record = f"document {number}"
    if size > source.limit:
        return Skipped(source.path, f"larger than {source.limit:,} bytes; one article is never so long", record)
    raw = b"".join(held).strip(b"\r\n")
    try:
        text = decode(raw, source.path, source.settings.encoding, record)
    except ReadError as error:
        return Skipped(source.path, error.reason, record)
    groups = _groups(without_controls(text).splitlines())
    named = (at for at, group in enumerate(groups) if label_of(group[0]) is not None)
    first = next(named, min(HEAD_GROUPS, len(groups)))
    above = [" ".join(" ".join(group).split()) for group in groups[:first]]
    blocks = [_paragraphs(group) for group in groups[first:]]
    if not above:
        return Skipped(source.path, "no outlet, day and title above the text; export it again", record)
    return document_article(parted(above_labels(above), blocks), Place(source.path, NexisTextReader.name, raw, record))


def _groups(lines: list[str]) -> list[list[str]]:
    """The lines between blank ones; a label begins a group of its own."""
    groups: list[list[str]] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
            continue
        if fresh or label_of(line) is not None:
            groups.append([])
        groups[-1].append(line)
        fresh = False
    return groups


def _paragraphs(group: list[str]) -> list[str]:
    """The paragraphs of a group; what a label says is one."""
    if label_of(group[0]) is not None or is_copyright(group[0]):
        return [" ".join(line.strip() for line in group)]
    return paragraphs(group)
