"""What every engine must do, written against the seam."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from samples import article, whole_article

from searcher.choices import SORTS
from searcher.engines import Engine
from searcher.errors import ArchiveLocked, ArchiveMissing
from searcher.models import EventDate, FacetCount
from searcher.query import Order, SearchRequest, parse, prefer_adjacent
from searcher.query.nodes import Boost, Or, Phrase, Term

Make = Callable[[], Engine]
Open = Callable[[Path], Engine]


def counted(value: str, count: int, *, selected: bool = False) -> FacetCount:
    """A count of articles that each tell a story of their own."""
    return FacetCount(value, count, selected, stories=count)


def ids_of(engine: Engine, query: str, **options: object) -> list[str]:
    """Ids found, best first."""
    return [hit.id for hit in engine.search(SearchRequest(node=parse(query).node, **options)).hits]  # type: ignore[arg-type]  # options as the test gives them


def test_an_article_comes_back_as_it_was_added(engine: Engine) -> None:
    """Every field survives, offsets and zones included."""
    expected = whole_article()
    with engine.writer() as writer:
        writer.add(expected)
    assert engine.find("whole") == expected


def test_values_of_any_length_are_held(engine: Engine) -> None:
    """Longer than an index takes a term: the article is whole, and found by its words."""
    long = "京" * 9_000
    expected = article(
        "a", body="frigate", locations=(long,), within=((long, long),), source=long, authors=("x" * 40_000,)
    )
    with engine.writer() as writer:
        writer.add(expected)
    assert (engine.find("a"), ids_of(engine, "frigate")) == (expected, ["a"])


def test_a_path_is_told_without_the_article(engine: Engine) -> None:
    """Of the article as it is now, and empty where it came from nowhere."""
    for path in ("/old.html", "/new.html"):
        with engine.writer() as writer:
            writer.add(article("a", path=path))
            writer.add(article("b"))
    assert (engine.path_of("a"), engine.path_of("b"), engine.path_of("c")) == ("/new.html", "", None)
    with engine.writer() as writer:
        writer.remove("a")
    assert engine.path_of("a") is None


def test_what_is_not_there_is_none(engine: Engine) -> None:
    """Looking for an unknown id is no error, in an empty engine neither."""
    assert engine.find("nobody") is None
    assert engine.path_of("nobody") is None
    assert engine.search(SearchRequest(node=parse("x").node, facets=("location", "date"))).total == 0
    assert engine.stats().articles == 0


def test_an_article_replaces_the_one_with_its_id(engine: Engine) -> None:
    """The old text is found no more, and the article counts once."""
    for body in ("frigate", "submarine"):
        with engine.writer() as writer:
            writer.add(article("a", body=body))
    assert (ids_of(engine, "frigate"), ids_of(engine, "submarine")) == ([], ["a"])
    assert engine.stats().articles == 1


def test_of_an_id_many_times_in_a_batch_the_last_stays(engine: Engine) -> None:
    """Whoosh alone would leave one live copy for each."""
    with engine.writer() as writer:
        for body in ("one", "two", "three"):
            writer.add(article("a", body=body))
    assert [ids_of(engine, word) for word in ("one", "two", "three")] == [[], [], ["a"]]
    with engine.writer() as writer:
        writer.add(article("a", body="four"))
    assert engine.search(SearchRequest(node=parse("*").node)).total == 1


def test_removed_in_the_batch_that_adds_it_is_not_there(engine: Engine) -> None:
    """The order within a batch counts."""
    with engine.writer() as writer:
        writer.add(article("a"))
        writer.remove("a")
        writer.remove("b")
        writer.add(article("b"))
    assert (engine.find("a"), engine.search(SearchRequest(node=parse("*").node)).total) == (None, 1)


def test_an_error_discards_the_whole_batch(engine: Engine) -> None:
    """Nothing of it is visible, what was there stays, and the next batch can be written."""
    with engine.writer() as writer:
        writer.add(article("old", body="old"))

    def fail_midway() -> None:
        with engine.writer() as writer:
            writer.remove("old")
            writer.add(article("new", body="new"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail_midway()
    assert ids_of(engine, "*") == ["old"]
    with engine.writer() as writer:
        writer.add(article("next", body="next"))
    assert sorted(ids_of(engine, "*")) == ["next", "old"]


def test_an_article_that_cannot_be_written_harms_no_neighbour(engine: Engine) -> None:
    """Its batch is discarded, and none of its words reach the article that is added next."""

    def add_both() -> None:
        with engine.writer() as writer:
            writer.add(article("bad", title="poison", body=5))
            writer.add(article("good", body="wholesome"))

    with pytest.raises((TypeError, ValueError)):
        add_both()
    with engine.writer() as writer:
        writer.add(article("good", body="wholesome"))
    assert (ids_of(engine, "poison"), ids_of(engine, "wholesome")) == ([], ["good"])


def test_removed_articles_never_come_back(engine: Engine) -> None:
    """Not after further commits, merges or a search in between: a refreshed Whoosh searcher brought them back."""
    for number in range(12):
        with engine.writer() as writer:
            writer.add(article(f"a{number}", body=f"common text{number}"))
        assert engine.search(SearchRequest(node=parse("common").node)).total == number + 1
    with engine.writer() as writer:
        for number in range(0, 12, 2):
            writer.remove(f"a{number}")
    expected = [f"a{number}" for number in range(1, 12, 2)]
    for _ in range(3):
        assert sorted(ids_of(engine, "common", order=Order(limit=50))) == sorted(expected)
        with engine.writer() as writer:
            writer.add(article("extra", body="other"))


def test_a_commit_is_seen_by_who_has_the_archive_open(place: Path, open_engine: Open) -> None:
    """A second engine on the same place sees it at its next search."""
    reader, writer_side = open_engine(place), open_engine(place)
    assert ids_of(reader, "*") == []
    with writer_side.writer() as writer:
        writer.add(article("a"))
    assert ids_of(reader, "*") == ["a"]


def test_articles_are_read_from_one_state(engine: Engine) -> None:
    """A commit while they are iterated changes nothing of what comes."""
    with engine.writer() as writer:
        for number in range(5):
            writer.add(article(f"a{number}"))
    reading = engine.articles()
    first = next(reading)
    with engine.writer() as writer:
        for number in range(5):
            writer.remove(f"a{number}")
    assert len([first, *reading]) == 5
    assert list(engine.articles()) == []


def found_ids(engine: Engine, request: SearchRequest) -> list[str]:
    """Ids of every article that a search finds, in order."""
    return [found.id for found in engine.found(request)]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", ["*", "port", "port OR navy", "title:port", "nothing"])
def test_everything_found_comes_in_the_order_of_the_hits(engine: Engine, query: str, sort: str) -> None:
    """Across commits, ties and undated articles included; limit and offset do not count."""
    days = ("2017-10-31", "", "2017-10", "2016-01-01", "2017-10-31")
    for batch in range(3):
        with engine.writer() as writer:
            for number, day in enumerate(days):
                body = "port " * (1 + number % 2) + "navy " * (batch % 2)
                writer.add(article(f"{number}-{batch}", title="port" if number == 3 else "sea", body=body, date=day))
    with engine.writer() as writer:
        writer.remove("0-1")
    request = SearchRequest(node=parse(query).node, order=Order(sort=sort, limit=100))
    expected = [hit.id for hit in engine.search(request).hits]
    assert found_ids(engine, replace(request, order=Order(sort=sort, limit=2, offset=3))) == expected
    assert len(expected) == {"title:port": 3, "nothing": 0}.get(query, 14)


def test_what_narrows_a_search_narrows_all_that_is_found(engine: Engine) -> None:
    """Picked and excluded values, days, and copies of a story."""
    with engine.writer() as writer:
        writer.add(article("a", body="port", locations=("Syria",), date="2017-10-01"))
        writer.add(article("b", body="port", locations=("Syria",), date="2017-10-02", story="a"))
        writer.add(article("c", body="port", locations=("Syria",), date="2016-10-02"))
        writer.add(article("d", body="port", locations=("Malta",), date="2017-10-02"))
    request = SearchRequest(
        node=parse("port").node, include={"location": ("syria",)}, after=date(2017, 1, 1), copies="first"
    )
    assert found_ids(engine, request) == ["a"]


def test_all_that_is_found_is_of_one_state(engine: Engine) -> None:
    """However many commits come while it is read, and whatever becomes of the files: each article as it was."""
    before = [article(f"a{number}", body=f"port {number}", date=f"2017-10-{number + 10}") for number in range(9)]
    for some in (before[:4], before[4:]):
        with engine.writer() as writer:
            for one in some:
                writer.add(one)
    reading = engine.found(SearchRequest(node=parse("port").node, order=Order(sort="oldest")))
    first = next(reading)
    for number in range(9):
        with engine.writer() as writer:
            writer.remove(f"a{number}") if number % 2 else writer.add(article(f"a{number}", body="port changed"))
            writer.add(article(f"b{number}", body="port", date="2017-10-31"))
    assert [first, *reading] == before
    assert engine.search(SearchRequest(node=parse("port").node)).total == 14


def test_the_sketch_and_the_story_come_with_the_article(engine: Engine) -> None:
    """As they were added, whichever way the article is read; who has no sketch gets none."""
    expected = {one.id: one for one in (whole_article("a"), whole_article("b"), article("c", body="Second"))}
    expected["a"] = replace(expected["a"], sketch=bytes(range(128)), story="b")
    for one in expected.values():
        with engine.writer() as writer:
            writer.add(one)
    assert {one.id: one for one in engine.articles()} == expected
    assert {one.id: one for one in engine.found(SearchRequest(node=parse("second").node))} == expected
    assert {name: engine.find(name) for name in expected} == expected
    assert engine.find_all(["c", "nobody", "a"]) == {"a": expected["a"], "c": expected["c"]}


def test_writers_at_the_same_time(place: Path, open_engine: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an engine for one writer the second is told so, and can write when the first is done; else neither waits."""
    monkeypatch.setattr("searcher.engines.whoosh.lock.LOCK_WAIT", 0.2)
    first, second = open_engine(place), open_engine(place)
    with first.writer() as writer:
        writer.add(article("a"))
        if first.one_writer:
            with pytest.raises(ArchiveLocked, match=rf"another process \({os.getpid()}\) is writing"):
                second.writer()
        else:
            with second.writer() as another:
                another.add(article("c"))
            assert ids_of(first, "*") == ["c"]
            with second.writer() as another:
                another.remove("c")
    with second.writer() as writer:
        writer.add(article("b"))
    assert sorted(ids_of(first, "*")) == ["a", "b"]


def test_what_was_committed_is_there_after_opening_again(place: Path, open_engine: Open) -> None:
    """Closing loses nothing, opening needs nothing but the place."""
    engine = open_engine(place)
    with engine.writer() as writer:
        writer.add(whole_article())
    engine.close()
    assert open_engine(place).find("whole") == whole_article()


def test_a_place_without_an_index_is_missing(tmp_path: Path, open_engine: Open) -> None:
    """The message says how to make one."""
    with pytest.raises(ArchiveMissing, match="archive add"):
        open_engine(tmp_path)


def test_threads_search_while_another_writes(engine: Engine) -> None:
    """Every answer is one of the committed states."""
    totals: list[int] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            totals.append(engine.search(SearchRequest(node=parse("common").node)).total)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(6):
        with engine.writer() as writer:
            writer.add(article(f"a{number}", body="common"))
            writer.add(article(f"b{number}", body="common"))
    done.set()
    for thread in threads:
        thread.join()
    assert set(totals) <= {0, 2, 4, 6, 8, 10, 12}
    assert engine.search(SearchRequest(node=parse("common").node)).total == 12


def test_ids_by_path_and_by_story(engine: Engine) -> None:
    """What a file became, and which articles tell one story."""
    with engine.writer() as writer:
        writer.add(article("b", path="/x, y.jsonl"))
        writer.add(article("a", path="/x, y.jsonl"))
        writer.add(article("c", path="/x", story="b"))
    assert engine.ids("path", "/x, y.jsonl") == ("a", "b")
    assert engine.ids("story", "b") == ("b", "c")
    assert engine.ids("path", "/nowhere") == ()


def test_many_are_looked_up_at_once(engine: Engine) -> None:
    """Paths by ids, of those that are there; ids by paths, of all that are asked for."""
    with engine.writer() as writer:
        for name, path in (("a", "/x"), ("b", "/x"), ("c", "/y"), ("d", "")):
            writer.add(article(name, path=path))
    assert engine.paths_of(["d", "a", "nobody", "c"]) == {"a": "/x", "c": "/y", "d": ""}
    assert engine.ids_at(["/x", "/nowhere"]) == {"/x": ("a", "b"), "/nowhere": ()}
    assert (engine.paths_of([]), engine.ids_at([])) == ({}, {})


def test_copies_of_a_text_are_counted_on_the_hit(engine: Engine) -> None:
    """Other articles of the same story, removed ones not."""
    with engine.writer() as writer:
        for name in "abc":
            writer.add(article(name, story="a", body="copy"))
        writer.add(article("d", body="copy of nothing"))
    with engine.writer() as writer:
        writer.remove("c")
    hits = engine.search(SearchRequest(node=parse("copy").node)).hits
    assert {hit.id: hit.duplicates for hit in hits} == {"a": 1, "b": 1, "d": 0}


def test_words_of_the_archive(engine: Engine) -> None:
    """Unstemmed, folded, in order, of title and body."""
    with engine.writer() as writer:
        writer.add(article("a", title="Missiles", body="missile mission"))
        writer.add(article("b", title="Mission", body="Müller"))
    assert [word for word, _ in engine.words_from("mis")] == ["missile", "missiles", "mission"]
    assert dict(engine.words_from("m")).keys() == {"missile", "missiles", "mission", "muller"}
    assert [engine.word_count(word) > 0 for word in ("muller", "missil", "mission")] == [True, False, True]


def test_order_is_by_score_then_newest_then_id(engine: Engine) -> None:
    """Equal articles keep their order on every run and page."""
    with engine.writer() as writer:
        for name, date in (("d", "2017"), ("b", "2018"), ("a", ""), ("c", "2018")):
            writer.add(article(name, title="same", body="same words", date=date))
    assert ids_of(engine, "words") == ["b", "c", "d", "a"]
    pages = [ids_of(engine, "words", order=Order(limit=1, offset=offset)) for offset in range(5)]
    assert pages == [["b"], ["c"], ["d"], ["a"], []]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["e", "d", "c", "b", "a", "u"]),
        ("oldest", ["a", "b", "c", "d", "e", "u"]),
    ],
)
def test_order_by_date_is_to_the_minute_and_undated_come_last(engine: Engine, sort: str, expected: list[str]) -> None:
    """A year counts from its first day; the clock is the publisher's."""
    dates = {
        "a": "2016",
        "b": "2017-10",
        "c": "2017-10-31",
        "d": "2017-10-31T08:15+03:00",
        "e": "2017-10-31T09:00-08:00",
    }
    with engine.writer() as writer:
        for name, date in {**dates, "u": ""}.items():
            writer.add(article(name, date=date))
    assert ids_of(engine, "*", order=Order(sort=sort)) == expected


def test_words_side_by_side_come_first(engine: Engine) -> None:
    """However often the words stand apart elsewhere, and however long the article."""
    with engine.writer() as writer:
        writer.add(article("apart", title="kamal, then abu", body="kamal and abu and " * 5))
        writer.add(article("beside", body="Abu Kamal is named once. " + "filler " * 300))
    found = engine.search(SearchRequest(node=prefer_adjacent(parse("abu kamal").node)))
    assert [hit.id for hit in found.hits] == ["beside", "apart"]
    assert ids_of(engine, "abu kamal") == ["apart", "beside"]


def test_what_is_refused_is_not_found(engine: Engine) -> None:
    """Also where the refused list begins before the wanted one: Whoosh's AndNot lets b through here."""
    with engine.writer() as writer:
        writer.add(article("a", body="syria"))
        writer.add(article("b", body="syria navy"))
        writer.add(article("c", body="navy"))
    assert (ids_of(engine, "navy -syria"), ids_of(engine, "-navy"), ids_of(engine, "-syria -navy")) == (
        ["c"],
        ["a"],
        [],
    )


def test_the_best_of_alternatives_is_that_of_the_article(engine: Engine) -> None:
    """Not that of another: a rare word elsewhere lends no score."""
    with engine.writer() as writer:
        for number in range(9):
            writer.add(article(f"a{number}", body="common"))
        writer.add(article("rare", body="rare"))
    found = engine.search(SearchRequest(node=Or((Term("common"), Boost(Term("rare"), 0.01)), best=True)))
    assert [hit.id for hit in found.hits] == [*(f"a{number}" for number in range(9)), "rare"]


def test_alternatives_without_a_score_are_all_found(engine: Engine) -> None:
    """Values score nothing; an Or of them finds every article of each."""
    with engine.writer() as writer:
        writer.add(article("a", locations=("Syria",)))
        writer.add(article("b", locations=("Syria",)))
    assert sorted(ids_of(engine, "location:kamal OR location:kamal OR location:syria")) == ["a", "b"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"alpha omega"', False),  # three words stand between
        ('"alpha omega"~2', False),  # one more than may
        ('"alpha omega"~3', True),  # just as many as may
        ('"omega alpha"~3', True),  # order does not count
        ('"one two"', True),
        ('"two one"', False),  # it does in a phrase
        ('"alpha one two three omega"', True),
        ('"alpha two"', False),  # positions are true: nothing was left out between
        ('"omega beta"', True),  # no sentence ends a phrase
    ],
)
def test_phrases_and_words_near_each_other(engine: Engine, query: str, expected: bool) -> None:
    """A phrase is words side by side in order; ~n is any order with at most n other words in the stretch."""
    with engine.writer() as writer:
        writer.add(article("a", body="Alpha one two three omega. Beta."))
    assert bool(ids_of(engine, query)) == expected


def test_a_facet_counts_every_value_of_an_article(engine: Engine) -> None:
    """Values with commas and accents are one value; ties are in order of the value."""
    with engine.writer() as writer:
        writer.add(article("a", locations=("Syria", "Abu Kamal"), actors=("Smith, John",)))
        writer.add(article("b", locations=("Syria", "Côte d'Ivoire"), actors=("Smith, John", "Bo")))
    facets = engine.search(SearchRequest(node=parse("*").node, facets=("location", "actor"))).facets
    assert facets["location"] == (
        counted("Syria", 2), counted("Abu Kamal", 1), counted("Côte d'Ivoire", 1)
    )  # fmt: skip
    assert facets["actor"] == (counted("Smith, John", 2), counted("Bo", 1))


def test_what_is_only_mentioned_is_found_by_mention_alone(engine: Engine) -> None:
    """An article is not about what it names in passing; who asks for any mention finds it, or keeps it away."""
    with engine.writer() as writer:
        writer.add(article("about", locations=("Norway",), mentioned=("Norway", "Statoil")))
        writer.add(article("passing", locations=("Syria",), mentioned=("Syria", "Norway")))
        writer.add(article("neither", mentioned=("Syria",)))
    assert (ids_of(engine, "location:norway"), sorted(ids_of(engine, "mention:norway"))) == (
        ["about"],
        ["about", "passing"],
    )
    assert sorted(ids_of(engine, "*", include={"mention": ("NORWAY",)})) == ["about", "passing"]
    assert ids_of(engine, "*", exclude={"mention": ("Norway",)}) == ["neither"]
    facets = engine.search(SearchRequest(node=parse("*").node, facets=("mention",))).facets
    assert facets["mention"] == (counted("Norway", 2), counted("Syria", 2), counted("Statoil", 1))


def test_each_place_is_counted_with_its_country(engine: Engine) -> None:
    """Whichever segment knows it, in one place facet alone; countries and seas lie in none."""
    places = ("Syria", "Abu Kamal", "Black Sea")
    with engine.writer() as writer:
        writer.add(article("a", locations=places, within=(("Abu Kamal", "Syria"),), mentioned=places))
    with engine.writer() as writer:
        writer.add(article("b", locations=("Paris (Texas)", "Abu Kamal"), within=(("Paris (Texas)", "United States"),)))
    facets = engine.search(SearchRequest(node=parse("*").node, facets=("location", "mention"))).facets
    assert {count.value: count.country for count in facets["location"]} == {
        "Abu Kamal": "Syria",
        "Syria": "",
        "Black Sea": "",
        "Paris (Texas)": "United States",
    }
    assert {count.country for count in facets["mention"]} == {""}


def test_the_country_of_a_place_is_that_of_most_articles(engine: Engine) -> None:
    """Of those that are there; of as many the first by name."""

    def country() -> str:
        facets = engine.search(SearchRequest(node=parse("*").node, facets=("location",))).facets
        return facets["location"][0].country

    for name, home in (("a", "Poland"), ("b", "Poland"), ("c", "Ukraine")):
        with engine.writer() as writer:
            writer.add(article(name, locations=("Galicia",), within=(("Galicia", home),)))
    assert country() == "Poland"
    with engine.writer() as writer:
        writer.add(article("d", locations=("Galicia",), within=(("Galicia", "Ukraine"),)))
    assert country() == "Poland"
    with engine.writer() as writer:
        writer.remove("a")
    assert country() == "Ukraine"


def test_a_hit_tells_by_which_spellings_it_has_a_name(engine: Engine) -> None:
    """As the article writes them; where it has the name as typed alone there is nothing to tell."""
    with engine.writer() as writer:
        writer.add(article("other", title="Al-Bukamal falls", body="Near Albu Kamal."))
        writer.add(article("typed", body="Near Abu Kamal."))
    typed, *others = (Phrase(name, exact=True) for name in ("Abu Kamal", "Al-Bukamal", "Albu Kamal"))
    node = Or((typed, *(Boost(other, 0.3) for other in others)), best=True)
    hits = engine.search(SearchRequest(node=node)).hits
    assert {hit.id: hit.matched for hit in hits} == {"typed": (), "other": ("Al-Bukamal", "Albu Kamal")}


def test_counts_of_a_field_leave_its_own_selection_aside(engine: Engine) -> None:
    """So a person sees what else could be picked; other fields narrow, exclusions always hold."""
    with engine.writer() as writer:
        writer.add(article("a", locations=("Syria",), actors=("UN",)))
        writer.add(article("b", locations=("Russia",), actors=("UN",)))
        writer.add(article("c", locations=("Russia", "Syria"), actors=("NATO",)))
    request = SearchRequest(node=parse("*").node, include={"location": ("syria",)}, facets=("location", "actor"))
    results = engine.search(request)
    assert results.total == 2
    assert results.facets["location"] == (counted("Russia", 2), counted("Syria", 2, selected=True))
    assert results.facets["actor"] == (counted("NATO", 1), counted("UN", 1))
    excluded = engine.search(replace(request, exclude={"actor": ("nato",)}))
    assert (excluded.total, excluded.facets["location"]) == (
        1,
        (counted("Russia", 1), counted("Syria", 1, selected=True)),
    )


def test_a_picked_value_is_shown_even_where_it_is_not_among_the_largest(engine: Engine) -> None:
    """A person must be able to unpick it."""
    with engine.writer() as writer:
        for number in range(3):
            writer.add(article(f"a{number}", locations=("Syria",)))
        writer.add(article("b", locations=("Malta",)))
    request = SearchRequest(node=parse("*").node, include={"location": ("Malta",)}, facets=("location",), facet_size=1)
    assert engine.search(request).facets["location"] == (counted("Syria", 3), counted("Malta", 1, selected=True))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2017-10-30", "2017-10-31", "2017-10-31"), {"2017-10-30": 1, "2017-10-31": 2}),  # days while they fit
        (("2017-01-05", "2017-10-31"), {"2017-01": 1, "2017-10": 1}),  # months beyond a quarter
        (("2001", "2017-10-31", ""), {"2001": 1, "2017": 1, "undated": 1}),  # years beyond six; undated are counted
        (("",), {"undated": 1}),
    ],
)
def test_dates_are_counted_by_day_month_or_year_as_fits(
    engine: Engine, dates: tuple[str, ...], expected: dict[str, int]
) -> None:
    """In order of time, the undated last."""
    with engine.writer() as writer:
        for number, date in enumerate(dates):
            writer.add(article(f"a{number}", date=date))
    facet = engine.search(SearchRequest(node=parse("*").node, facets=("date",))).facets["date"]
    assert [(count.value, count.count) for count in facet] == list(expected.items())


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param((("2017-10-30", "2017-10-31"), ("2017-10-31",)), {"2017-10-30": 1, "2017-10-31": 2}, id="days"),
        pytest.param((("1945-05-08",), ("2017-10-31",)), {"1945-05-08": 1, "2017-10-31": 1}, id="few, years apart"),
        pytest.param((("2017-10-31",), ("2017",), ()), {"2017-10-31": 1, "undated": 2}, id="no day is known of two"),
        pytest.param((("2017-10",), ("2017-10", "2017")), {"2017-10": 2}, id="months where no day is known"),
        pytest.param((("2017",), ("2016", "2017")), {"2016": 1, "2017": 2}, id="years where no month is known"),
        pytest.param(((), ()), {"undated": 2}, id="nothing is known"),
        pytest.param(
            tuple((f"2017-{1 + day // 28:02}-{1 + day % 28:02}", "2017") for day in range(100)),
            {"2017-01": 28, "2017-02": 28, "2017-03": 28, "2017-04": 16},
            id="months beyond 31 days",
        ),
        pytest.param(
            (tuple(f"2017-{1 + day // 28:02}-{1 + day % 28:02}" for day in range(100)), ("2017-04-01",)),
            {"2017-01": 1, "2017-02": 1, "2017-03": 1, "2017-04": 2},
            id="an article counts once a month",
        ),
        pytest.param(
            (tuple(f"{2000 + day // 20}-{1 + day % 10:02}-{1 + day // 10 % 2:02}" for day in range(200)), ("2000",)),
            {"2000": 2, **{str(year): 1 for year in range(2001, 2010)}},
            id="years beyond 36 months",
        ),
    ],
)  # fmt: skip
def test_events_are_counted_by_day_month_or_year_as_fits(
    engine: Engine, told: tuple[tuple[str, ...], ...], expected: dict[str, int]
) -> None:
    """In order of time, each article once a bucket; last those that tell of nothing so exactly."""
    with engine.writer() as writer:
        for number, days in enumerate(told):
            writer.add(article(f"a{number}", events=tuple(map(event, days))))
    facet = engine.search(SearchRequest(node=parse("*").node, facets=("event",))).facets["event"]
    assert [(count.value, count.count) for count in facet] == list(expected.items())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("event:2017-10-31", {"day"}),
        ("event:2017-10", {"day", "month"}),
        ("event:2017", {"day", "month", "year"}),
        ("event:2017-10..2017-12", {"day", "month"}),
        ("event:>2017-10-15", {"day"}),
        ("event:<=2017-10", {"day", "month"}),
        ("event:..2017-10-30", set()),
        ("-event:2017-10", {"year", "unsure", "none"}),
        ("event:2016", set()),  # what is less sure is not searched
    ],
)
def test_events_are_found_by_periods_that_hold_them(engine: Engine, query: str, expected: set[str]) -> None:
    """A month is found by its year and itself, not by one of its days."""
    told = {"day": ("2017-10-31", 0.9), "month": ("2017-10", 0.5), "year": ("2017", 0.8), "unsure": ("2016-05-01", 0.4)}
    with engine.writer() as writer:
        for name, (day, confidence) in told.items():
            writer.add(article(name, events=(event(day, confidence),)))
        writer.add(article("none", events=(event(""),)))
    found = engine.search(SearchRequest(node=parse(query).node))
    assert {hit.id for hit in found.hits} == expected


def event(day: str, confidence: float = 0.9) -> EventDate:
    """A date of the body."""
    return EventDate(text="then", start=0, end=4, field="body", day=day, confidence=confidence)


def test_check_finds_a_sound_index_sound(engine: Engine) -> None:
    """Nothing to say about it, deep or not."""
    with engine.writer() as writer:
        writer.add(whole_article())
    assert (engine.check(), engine.check(deep=True)) == ((), ())


def test_stats_count_what_is_there(engine: Engine) -> None:
    """Removed articles do not count."""
    with engine.writer() as writer:
        writer.add(article("a", date="2017-10", language="en"))
        writer.add(article("b", date="2019-02-28", language="ru"))
        writer.add(article("c", language="ru"))
        writer.add(article("d", date="1999", language="fr"))
    with engine.writer() as writer:
        writer.remove("d")
    stats = engine.stats()
    assert (stats.articles, stats.first_day, stats.last_day, stats.undated) == (3, "2017-10-01", "2019-02-28", 1)
    assert dict(stats.languages) == {"ru": 2, "en": 1}
    assert stats.size_bytes > 0
