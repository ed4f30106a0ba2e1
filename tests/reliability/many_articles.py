"""An archive of as many articles as wanted for tests that ask what a search takes: news in its words, and all that
makes an index wide: numbers, scripts, languages, authors, mentions, days told of, copies, removed articles.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from benchmark.generated import generated_texts
from benchmark.reuters import reuters_folder, reuters_texts
from benchmark.values import drawn_values

from searcher.engines.whoosh import WhooshEngine
from searcher.models import Article, EventDate, PublicationDate

__all__ = ["make_archive"]

SEED = 6
LANGUAGES = ("en", "en", "en", "en", "de", "fr", "ru", "ar", "zh", "")
SOURCES = tuple(f"Outlet {number}" for number in range(200))
AUTHORS = 20_000
# What stands in news beside English words.
FOREIGN = (
    "Ракетный удар по порту Тартус нанесён ночью", "القوات المسلحة في دير الزور", "叙利亚政府军周二进入代尔祖尔市",
    "Müller, l'armée de l'air, São Paulo", "S-300 and Tu-95MS, 1,500 km, 3.5 percent, $4.50", "नई दिल्ली में बैठक",
    "Abu Kamal, Albu Kamal, Deir ez-Zor, Islamic State, Daesh, NATO, U.S.", "ประเทศไทย กรุงเทพมหานคร",
    "모스크바에서 회담",
)  # fmt: skip
# Of the articles one in so many is a copy of another, one in so many is removed again.
COPIED, REMOVED = 6, 50


def make_archive(place: Path, count: int) -> None:
    """An index of so many articles, some removed, in two segments or more; the same for the same number."""
    engine = WhooshEngine.create(place)
    articles = _articles()
    for part in (count - count // 10, count // 10):
        with engine.writer() as writer:
            for made in islice(articles, part):
                writer.add(made)
    with engine.writer() as writer:
        for number in range(0, count, REMOVED):
            writer.remove(_name(number))
    engine.close()


def _articles() -> Iterator[Article]:
    chance = random.Random(SEED)
    folder = reuters_folder()
    texts = reuters_texts(folder, SEED) if folder else generated_texts(SEED)
    for number, ((title, body), (day, places, actors)) in enumerate(zip(texts, drawn_values(SEED), strict=False)):
        told = date.fromordinal(day) - timedelta(days=chance.randint(0, 400))
        written = chance.choices(FOREIGN, k=2) if number % 4 == 0 else []
        yield Article(
            id=_name(number),
            title=title,
            body="\n\n".join([body, f"Item {number} of {chance.randint(0, 10**6)}", *written]),
            date=PublicationDate(date.fromordinal(day).isoformat(), "field") if number % 20 else None,
            locations=places,
            actors=actors,
            mentioned=(*places, *actors),
            authors=(f"Writer {chance.randrange(AUTHORS)}",),
            source=chance.choice(SOURCES),
            language=chance.choice(LANGUAGES),
            events=(
                EventDate(text="", start=0, end=0, field="body", day=told.isoformat()[: chance.choice((4, 7, 10))]),
            ),
            fingerprint=_name(number),
            story=_name(chance.randrange(number)) if number % COPIED == 5 else "",
        )


def _name(number: int) -> str:
    return f"{number:08x}"
