"""What a typed query means: each row is a query, how it is read, and why.

`describe` writes a node in the query language, so the middle column is what a person could have typed to say the same.
"""

from datetime import date

import pytest

from searcher.query import parse
from searcher.query.nodes import (
    And,
    Boost,
    DateRange,
    Everything,
    Fuzzy,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
    describe,
    positive_leaves,
)


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("kalibr", "kalibr", "a word"),
        ("Kalibr Abu Kamal", "Kalibr AND Abu AND Kamal", "all words must match"),
        ('"Abu Kamal" kalibr', '"Abu Kamal" AND kalibr', "a phrase and a word"),
        ('"Abu Kamal"~5', '"Abu Kamal"~5', "words near each other"),
        ("syria AND navy", "syria AND navy", "AND may be said"),
        ("syria OR iraq", "syria OR iraq", "alternatives"),
        ("syria OR iraq OR iran", "syria OR iraq OR iran", "as many as wanted"),
        ("NOT syria", "NOT syria", "all articles but those"),
        ("navy NOT syria", "navy AND NOT syria", "without a word"),
        ("navy -syria", "navy AND NOT syria", "the same, shorter"),
        ('navy -"Abu Kamal"', 'navy AND NOT "Abu Kamal"', "without a phrase"),
        ("navy -(syria OR iraq)", "navy AND NOT (syria OR iraq)", "without any of several"),
        ("-location:Syria navy", "NOT location:Syria AND navy", "without a value"),
        ("+navy +syria", "navy AND syria", "a plus is how search engines said it once"),
        ("(syria OR iraq) navy", "(syria OR iraq) AND navy", "parentheses group"),
        ("((navy))", "navy", "idle parentheses change nothing"),
        ("navy (port (sea))", "navy AND port AND sea", "nor do they among words that must all match"),
        ("mis*", "mis*", "a prefix"),
        ("wil?card", "wil?card", "one letter open"),
        ("m*s*le", "m*s*le", "some letters open, twice"),
        ("*ria", "*ria", "open at the beginning"),
        ("Mis**", "mis*", "two stars are one; patterns are folded"),
        ("S-30*", "s30*", "a designator is looked for by its whole"),
        ("*", "*", "every article"),
        ("* -syria", "* AND NOT syria", "every article but"),
        ("kalibr~", "kalibr~2", "two letters may differ in a long word"),
        ("calib~", "calib~1", "one in a short one"),
        ("kalibr~1", "kalibr~1", "as said"),
        ("kalibr~0", "=kalibr", "none: the word itself"),
        ("kalibr~, navy", "kalibr~2 AND navy", "a comma after it is punctuation"),
        ("=missiles", "=missiles", "this word, not its stem"),
        ("=S-300", "=s300", "a compound is one word by its whole"),
        ('="Abu Kamal"', '="Abu Kamal"', "this phrase, no other spelling"),
        ("=example.org", '="example.org"', "two words can only be a phrase"),
        ("title:navy", "title:navy", "a word in the title"),
        ('title:"Abu Kamal"', 'title:"Abu Kamal"', "a phrase in the title"),
        ("title:(navy OR port)", "title:navy OR title:port", "several words in the title"),
        ('body:(navy "sea port" mis*)', 'body:navy AND body:"sea port" AND body:mis*', "a field is given to each part"),
        ("body:(navy -title:port)", "body:navy AND NOT title:port", "but not to one that has its own"),
        ("body:(navy^2 OR sea~1)", "body:navy^2 OR body:sea~1", "and within a boost"),
        ("TITLE:navy", "title:navy", "fields in any case"),
        ("lang:ru", "language:ru", "a short name"),
        ("place:Syria", "location:Syria", "another name"),
        ("location:Syria", "location:Syria", "a value"),
        ("author:O'Brien", "author:O'Brien", "a name"),
        ("date:2017", "date:2017-01-01..2017-12-31", "a year"),
        ("date:2017-10", "date:2017-10-01..2017-10-31", "a month"),
        ("date:2017-10-31", "date:2017-10-31..2017-10-31", "a day"),
        ("date:2017-10..2017-12", "date:2017-10-01..2017-12-31", "a span of months"),
        ("date:>2017-10-15", "date:2017-10-16..", "after a day"),
        ('date:"2017-10"', "date:2017-10-01..2017-10-31", "in quotation marks"),
        ("date:2017^2 navy", "date:2017-01-01..2017-12-31^2 AND navy", "a boost does no harm"),
        ("navy^2 port", "navy^2 AND port", "a word that counts double"),
        ("navy^0.5", "navy^0.5", "or half"),
        ('"sea port"^3', '"sea port"^3', "a phrase that counts"),
        ("(navy port)^2", "(navy AND port)^2", "a group that counts"),
        ("((navy^2)^3)", "navy^6", "boosts within boosts multiply"),
        ("navy^1000000", "navy^100", "up to where other words no longer count"),
        ("navy^1", "navy", "once is as it is"),
    ],
)
def test_the_query_language(query: str, expected: str, reason: str) -> None:
    """What is typed in good order is read as it stands, and there is nothing to note."""
    parsed = parse(query)
    assert (describe(parsed.node), parsed.notes) == (expected, ()), reason


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("syria and iraq", "syria AND and AND iraq", "in lower case they are words of a headline"),
        ("to be or not to be", "to AND be AND or AND not AND to AND be", "no word is dropped"),
        ("War And Peace", "War AND And AND Peace", "capitalized ones too"),
        ('"AND"', '"AND"', "in quotation marks an operator is a word"),
        ("“Abu Kamal”", '"Abu Kamal"', "the quotation marks of word processors"),
        ("„Abu Kamal“", '"Abu Kamal"', "of German keyboards"),
        ("«Abu Kamal»", '"Abu Kamal"', "of French and Russian ones"),
        ("»Abu Kamal«", '"Abu Kamal"', "turned round"),
        ("‘Abu Kamal’", '"Abu Kamal"', "single ones"),
        ("‚Abu Kamal‘", '"Abu Kamal"', "single German ones"),
        ("‹Abu Kamal›", '"Abu Kamal"', "single French ones"),
        ("「Abu Kamal」", '"Abu Kamal"', "of Japanese keyboards"),
        ("＂Abu Kamal＂", '"Abu Kamal"', "full-width ones"),
        ('“Abu Kamal"', '"Abu Kamal"', "one of each"),
        ("“Abu Kamal”~5", '"Abu Kamal"~5', "with all that may follow"),
        ("Assad’s men", "Assad’s AND men", "an apostrophe is no quotation mark"),
        ("the ‘Ba’ath’ party", "the AND ‘Ba’ath’ AND party", "not even where both occur"),
        ("location: Syria", "location:Syria", "a space after the colon"),
        ('Location:  "Abu Kamal"', 'location:"Abu Kamal"', "or two"),
        ("date: 2017", "date:2017-01-01..2017-12-31", "before a date"),
        ("Who shelled Abu Kamal?", "Who AND shelled AND Abu AND Kamal", "a question is asked"),
        ("Really?! Yes...", "Really AND Yes", "signs after a word"),
        ("Syria, Iraq; Iran", "Syria AND Iraq AND Iran", "a list"),
        ("Syria - Iraq", "Syria AND Iraq", "a dash excludes nothing"),
        ("Syria – Iraq", "Syria AND Iraq", "in whatever length"),
        ("Syria & Iraq | Iran", "Syria AND Iraq AND Iran", "signs of other languages are no operators"),
        ("https://example.org/a?b=1", "https://example.org/a?b=1", "an address is words side by side"),
        ("10:30", "10:30", "so is a time"),
        ("<script>", "<script>", "so is anything in brackets"),
        ("NOT NOT syria", "syria", "twice not is not at all"),
        ("NOT -syria", "syria", "in either way of saying it"),
        ("NOT (NOT syria)", "syria", "in parentheses too"),
        ("NOT(syria)", "NOT syria", "without a space"),
        ("navy\tsyria\n", "navy AND syria", "a tab, a line end"),
        ("na\u00advy \u202esyria", "navy AND syria", "characters that are not seen"),
        ("navy\x00syria", "navy AND syria", "and those that cannot be"),
        ("S-300", "S-300", "a hyphen excludes nothing within a word"),
        ("cafe\u0301", "café", "letters and accents typed apart"),
        ("порт", "порт", "any script"),
        ("", "*", "nothing typed is everything"),
        ("   ", "*", "nor is a space"),
    ],
)
def test_what_people_type_means_what_they_mean(query: str, expected: str, reason: str) -> None:
    """Nothing here needs a note: there is one thing it can mean."""
    parsed = parse(query)
    assert (describe(parsed.node), parsed.notes) == (expected, ()), reason


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("navy port", "navy OR port", "words are alternatives"),
        ("navy AND port sea", "(navy AND port) OR sea", "but for an AND that is said"),
        ("navy port location:Syria", "(navy OR port) AND location:Syria", "a value narrows"),
        ("navy port -sea", "(navy OR port) AND NOT sea", "so does what is excluded"),
        ("navy port date:2017", "(navy OR port) AND date:2017-01-01..2017-12-31", "so does a date"),
        ("navy location:(Syria OR Iraq)", "navy AND (location:Syria OR location:Iraq)", "so do several values"),
        ("navy port actor:ISIS^2", "(navy OR port) AND actor:ISIS^2", "a boost does not change that"),
        ("navy title:port", "navy OR title:port", "a word in the title is a word"),
        ("navy OR location:Syria", "navy OR location:Syria", "an OR that is said is an OR"),
        ("location:Syria date:2017", "location:Syria AND date:2017-01-01..2017-12-31", "filters alone"),
        ("(navy port) sea", "navy OR port OR sea", "groups are alternatives too"),
        ("", "*", "nothing"),
    ],
)
def test_any_of_the_words(query: str, expected: str, reason: str) -> None:
    """With match="any" one word is enough, and what narrows still narrows."""
    parsed = parse(query, match="any")
    assert (describe(parsed.node), parsed.notes) == (expected, ()), reason


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a OR b c", Or((Term("a"), And((Term("b"), Term("c")))))),
        ("-(a b)", Not(And((Term("a"), Term("b"))))),
        ('title:"a b"~2^3', Boost(Phrase("a b", "title", slop=2), 3.0)),
        ("Ab*", Prefix("ab")),
        ("a?b", Wildcard("a?b")),
        ("calibre~", Fuzzy("calibre", distance=2)),
        ("=Cease-fire", Term("ceasefire", exact=True)),
        ("*", Everything()),
        ("date:..2017-02", DateRange(None, date(2017, 2, 28))),
        ("event:2017-10-31", DateRange(date(2017, 10, 31), date(2017, 10, 31), "event")),
        ('event:"2017-10"', DateRange(date(2017, 10, 1), date(2017, 10, 31), "event")),
        ("event:>2017-10-15", DateRange(date(2017, 10, 16), None, "event")),
        ("event:2017-11..2017-10", Nothing()),
        ("event:tuesday", Phrase("tuesday")),
    ],
)
def test_nodes(query: str, expected: Node) -> None:
    """The values behind the descriptions."""
    assert parse(query).node == expected


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("a -b", ["a"], "an excluded word matches nothing"),
        ("a -(b OR c)", ["a"], "nor do several"),
        ("NOT (a OR NOT b)", ["b"], "what is under two negations is asked for"),
        ("a (b OR c^2)", ["a", "b", "c"], "in the order typed"),
        ("date:2017", [], "a date is no text"),
    ],
)
def test_leaves_that_make_an_article_match(query: str, expected: list[str], reason: str) -> None:
    """What is marked in an article, and counted as the words of a query."""
    assert [leaf.text for leaf in positive_leaves(parse(query).node)] == expected, reason
