"""What is folded away before words are compared, and what is not."""

import pytest

from searcher.analysis import fold, stem


@pytest.mark.parametrize(
    ("word", "expected", "reason"),
    [
        ("SYRIA", "syria", "case"),
        ("straße", "strasse", "ß is ss, as in capitals"),
        ("STRASSE", "strasse", "which is what capitals have"),
        ("İstanbul", "istanbul", "the Turkish capital with a dot"),
        ("ISTANBUL", "istanbul", "and without, as the wires write"),
        ("Diyarbakır", "diyarbakir", "and the small one without"),
        ("Σίσυφος", "σισυφοσ", "the final sigma is a sigma"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ", "in capitals too"),
        ("ﬁnal", "final", "a ligature of type-setting"),
        ("ＳＹＲＩＡ", "syria", "full-width letters of East Asian keyboards"),
        ("㎏", "kg", "a sign that is two letters"),
        ("Müller", "muller", "Latin accents"),
        ("Łódź", "lodz", "letters with a stroke have no accent to drop"),
        ("Tromsø", "tromso", "nor has this one"),
        ("Þórður", "thordur", "Icelandic letters as English writes them"),
        ("Æthel", "aethel", "two letters in one"),
        ("Nguyễn", "nguyen", "several accents on one letter"),
        ("Ёлка", "елка", "Russian newspapers print ё as е"),
        ("край", "край", "but й is no и"),
        ("Йемен", "йемен", "in capitals too"),
        ("и\u0306емен", "йемен", "and put together where it comes apart"),
        ("Київ", "киів", "the dots of ї are dropped like those of ё"),
        ("قُرْآن", "قران", "Arabic vowel signs and the madda"),
        ("أحمد", "احمد", "alef with a hamza above"),
        ("إدلب", "ادلب", "alef with a hamza below"),
        ("آخر", "اخر", "alef with a madda"),
        ("ٱلله", "الله", "alef with a wasla"),
        ("مدينة", "مدينه", "ta marbuta as many type it"),
        ("على", "علي", "alef maqsura as many type it"),
        ("علی", "علي", "the Persian ye"),
        ("کابل", "كابل", "the Persian kaf"),
        ("داعـــش", "داعش", "letters drawn out to fill a line"),
        ("٣٠٠", "300", "Arabic figures"),
        ("۳۰۰", "300", "Persian figures"),
        ("Ἀθῆναι", "αθηναι", "Greek breathings and accents"),
        ("שָׁלוֹם", "שלום", "Hebrew points"),
        ("दिल्ली", "दिल्ली", "a Hindi word is spelt by its marks"),
        ("ガザ", "ガザ", "and a Japanese one by its voicing"),
        ("ｶﾞｻﾞ", "ガザ", "in half-width letters too"),
        ("Da'esh", "daesh", "an apostrophe"),
        ("Daʿesh", "daesh", "an ayn"),
        ("sub\u00admarine", "submarine", "a hyphen that is not seen"),
        ("ﷺ", "صلياللهعليهوسلم", "a ligature of four words does not put spaces into a word"),
        ("", "", "nothing"),
    ],
)
def test_fold(word: str, expected: str, reason: str) -> None:
    """Words that readers hold to be the same are the same after folding, and no others."""
    assert fold(word) == expected, reason


@pytest.mark.parametrize(
    ("word", "expected", "reason"),
    [
        ("missiles", "missil", "Latin words are stemmed as English"),
        ("ракеты", "ракет", "Cyrillic ones as Russian"),
        ("الجيش", "جيش", "Arabic ones lose their article"),
        ("κυβερνησεισ", "κυβερνησ", "Greek, Armenian, Hindi and Tamil have one language each"),
        ("सरकारों", "सरकार", "a word with vowel signs is a word of letters"),
        ("თბილისი", "თბილისი", "scripts without an algorithm are left alone"),
        ("s300", "s300", "a name with figures is no English word"),
        ("1990s", "1990s", "not even with an ending"),
    ],
)
def test_stem(word: str, expected: str, reason: str) -> None:
    """The script of a word decides which stemmer sees it."""
    assert stem(word) == expected, reason
