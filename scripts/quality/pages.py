"""Saved pages of news sites: how well the body is found, and whose title, authors and day are right.

aeb is article-extraction-benchmark: 181 pages whose bodies were marked by hand. fundus is the test pages of the fundus
crawler: 195 pages of 41 countries, with what hand-written rules for each publisher read from them. Bodies are measured
as the first benchmark measures: runs of four words, each page counting alike; precision and recall are means over
pages, F1 the harmonic mean of both. Scripts without spaces are taken character by character.

The words that name furniture, the places where titles, authors and dates are looked for, and the rules of the body
were found by looking at pages of both sets, so no page is untouched. Thresholds were taken where both halves of each
set agree over a wide range; aeb-held and fundus-held score every second page alone, to show what is chance.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

from quality.scores import Scores, chosen
from searcher.config import Settings
from searcher.models import Article, RawArticle
from searcher.normalize import normalize
from searcher.readers.charset import decode_page

__all__ = [
    "Page",
    "Shares",
    "aeb_pages",
    "fundus_pages",
    "read_page",
    "same_names",
    "same_title",
    "score_aeb",
    "score_fundus",
    "shares_of",
]

RUN = 4  # words
BAD = 0.5  # F1 of a page below which its body counts as not found
# Two dates are wrong in the set: day and month are exchanged, so they lie after the day the page was fetched.
WRONG_DATES = frozenset(("KlasseGegenKlasse_2026_01_07", "AnadoluAjansi_2025_04_05"))
# Han, kana, Hangul and Thai are written without spaces, or with spaces between phrases.
_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
READ_ON = date(2026, 11, 22)  # no page is younger


@dataclass(frozen=True, slots=True)
class Page:
    """One page and what is right."""

    name: str
    html: str
    body: str
    title: str = ""
    authors: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of one page's runs that are right, wrong and missed; they sum to 1, or to 0 where there are none."""

    right: float
    wrong: float
    missed: float

    @property
    def precision(self) -> float:
        """Of what was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Of what is right."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


def score_aeb(paths: Iterable[Path], *, held: bool = False) -> Scores:
    """Body F1, precision and recall, and the share of pages whose body is not found."""
    pages = list(chosen(aeb_pages(paths), held=held))
    return _body_scores([shares_of(page.body, _body(read_page(page))) for page in pages])


def score_fundus(paths: Iterable[Path], *, held: bool = False) -> Scores:
    """The same, and the shares of exact titles, of exact sets of authors, and of right days."""
    shares, titles, authors, days = [], [], [], []
    for page in chosen(fundus_pages(paths), held=held):
        found = read_page(page)
        shares.append(shares_of(page.body, _body(found)))
        if page.title:
            titles.append(same_title(page.title, found.title if found else ""))
        if page.authors:
            authors.append(same_names(page.authors, found.authors if found else ()))
        if page.day and page.name not in WRONG_DATES:
            days.append(bool(found and found.date and found.date.text[:10] == page.day))
    return {**_body_scores(shares), "title exact": mean(titles), "author": mean(authors), "date": mean(days)}


def aeb_pages(paths: Iterable[Path]) -> Iterator[Page]:
    """The pages of article-extraction-benchmark; the first path, in order of names, is that of its expected bodies."""
    files = iter(paths)
    truth = json.loads(next(files).read_text(encoding="utf-8"))
    for path in files:
        name = path.name.removesuffix(".html.gz")
        yield Page(name, _html(path), truth[name]["articleBody"])


def fundus_pages(paths: Iterable[Path]) -> Iterator[Page]:
    """The pages of fundus; beside each lies a file of expected values of its publisher."""
    for path in paths:
        if path.name.endswith(".html.gz"):
            publisher = re.split(r"_\d{4}_\d{2}_\d{2}", path.name)[0]
            versions = json.loads(path.with_name(f"{publisher}.json").read_text(encoding="utf-8"))
            html = _html(path)
            yield _expected(path.name.removesuffix(".html.gz"), html, _version(versions.values(), html))


def read_page(page: Page) -> Article | None:
    """What the archive makes of the page, given its bytes alone."""
    raw = RawArticle(path=page.name, reader="html", raw=b"", html=page.html)
    made = normalize(raw, Settings(), READ_ON)
    return made if isinstance(made, Article) else None


def shares_of(right: str, found: str) -> Shares:
    """The runs of four words of two texts compared, repeated runs counted, as the benchmark does."""
    wanted, got = _runs(right), _runs(found)
    common = (wanted & got).total()
    wrong, missed = got.total() - common, wanted.total() - common
    whole = max(1, common + wrong + missed)
    return Shares(common / whole, wrong / whole, missed / whole)


def same_title(right: str, found: str) -> bool:
    """Whether two titles are the same but for case, punctuation and spaces."""
    return _folded(right) == _folded(found)


def same_names(right: Iterable[str], found: Iterable[str]) -> bool:
    """Whether the names are the same ones, in any order, but for case and punctuation."""
    return {_folded(name) for name in right} == {_folded(name) for name in found}


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _runs(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + RUN]) for at in range(max(1, len(tokens) - RUN + 1)) if tokens)


def _body(found: Article | None) -> str:
    return found.body if found else ""


def _body_scores(shares: list[Shares]) -> Scores:
    precision = mean(one.precision for one in shares if one.right + one.wrong)
    recall = mean(one.recall for one in shares if one.right + one.missed)
    return {
        "body F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "body precision": precision,
        "body recall": recall,
        "body not found": mean(one.f1 < BAD for one in shares),
    }


def _html(path: Path) -> str:
    return decode_page(gzip.decompress(path.read_bytes()), Settings().encoding)[0]


def _version(versions: Iterable[Mapping[str, Any]], html: str) -> Mapping[str, Any]:
    """Of the values expected of several pages of a publisher, those whose text stands in this page."""
    page = set(_runs(html))
    return max(versions, key=lambda one: len(page.intersection(_runs(_text(one)))))


def _text(version: Mapping[str, Any]) -> str:
    """The summary, headlines and paragraphs of the expected body."""
    body = version["body"]
    parts = [
        *body["summary"],
        *(text for part in body["sections"] for text in (*part["headline"], *part["paragraphs"])),
    ]
    return "\n\n".join(parts)


def _expected(name: str, html: str, version: Mapping[str, Any]) -> Page:
    return Page(
        name,
        html,
        _text(version),
        version.get("title") or "",
        tuple(version.get("authors") or ()),
        (version.get("publishing_date") or "")[:10],
    )
