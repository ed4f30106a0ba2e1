"""Mentions point at the text they quote, whatever the text."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.entities import extract
from searcher.models import Entities, Mention

PIECES = st.sampled_from(
    ["Syria", "Abu Kamal", "al-Assad", "IS", "U.S.", "Nice", "the", "submarine", "Veliky Novgorod", "Сирии", "والعراق",
     "Russia's", "Ministry of Defence", "President", "l’Ukraine", ", ", ". ", "\n\n", "-", "'", "İ", "ﬁ", "é", "MOSCOW"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES).map("".join))


def check(found: Entities, texts: dict[str, str]) -> None:
    """Every mention quotes its field exactly; of two that share characters one lies inside the other."""
    for mention in found.mentions:
        assert mention.text == texts[mention.field][mention.start : mention.end]
        assert mention.text
        assert 0 < mention.confidence <= 1
    for one, other in pairwise(found.mentions):
        assert one.field != other.field or one.end <= other.start or inside(other, one) or inside(one, other)


def inside(small: Mention, large: Mention) -> bool:
    """Whether one is a part of the other: the Syrian of the Syrian army, the county of its health department."""
    return (
        large.start <= small.start and small.end <= large.end and (small.start, small.end) != (large.start, large.end)
    )


@given(body=TEXTS, title=TEXTS, dateline=TEXTS)
@settings(deadline=None, max_examples=300)
def test_mentions_quote_any_text(body: str, title: str, dateline: str) -> None:
    """Offsets hold for arbitrary text in all three fields."""
    check(extract(body, title, dateline), {"body": body, "title": title, "dateline": dateline})


@given(body=TEXTS)
@settings(deadline=None, max_examples=100)
def test_extraction_has_no_memory(body: str) -> None:
    """The same text gives the same values, whatever was read before."""
    assert extract(body) == extract(body)


def test_mentions_quote_the_sample_articles(corpus: Path) -> None:
    """Offsets hold for every file of the corpus read as plain text, markup and all."""
    for path in sorted(corpus.rglob("*.*")):
        if path.suffix in (".txt", ".html", ".json", ".jsonl", ".csv"):
            text = path.read_text(encoding="utf-8", errors="replace")
            check(extract(text, text[:80]), {"body": text, "title": text[:80], "dateline": ""})
