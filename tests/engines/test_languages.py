"""Articles in several languages in one index: each is found by the forms of its own, and marked where it matched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines.conftest import ENGINES, new_engine
from samples import article

from searcher.engines import Engine
from searcher.engines.readings import in_order
from searcher.query import Order, SearchRequest, parse
from searcher.query.highlight import Highlighter

ARTICLES = [
    article("en", title="Missile news", body="The navy fired missiles. The news came late.", language="en"),
    article("de", title="Der Angriff", body="Nach den Angriffen auf Häuser kam die Kalibr.", language="de"),
    article("fr", title="Une attaque", body="La ville attaquée a un maire new look.", language="fr"),
    article("ru", title="Ракета", body="Корабли с ракетами Kalibr вышли в море.", language="ru"),
    article("ar", title="الحكومة", body="قالت والصواريخ في المدينة.", language="ar"),
    article("zh", title="大使馆", body="俄罗斯在莫斯科的大使馆。S-300导弹。", language="zh"),
    article("ja", title="ミサイル", body="弾道ミサイルを発射した。", language="ja"),
    article("none", title="", body="Angriff an unknown language, missiles.", language=""),
]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with new_engine(request.param, tmp_path_factory.mktemp("languages") / "index") as made:
        with made.writer() as writer:
            for one in ARTICLES:
                writer.add(one)
        yield made


def found(engine: Engine, query: str) -> set[str]:
    request = SearchRequest(node=parse(query).node, order=Order(limit=50))
    return {hit.id for hit in engine.search(request).hits}


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("missile", {"en", "none"}, "an English form; an unknown language goes by the script"),
        ("Angriff", {"de", "none"}, "a German case, and the word as it stands elsewhere"),
        ("häusern", {"de"}, "a German case of it"),
        ("haus", {"de"}, "without its umlaut"),
        ("attaque", {"fr"}, "a French participle"),
        ("news", {"en", "fr"}, "which in French is a plural of new"),
        ("new", {"fr"}, "but not in English: a stem of one language is none of another"),
        ("ракеты", {"ru"}, "a Russian case"),
        ("صواريخ", {"ar"}, "behind an Arabic conjunction and article"),
        ("حكومة", {"ar"}, "behind the article"),
        ("kalibr", {"de", "ru"}, "a name in a Latin and in a Cyrillic text"),
        ('"ракеты kalibr"', {"ru"}, "side by side in two scripts"),
        ('"angriff auf haus"', {"de"}, "a German phrase by its stems"),
        ('"haus angriff"~3', {"de"}, "in any order"),
        ("莫斯科", {"zh"}, "within a run"),
        ("馆", {"zh"}, "one character"),
        ('"莫斯科大使"', set(), "not side by side"),
        ("莫斯科 大使馆", {"zh"}, "two words"),
        ("S300导弹", {"zh"}, "a designator in a run"),
        ("ミサイル", {"ja"}, "kana"),
        ("莫斯*", {"zh"}, "a star is not needed, and does no harm"),
        ("=angriffen", {"de"}, "unstemmed"),
        ("=angriff", {"de", "none"}, "unstemmed, it stands in the title"),
        ("=missile", {"en"}, "unstemmed"),
        ("=莫斯科", {"zh"}, "a run unstemmed is itself"),
        ("missile OR ракета", {"en", "ru", "none"}, "two languages in one query"),
        ("lang:ru", {"ru"}, "by code"),
        ("LANG:RU", {"ru"}, "in capitals"),
        ("lang:russian", {"ru"}, "by name"),
        ("language:rus", {"ru"}, "by a code of three letters"),
        ('lang:"German"', {"de"}, "in quotation marks"),
        ("kalibr -lang:de", {"ru"}, "and without one"),
    ],
)
def test_each_article_is_found_by_the_forms_of_its_language(
    engine: Engine, query: str, expected: set[str], reason: str
) -> None:
    """Whatever languages the others are in."""
    assert found(engine, query) == expected, reason


@pytest.mark.parametrize(
    "query", ["angriff", "attaque", "ракеты", "صواريخ", "大使馆", "馆", '"haus angriff"~3', "kalibr"]
)
def test_what_matched_is_marked(engine: Engine, query: str) -> None:
    """Every hit has a mark in its title or its snippet, by the rules of its own language."""
    request = SearchRequest(node=parse(query).node, order=Order(limit=50))
    hits = engine.search(request).hits
    highlighter = Highlighter(request.node)
    kept = {one.id: one for one in ARTICLES}
    for hit in hits:
        shown = highlighter.show(kept[hit.id])
        assert shown.title_marks or shown.snippet.marks, hit.id
    assert hits


def test_marks_of_a_run_are_those_of_the_whole_word() -> None:
    """Not of each of its pairs."""
    body = "俄罗斯在莫斯科的大使馆。"
    marks = Highlighter(parse("莫斯科").node).marks(body, language="zh")
    assert [body[mark.start : mark.end] for mark in marks] == ["莫斯科"]


@pytest.mark.parametrize("name", ENGINES)
def test_a_word_weighs_the_same_in_every_language(name: str, tmp_path: Path) -> None:
    """How rare it is counts over all articles: few in one language do not make it rarer there."""
    texts = {"e1": "en", "e2": "en", "e3": "en", "d1": "de"}
    with new_engine(name, tmp_path / "index") as engine:
        with engine.writer() as writer:
            for name, language in texts.items():
                writer.add(article(name, title="", body="Kalibr was seen", language=language))
        for query in ("kalibr", '"kalibr was"', '"was kalibr"~2'):
            request = SearchRequest(node=parse(query).node, order=Order(limit=9))
            scores = {hit.id: hit.score for hit in engine.search(request).hits}
            assert scores.keys() == texts.keys()
            assert len(set(scores.values())) == 1, query


def test_an_archive_in_english_is_asked_for_one_stem() -> None:
    """Other languages cost nothing where there are none."""
    assert in_order("missiles", ("",)) == [(("missil",),)]
    assert len(in_order("missiles", ("", "de", "fr"))[0][0]) == 3
    assert in_order("S-300", ("", "de")) == [(("s", "s\x1fde"), ("300",)), (("s300",),)]
