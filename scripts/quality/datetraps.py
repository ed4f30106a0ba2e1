"""Texts that date parsers make wrong dates of, and what each says: a day, less than a day, or nothing.

No figure matters as much as `invented`: the share of rows that come out with a date, or part of one, that the text
does not state. `right` counts the rows that come out exactly. Rows are written for this set after what dateutil,
dateparser and htmldate were seen to do; none of it is measured elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quality.scores import Scores
from searcher.config import Settings
from searcher.models import Article, DateClaim, RawArticle
from searcher.normalize import normalize

__all__ = ["TRAPS", "Trap", "dated", "score"]

TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Trap:
    """A text, and the ISO date it states, cut at what it states; empty for none.

    `source` is where it stands: a date line (text), a key of a record (field), or a whole page (page).
    """

    text: str
    right: str
    source: str = "text"
    day_first: bool = True
    language: str = ""
    crawled: str = ""


_PARAGRAPHS = "<p>The ferry to the outer islands sailed again after a week of storms, and its decks were full.</p>" * 4
_PAGE = f"<html><head>{{}}</head><body><h1>The ferry sails</h1>{{}}{_PARAGRAPHS}{{}}</body></html>"

TRAPS = (
    # What fuzzy reading makes dates of.
    Trap("2 min read", ""),
    Trap("2 hours ago", ""),
    Trap("Posted by Mark on 3 vehicles", ""),
    Trap("vor 3 Stunden", "", language="de"),
    Trap("3 saat önce", "", language="tr"),
    Trap("2 dni temu", "", language="pl"),
    Trap("вчора", "", language="uk"),
    # Parts that are filled in from today.
    Trap("2017", "2017"),
    Trap("May 2017", "2017-05"),
    Trap("Mayıs 2017", "2017-05", language="tr"),
    Trap("październik 2017", "2017-10", language="pl"),
    Trap("October", ""),
    Trap("31 października", "", language="pl"),
    Trap("10", ""),
    Trap("12:30", ""),
    Trap("Friday", ""),
    # Three numbers.
    Trap("03/04/2017", "2017-04-03"),
    Trap("03/04/2017", "2017-03-04", day_first=False),
    Trap("13/04/2017", "2017-04-13", day_first=False),
    Trap("04/13/2017", "2017-04-13"),
    Trap("03/04/2017", "2017-04-03", language="tr"),
    Trap("03.04.2017", "2017-04-03", day_first=False),
    Trap("1/2/3", ""),
    Trap("31/10/17", ""),
    # ISO 8601 has one order, and its clock is the publisher's.
    Trap("2017-03-04", "2017-03-04"),
    Trap("2017-03-04T10:15", "2017-03-04T10:15"),
    Trap("2017-10-31T23:30:00-05:00", "2017-10-31T23:30-05:00"),
    Trap("2017-11-01T00:30:00+09:00", "2017-11-01T00:30+09:00"),
    Trap("20200728121240", "2020-07-28T12:12"),
    Trap("2014- 4-21", ""),
    Trap("2017-13-04", ""),
    # Zones by letters.
    Trap("31 October 2017 10:15 EST", "2017-10-31T10:15-05:00"),
    Trap("31 July 2017 10:15 BST", "2017-07-31T10:15+01:00"),
    Trap("31 July 2017 10:15 IST", "2017-07-31T10:15"),
    # Months in other languages, the language known.
    Trap("31 octobre 2017", "2017-10-31"),
    Trap("31. Oktober 2017", "2017-10-31"),
    Trap("5 mai 2017", "2017-05-05"),
    Trap("2017年10月31日", "2017-10-31"),
    Trap("31 أكتوبر 2017", "2017-10-31"),
    Trap("31 Ekim 2017", "2017-10-31", language="tr"),
    Trap("31 października 2017", "2017-10-31", language="pl"),
    Trap("31 жовтня 2017", "2017-10-31", language="uk"),
    Trap("31 oktober 2017", "2017-10-31", language="nl"),
    Trap("31. října 2017", "2017-10-31", language="cs"),
    Trap("31 Ekim 2017", "", language="en"),
    Trap("Ekim ayında 31 kişi 2017 yılında öldü", "", language="tr"),
    # Numbers of programs.
    Trap("1509444900", ""),
    Trap("1509444900", "2017-10-31T10:15+00:00", "field"),
    # Two dates in one line.
    Trap("Published: 4 May 2022 | Updated: 5 May 2022", "2022-05-04"),
    Trap("Updated: 5 May 2022", ""),
    # Days that have not come, or that lie after the copy.
    Trap("31 October 2087", ""),
    Trap("2 November 2017", "", crawled="2017-10-31"),
    Trap("1 November 2017", "2017-11-01", crawled="2017-10-31"),
    Trap("31 October 2017", "2017-10-31", crawled="2017-10-31"),
    # Pages that state no day, or only other days.
    Trap(_PAGE.format("", "", ""), "", "page"),
    Trap(_PAGE.format("", "<p>2 min read</p>", ""), "", "page"),
    Trap(_PAGE.format("", "<p>3 hours ago</p>", ""), "", "page"),
    Trap(_PAGE.format("", "", "<footer>© 2019 Harbour Post</footer>"), "", "page"),
    Trap(_PAGE.format("", "", "<p>The first ferry sailed on 12 May 1996, the second on 3 June 2001.</p>"), "", "page"),
    Trap(_PAGE.format('<meta property="article:modified_time" content="2018-01-01">', "", ""), "", "page"),
    Trap(_PAGE.format("", "", '<aside><time datetime="2011-01-01">x</time></aside>'), "", "page"),
    Trap(_PAGE.format("", "<figure><img><figcaption>The ferry on 24 April 2023</figcaption></figure>", ""), "", "page"),
    Trap(_PAGE.format('<meta name="date" content="May 2017">', "", ""), "2017-05", "page"),
    Trap(_PAGE.format('<meta name="date" content="2017-10-31">', "", ""), "2017-10-31", "page"),
    Trap(_PAGE.format('<meta name="date" content="2017-10-31">', "", ""), "", "page", crawled="2016-01-01"),
)  # fmt: skip


def score(_paths: Iterable[Path]) -> Scores:
    """The share of rows that come out right, and of those with a date that the text does not state."""
    found = [(trap, dated(trap)) for trap in TRAPS]
    return {
        "right": sum(got == trap.right for trap, got in found) / len(found),
        "invented": sum(not trap.right.startswith(got) for trap, got in found) / len(found),
    }


def dated(trap: Trap) -> str:
    """The date that an article with this text gets; empty for none."""
    page = trap.source == "page"
    raw = RawArticle(
        path="trap",
        reader="trap",
        raw=b"",
        html=trap.text if page else "",
        body="" if page else "The ferry sails.",
        dates=() if page else (DateClaim(trap.text, trap.source),),
        language=trap.language,
        crawled=trap.crawled,
    )
    made = normalize(raw, Settings(day_first=trap.day_first), TODAY)
    return str(made.date or "") if isinstance(made, Article) else ""
