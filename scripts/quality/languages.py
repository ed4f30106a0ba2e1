"""In which language is a text? Bodies and titles of news pages of 41 countries, as their publishers' rules cut them.

The label is the language of the outlet: that of its country but for those below, which were looked at one by one. What
a page says of itself is no label (Swahili and Zulu pages say English); it is given to the step as a claim, as a page
is read, for the figure `claimed`.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quality.scores import Scores, Tally
from searcher.config import Settings
from searcher.models import RawArticle
from searcher.normalize.draft import begin
from searcher.normalize.language import tell_language

__all__ = ["score"]

_OF_COUNTRY = {
    "at": "de", "au": "en", "be": "nl", "ca": "en", "ch": "de", "cn": "zh", "cz": "cs", "de": "de", "dk": "da",
    "es": "es", "fr": "fr", "gl": "da", "id": "id", "il": "de", "ind": "en", "isl": "is", "it": "it", "jp": "ja",
    "kr": "ko", "lb": "ar", "li": "de", "ls": "en", "lt": "lt", "lu": "de", "mx": "en", "my": "en", "na": "en",
    "no": "no", "pl": "pl", "pt": "en", "py": "de", "ru": "ru", "se": "sv", "tr": "tr", "tw": "en", "tz": "en",
    "ua": "ru", "uk": "en", "us": "en", "vn": "vi", "za": "en",
}  # fmt: skip
_OF_OUTLET = {
    "PoliticoEu": "en", "MallorcaMagazin": "de", "MallorcaZeitung": "de", "Bhaskar": "hi", "Tageszeitung": "de",
    "TheJapanNews": "en", "HabariLeo": "sw", "Dizindaba": "xh", "IsolezweLesiXhosa": "xh", "EyethuNews": "zu",
    "Ilanga": "zu", "Isolezwe": "zu",
}  # fmt: skip
# Those of Europe and Asia with most news; of the set all but Icelandic, Swahili, Xhosa and Zulu.
_NOT_MAJOR = {"is", "sw", "xh", "zu"}

_CLAIM = re.compile(rb"<html[^>]*?\slang=[\"']?([A-Za-z_-]+)", re.IGNORECASE)
_TODAY = date(2026, 1, 1)


class _Text(NamedTuple):
    language: str
    claimed: str
    title: str
    body: str


def score(paths: Iterable[Path]) -> Scores:
    """Shares told right: of bodies with nothing claimed, of those in major languages, with claims, of titles alone.

    `titles wrong` is the share of titles of which a wrong language is told; of the rest it stays unknown.
    """
    bodies, major, claimed, titles = Tally(), Tally(), Tally(), Tally()
    wrong = count = 0
    for text in _texts(paths):
        found = _told(body=text.body)
        bodies.count(found == text.language)
        if text.language not in _NOT_MAJOR:
            major.count(found == text.language)
        claimed.count(_told(body=text.body, language=text.claimed) == text.language)
        of_title = _told(title=text.title)
        titles.count(of_title == text.language)
        wrong += of_title not in ("", text.language)
        count += 1
    return {
        "bodies": bodies.recall,
        "major": major.recall,
        "claimed": claimed.recall,
        "titles": titles.recall,
        "titles wrong": wrong / count,
    }


def _told(**fields: str) -> str:
    raw = RawArticle(path="page", reader="html", raw=b"", **fields)
    return tell_language(begin(raw, Settings(), _TODAY)).language


def _texts(paths: Iterable[Path]) -> Iterator[_Text]:
    """Every version that a publisher's rules are tested on; the claim is that of any of its pages that makes one."""
    for path in paths:
        if path.suffix != ".json":
            continue
        outlet, country = path.stem, path.parent.name
        pages = sorted(path.parent.glob(f"{outlet}_*.html.gz"))
        claims = (_CLAIM.search(gzip.decompress(page.read_bytes())) for page in pages)
        claimed = next((claim[1].decode() for claim in claims if claim), "")
        for version in json.loads(path.read_bytes()).values():
            title, body = version.get("title") or "", _body(version.get("body") or {})
            if body:
                language = _OF_OUTLET.get(outlet) or _OF_COUNTRY[country]
                yield _Text(language, claimed, title if isinstance(title, str) else "", body)


def _body(body: dict[str, list]) -> str:
    paragraphs = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        paragraphs += (section.get("headline") or []) + (section.get("paragraphs") or [])
    return "\n\n".join(paragraphs)
