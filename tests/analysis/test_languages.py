"""A word is found in a text by its other forms, each language by its own rules, and in no other language by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.analysis import algorithm_of, algorithms_of, forms, tokens, words


def found(query: str, text: str, language: str) -> bool:
    """Whether a word or phrase typed as `query` stands in a text in a language."""
    places: dict[int, set[str]] = {}
    for token in tokens(text, language):
        places.setdefault(token.position, set()).add(token.term)
    return any(
        all(term in places.get(start + step, ()) for step, term in enumerate(form))
        for form in forms(query, language)
        for start in places
    )


INFLECTED = [
    ("ru", "ракеты ракетой ракет ракетами", "the cases of a noun"),
    ("ru", "корабль корабля корабли кораблей", "a soft ending"),
    ("uk", "ракета ракети ракет", "a neighbour without an algorithm goes by the script's"),
    ("ar", "الصواريخ والصواريخ بالصواريخ للصواريخ كالصواريخ فالصواريخ صواريخ وصواريخ", "and, with, for, like the"),
    ("ar", "الحكومة حكومة للحكومة والحكومة الحكومية والحكومية", "ta marbuta, and the adjective"),
    ("ar", "الأزمة ازمة أزمة والازمة", "alef with and without its hamza"),
    ("ar", "الوزير وزير والوزير", "a word whose first letter looks like and"),
    ("ar", "مُحَمَّد محمد محـــمد", "vowel signs and letters drawn out"),
    ("de", "Angriff Angriffe Angriffen Angriffs", "the cases of a noun"),
    ("de", "Haus Häuser Häusern", "a vowel that changes"),
    ("fr", "missile missiles Missile", "a plural"),
    ("fr", "armée armées armee", "an accent, typed or not"),
    ("fr", "attaque attaques attaqué attaquée attaquées", "a noun and its participle"),
    ("fr", "nationale nationales national", "a feminine"),
    ("es", "misil misiles", "a plural in -es"),
    ("es", "elección elecciones eleccion", "an accent that the plural has not"),
    ("it", "attacco attacchi", "a plural that keeps its sound"),
    ("pt", "eleição eleições eleicoes", "a plural in -ões"),
    ("nl", "aanval aanvallen", "a doubled consonant"),
    ("pl", "rakieta rakiety rakiet rakietami", "the cases of a noun"),
    ("cs", "vláda vlády vládou", "a long vowel"),
    ("sv", "missil missiler missilerna", "the article at the end"),
    ("no", "regjering regjeringen", "the same in Norwegian"),
    ("nb", "regjering regjeringen", "by the code of its written standard"),
    ("fi", "ohjukset ohjuksen ohjuksia", "Finnish cases"),
    ("hu", "rakéta rakétát", "a Hungarian object"),
    ("ro", "rachetă rachete rachetele", "the article at the end"),
    ("tr", "ülke ülkeler ülkenin", "a Turkish plural and genitive"),
    ("el", "κυβέρνηση κυβέρνησης κυβερνήσεις", "an accent that moves"),
    ("hi", "सरकार सरकारें सरकारों", "endings made of vowel signs"),
    ("fa", "دولت دولت\u200cها دولت\u200cهای", "a plural after a joiner that is not seen"),
    ("sr", "ракета ракете raketa rakete", "Serbian in both of its scripts"),
    ("hr", "raketa rakete", "Croatian as Serbian"),
    ("id", "serangan menyerang diserang", "Indonesian prefixes"),
    ("en", "missile missiles", "a plural"),
    ("", "missile missiles", "an unknown language goes by the script"),
    ("xx", "missile missiles", "so does one that has no algorithm"),
    ("ru", "missile missiles", "so does a Latin word in a Russian text"),
    ("de", "ракета ракеты", "and a Russian one in a German text"),
]


@pytest.mark.parametrize(("language", "inflected", "reason"), INFLECTED)
def test_a_word_is_found_by_its_other_forms(language: str, inflected: str, reason: str) -> None:
    """Each form finds each other."""
    typed = inflected.split()
    assert [(a, b) for a in typed for b in typed if not found(a, f"x {b} y", language)] == [], reason


@pytest.mark.parametrize(
    ("language", "query", "text", "reason"),
    [
        ("fr", "new", "news", "French takes the s off, English knows the word"),
        ("ar", "وزير", "زيارة", "a letter that is no prefix"),
        ("ar", "الم", "م", "what is left must be a word"),
        ("de", "Raketen", "Raketenwerfer", "a compound is another word"),
    ],
)
def test_words_that_only_look_alike(language: str, query: str, text: str, reason: str) -> None:
    """In an English text, that is: French would say so."""
    assert not found(query, text, "en" if language == "fr" else language), reason


def test_a_stem_of_one_language_is_none_of_another() -> None:
    """Those of languages with an algorithm of their own carry a sign; English, and what goes by script, does not."""
    stems = {language: next(tokens("Raketen", language)).term for language in ("", "en", "ru", "de", "nl")}
    assert stems[""] == stems["en"] == stems["ru"] == "raketen"
    assert len(set(stems.values())) == 3


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        (" fr ", "fr"),
        ("nb", "no"),
        ("hr", "sr"),
        ("en", ""),
        ("ru", ""),
        ("", ""),
        ("tlh", ""),
    ],
)
def test_which_algorithm_stems_a_text(language: str, expected: str) -> None:
    """By the code of its language, whatever region and case; by script where that says nothing."""
    assert algorithm_of(language) == expected


def test_the_algorithms_of_an_archive() -> None:
    """One for each language that has its own, and that of the scripts, which every text may need."""
    assert algorithms_of(["de", "en", "fr", "de-CH", "ru", ""]) == ("", "de", "fr")


LANGUAGES = st.sampled_from(("", *sorted({language for language, _, _ in INFLECTED})))
WORD = st.sampled_from([word for _, inflected, _ in INFLECTED for word in inflected.split()]) | st.text(max_size=12)


@given(st.lists(WORD, max_size=6), LANGUAGES)
def test_every_word_is_found_as_typed_and_unstemmed(typed: list[str], language: str) -> None:
    """Whatever the language, and the words stand where they stand in every other: only the stems differ."""
    text = " ".join(typed)
    assert [word for word in typed if words(word) and not found(word, text, language)] == []
    told = [(token.word, token.position, token.start, token.end) for token in tokens(text, language)]
    assert told == [(token.word, token.position, token.start, token.end) for token in tokens(text)]


@given(st.text(max_size=40), LANGUAGES)
def test_forms_of_all_languages_correspond(text: str, language: str) -> None:
    """As many forms, of as many terms: an engine pairs them."""
    assert [len(form) for form in forms(text, language)] == [len(form) for form in forms(text)]


RUNS = [
    ("莫斯科", "在莫斯科的大使馆", True, "a word within a run"),
    ("科", "在莫斯科", True, "one character, the last of its run"),
    ("莫", "在莫斯科", True, "one in its middle"),
    ("北京大学", "北京的大学", False, "characters between"),
    ("京北", "北京", False, "in another order"),
    ("東京", "東京都で会議", True, "Japanese"),
    ("ミサイル", "弾道ミサイルを発射", True, "kana after Han"),
    ("ﾐｻｲﾙ", "弾道ミサイルを発射", True, "half-width kana"),
    ("러시아", "러시아는 오늘", True, "a Korean word with its particle"),
    ("กรุงเทพ", "ในกรุงเทพมหานคร", True, "Thai"),
    ("မြန်မာ", "မြန်မာနိုင်ငံ", True, "Burmese"),
    ("ភ្នំពេញ", "រាជធានីភ្នំពេញ", True, "Khmer"),
    ("S-300", "俄罗斯S-300导弹", True, "a designator among Chinese characters"),
    ("S-300导弹", "俄罗斯S-300导弹系统", True, "with what follows"),
    ("1,500", "约1,500人", True, "a number"),
    ("俄罗斯 Kalibr", "俄罗斯Kalibr导弹", True, "a run before a Latin word holds its place"),
    ("莫斯科大使馆", "莫斯科 大使馆", False, "a space parts a run"),
    ("葛城", "葛\U000e0100城市", True, "a selector of how a character is drawn"),
]


@pytest.mark.parametrize("language", ["", "zh", "de"])
@pytest.mark.parametrize(("query", "text", "expected", "reason"), RUNS)
def test_scripts_without_spaces(query: str, text: str, expected: bool, reason: str, language: str) -> None:
    """A run is found by any stretch of it, in a text of whatever language."""
    assert found(query, text, language) == expected, reason


def test_a_run_is_looked_for_by_its_pairs() -> None:
    """One alone is the pair itself; where a word follows, the last character holds its place."""
    assert forms("北京") == [("北京",)]
    assert forms("北京市") == [("北京", "京市")]
    assert forms("北京市 x") == [("北京", "京市", "市", "x")]


@given(st.text(alphabet="北京市大学がｶﾞ서울กำ一x1 -", min_size=1, max_size=15), st.data())
def test_any_stretch_of_a_run_finds_its_text(text: str, data: st.DataObject) -> None:
    """Unless it parts a Latin word or a letter from its mark, which are not written apart."""
    run = max(text.replace("x", " ").replace("1", " ").replace("-", " ").replace("ﾞ", "").split() or ["北"], key=len)
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    assert found(run[start:end], f"x {run} y", "")


def test_offsets_in_a_run_are_exact() -> None:
    """A mark stands on the characters as they are written."""
    text = "在 S-300ｶﾞ北京"
    slices = [(token.word, text[token.start : token.end]) for token in tokens(text)]
    assert slices == [
        ("在", "在"),
        ("s300", "S-300"),
        ("s", "S"),
        ("300", "300"),
        ("ガ北", "ｶﾞ北"),
        ("ガ", "ｶﾞ"),
        ("北京", "北京"),
        ("北", "北"),
        ("京", "京"),
    ]
