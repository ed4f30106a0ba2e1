"""What a word is: each table row is a spelling, what it must be, and why a reader expects that."""

from itertools import product

import pytest

from searcher.analysis import exact_word, forms, tokens, words


def found(query: str, text: str) -> bool:
    """Whether a word or phrase typed as `query` stands in `text`: one of its forms does, side by side."""
    places: dict[int, set[str]] = {}
    for token in tokens(text):
        places.setdefault(token.position, set()).add(token.term)
    return any(
        all(term in places.get(start + step, ()) for step, term in enumerate(form))
        for form in forms(query)
        for start in places
    )


S300 = ("S-300", "S300", "S 300", "s-300", "s300", "S‑300", "S‐300")


@pytest.mark.parametrize(("query", "text"), list(product(S300, S300)))
def test_a_designator_is_found_however_it_is_written(query: str, text: str) -> None:
    """Every way of writing a designator finds every other."""
    assert found(query, f"Batteries of {text} arrived")


@pytest.mark.parametrize(
    ("text", "queries", "reason"),
    [
        ("S-300", ("300",), "the number alone is what is remembered"),
        ("T-72s", ("T-72", "T72", "T-72s", "72"), "a plural ending is not part of the name"),
        ("T72s", ("T-72", "T72", "72"), "the same without a hyphen"),
        ("F-16's", ("F-16", "F16", "F-16's", "F-16s"), "some newsrooms write the plural with an apostrophe"),
        ("F-16’s", ("F-16", "F16"), "the curly one too"),
        ("MiG-29", ("MiG-29", "mig29", "MiG", "29"), "letters of more than one case"),
        ("Tu-95MS", ("Tu-95MS", "Tu95MS", "Tu-95", "95"), "a variant is still that aircraft"),
        ("Tu95MS", ("Tu-95MS", "Tu95MS", "Tu-95", "95"), "however it is written"),
        ("S-300PMU2", ("S-300PMU2", "S300PMU2"), "a long variant is at least found as typed"),
        ("COVID-19", ("COVID-19", "covid19", "covid", "COVID 19"), "not only weapons have numbers"),
        ("G7", ("G7", "G-7", "G 7"), "one letter, one figure"),
        ("9K720", ("9K720", "9k720"), "a designator that begins with a figure is one word"),
        ("M1A1s", ("M1A1s",), "and so is one that alternates"),
        ("S-300-armed", ("S-300", "armed"), "a designator within a compound"),
    ],
)
def test_designators_are_found_as_typed_and_as_parts(text: str, queries: tuple[str, ...], reason: str) -> None:
    """What readers type for a designator finds it."""
    assert [query for query in queries if not found(query, f"the {text} was")] == [], reason


@pytest.mark.parametrize(
    ("query", "text", "reason"),
    [
        ("S-300", "S-400 and 300 men", "parts that do not stand together"),
        ("S-300", "300 S", "parts in another order"),
        ("T-7", "T-72", "a number is not a beginning"),
        ("1990", "mid-1990s", "a decade is not a year"),
        ("meeting board", "Meeting of the Board", "no word is dropped, so the words are not side by side"),
        ("300", "S-3000", "a longer number"),
    ],
)
def test_what_only_looks_alike_is_not_found(query: str, text: str, reason: str) -> None:
    """A phrase is its words in order at successive places."""
    assert not found(query, text), reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("U.S.", ["us"], "a dotted acronym is one word"),
        ("the U.S. said", ["the", "us", "said"], "with its last dot"),
        ("the U.S", ["the", "us"], "and without"),
        ("U.N.-backed", ["un", "backed"], "in a compound"),
        ("U.S.-led-coalition", ["us", "led", "coalition"], "in a longer one"),
        ("U.S.'s", ["us"], "with a possessive ending"),
        ("U.S.’s troops", ["us", "troops"], "with a curly one"),
        ("J.K. Rowling", ["jk", "rowling"], "initials"),
        ("5 p.m.", ["5", "pm"], "in small letters"),
        ("С.С.С.Р.", ["ссср"], "in Cyrillic"),
        ("end.Start", ["end", "start"], "a missing space after a full stop makes no acronym"),
        ("example.org", ["example", "org"], "nor does a host name"),
    ],
)
def test_acronyms(text: str, expected: list[str], reason: str) -> None:
    """Letters with dots between them are one word."""
    assert words(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Russia's", ["russia"], "the ending is grammar"),
        ("Russia’s", ["russia"], "with the apostrophe of word processors"),
        ("RUSSIA'S", ["russia"], "in capitals"),
        ("Russia's\u200b port", ["russia", "port"], "with an unseen space that web pages put in"),
        ("the Assads'", ["the", "assads"], "a plural possessive"),
        ("don't", ["dont"], "a contraction is one word"),
        ("O'Brien", ["obrien"], "so is an Irish name"),
        ("l'armée", ["l", "armee"], "a French elision is an article before a noun"),
        ("L’ARMÉE", ["l", "armee"], "in capitals with a curly apostrophe"),
        ("l'e\u0301tat", ["l", "etat"], "with a letter and its accent apart, as some systems store it"),
        ("d’Ivoire", ["d", "ivoire"], "in a name"),
        ("qu'il", ["qu", "il"], "a longer elision"),
        ("aujourd'hui", ["aujourdhui"], "which is one word all the same"),
        ("N'Djamena", ["n", "djamena"], "a capital that looks like an elision: found whole too, below"),
    ],
)
def test_apostrophes(text: str, expected: list[str], reason: str) -> None:
    """An apostrophe ends a possessive, parts an elision, and is left out elsewhere."""
    assert words(text) == expected, reason


@pytest.mark.parametrize("apostrophe", list("'’‘ʼ`´′＇ʿʾʻ"))
@pytest.mark.parametrize("name", ["Da{}esh", "Ba{}ath", "Sana{}a"])
def test_the_apostrophes_of_transliterations_are_left_out(name: str, apostrophe: str) -> None:
    """Hamza and ayn are written with whatever sign the keyboard has, or with none."""
    assert words(name.format(apostrophe)) == words(name.format(""))


@pytest.mark.parametrize(
    ("query", "text", "reason"),
    [
        ("Ndjamena", "N'Djamena", "a name that looks like an elision is found without its apostrophe"),
        ("Côte d'Ivoire", "Cote d’Ivoire", "accents and apostrophes differ between sources"),
        ("ceasefire", "cease-fire", "written with a hyphen here"),
        ("cease-fire", "ceasefire", "and without there"),
        ("cease fire", "cease-fire", "or as two words"),
        ("fire", "cease-fire", "a part of a compound is a word"),
        ("Al-Bukamal", "Al Bukamal", "an Arabic article with a hyphen or a space"),
        ("albukamal", "Al-Bukamal", "or with neither"),
        ("cease–fire", "cease fire", "a dash is no hyphen but still parts words"),
        ("missile", "missiles", "a plural"),
        ("1500", "1,500", "thousands with a comma"),
        ("300", "٣٠٠", "Arabic figures"),
    ],
)
def test_spellings_that_find_each_other(query: str, text: str, reason: str) -> None:
    """The same word in another habit of writing."""
    assert found(query, text), reason


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_all_hyphens_are_one(hyphen: str) -> None:
    """The hyphen of a keyboard, Unicode's and the one that does not break."""
    assert [token.word for token in tokens(f"cease{hyphen}fire")] == ["ceasefire", "cease", "fire"]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("1,500", ["1500"], "a comma between thousands is not part of the number"),
        ("1,500,000.5", ["1500000.5"], "several, with a fraction"),
        ("3.5", ["3.5"], "a fraction is"),
        ("3,5", ["3,5"], "in any notation"),
        ("1,500-strong", ["1500", "strong"], "a number may begin a compound"),
        ("10:30", ["10", "30"], "a time is two numbers"),
        ("2010-2026", ["2010", "2026"], "a span of years is two, and no number of eight figures"),
        ("2017-10-31", ["2017", "10", "31"], "a date is three"),
        ("in 2017.", ["in", "2017"], "a full stop ends the sentence"),
        ("$3.5bn", ["3", "5bn"], "letters make it no number: found as typed side by side"),
        ("the 1990s", ["the", "1990s"], "a decade is a word of its own"),
        ("mid-90s", ["mid", "90"], "indistinguishable from T-72s"),
    ],
)
def test_numbers(text: str, expected: list[str], reason: str) -> None:
    """Numbers keep their fraction and lose the commas between thousands."""
    assert words(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("abu_kamal", ["abu", "kamal"], "an underscore stands for a space in file names"),
        ("__init__", ["init"], "and is no letter"),
        ("#Syria @reuters", ["syria", "reuters"], "nor are the signs of social media"),
        ("❤️ Syria", ["syria"], "an emoji is no word, nor is what selects its colour"),
        ("हिन्दी दिल्ली", ["हिन्दी", "दिल्ली"], "vowel signs are part of a Hindi word"),
        ("กรุงเทพ", ["ก", "รุ", "ง", "เ", "ท", "พ"], "Thai has no spaces: a letter with its marks is a word"),
        ("東京で会議", ["東", "京", "で", "会", "議"], "nor has Japanese"),
        ("می\u200cخواهم", ["ميخواهم"], "a joiner that is not seen parts no Persian word"),
        ("sub\u00admarine", ["submarine"], "nor does a soft hyphen"),
        ("𞤀𞤣𞤤𞤢𞤥\u0020𞤢", ["𞤢𞤣𞤤𞤢𞤥", "𞤢"], "scripts beyond the first 65,536 characters have case too"),
        ("", [], "nothing"),
        ("— … !?", [], "signs alone are nothing"),
        ("a-b-c-d-e-f", ["a", "b", "c", "d", "e", "f"], "a slogan of many parts"),
    ],
)
def test_scripts_and_signs(text: str, expected: list[str], reason: str) -> None:
    """Letters, figures and their marks are words; all else parts them."""
    assert words(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        (
            "Meeting of the Board",
            [("meeting", 0), ("of", 1), ("the", 2), ("board", 3)],
            "every word counts, the commonest too",
        ),
        (
            "an S-300 battery",
            [("an", 0), ("s300", 1), ("s", 1), ("300", 2), ("battery", 3)],
            "the whole of a compound stands where its first part does",
        ),
        ("a-b-c-d-e f", [("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 4), ("f", 5)], "a slogan has no whole"),
        ("2010-2026 plan", [("2010", 0), ("2026", 1), ("plan", 2)], "nor has a span of years"),
        ("A — ’ B", [("a", 0), ("b", 1)], "signs take no place"),
    ],
)
def test_positions_are_true(text: str, expected: list[tuple[str, int]], reason: str) -> None:
    """A phrase means side by side because no word is dropped before it is counted."""
    assert [(token.word, token.position) for token in tokens(text)] == expected, reason


def test_offsets_are_those_of_the_text_as_written() -> None:
    """A mark stands on what the article says, not on what was made of it."""
    text = "Russia’s S‑300s fired at Da'esh."
    slices = [(token.word, text[token.start : token.end]) for token in tokens(text)]
    assert slices == [
        ("russia", "Russia"),
        ("s300", "S‑300"),
        ("s", "S"),
        ("300", "300"),
        ("fired", "fired"),
        ("at", "at"),
        ("daesh", "Da'esh"),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("S-300", "s300", "a compound is one word by its whole"),
        ("kalibr", "kalibr", "a plain word"),
        ("(Kalibr)", "kalibr", "signs around it do not matter"),
        ("U.S.-backed", "usbacked", "an acronym in a compound"),
        ("l'armée", "larmee", "an elision"),
        ("1,500", "1500", "a number"),
        ("abu kamal", None, "two words"),
        ("s300", "s300", "a whole typed as one"),
        ("S-300/T", None, "a compound and a word, as many terms as a compound of three"),
        ("a-b c", None, "the same with a space"),
        ("2010-2026", None, "two years are no one word"),
        ("a-b-c-d-e", None, "a slogan is not indexed as a whole"),
        ("", None, "nothing"),
        ("—", None, "a sign"),
    ],
)
def test_the_one_word_that_a_text_is(text: str, expected: str | None, reason: str) -> None:
    """What `=word` looks for; None sends the parser to a phrase."""
    assert exact_word(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Kalibr missiles", [("kalibr", "missil")], "plain words have one form, stemmed"),
        ("S-300 system", [("s", "300", "system"), ("s300", "system")], "a compound has two, the parts first"),
        ("U.S. S-300", [("us", "s", "300"), ("us", "s300")], "an acronym is a plain word"),
        ("?!", [], "no word, no form"),
    ],
)
def test_forms(text: str, expected: list[tuple[str, ...]], reason: str) -> None:
    """The sequences of terms by which a phrase is looked for."""
    assert forms(text) == expected, reason


def test_a_phrase_of_many_compounds_has_few_forms() -> None:
    """Forms double with each compound: they are bounded, and the parts are always among them."""
    made = forms("S-300 T-72 F-16 G-7 cease-fire")
    assert len(made) == 4
    assert made[0] == ("s", "300", "t", "72", "f", "16", "g", "7", "ceas", "fire")
