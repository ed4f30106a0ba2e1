"""Queries that nobody means well: by class, from a seed, over the words of an archive so that they find something.

Each class is a function of the chance and the words; a query is of the class that its number names, so that any number
of queries in a row holds all classes alike. Every fifth is two of them, cut and joined at random.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["CLASSES", "HEAVY", "HostileQuery", "hostile_queries"]

MEGABYTE = 1 << 20
# More words than a query may have.
MANY = 70

Chance = random.Random
Words = Sequence[str]
Made = Callable[[Chance, Words], str]

ODD = (
    *'"“”‘’«»()[]{}<>-+~^*?:=.,;/\\&|!#%$@_\'`',
    *("\x00", "\x07", "\x1b[31m", "\x7f", "\n", "\r\n", "\ud800", "\udfff", "\u200b", "\u200d", "\u202e", "\u2066"),
    *("\u0301", "\u0316", "\u20dd", "\U000e0001", "\ufdfa", "\u1100", "👩‍👩‍👧‍👦", "🇸🇾", "❤️", "ﬃ", "İ", "ẞ", "ǅ", "Ω"),
    *("AND", "OR", "NOT", "title:", "body:", "date:", "event:", "location:", "mention:", "x:", "~9", "^2", ".."),
)  # fmt: skip
ATTACKS = (
    "' OR 1=1 --", "'; DROP TABLE articles; --", "1 UNION SELECT * FROM users", '" OR ""="', "%27%20OR%201=1",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "</title><svg/onload=1>",
    "../../../../etc/passwd", "file:///etc/passwd", "C:\\Windows\\system32", "\\\\server\\share", "%00", "%s%s%s%n",
    "{{7*7}}", "${jndi:ldap://x/a}", "$(reboot)", "`reboot`", "| rm -rf /", "*)(uid=*))(|(uid=*", "__import__('os')",
    "http://[::1", "https://example.org/?q=a&b=c#d", "data:text/html;base64,PHNjcmlwdD4=", "\r\nSet-Cookie: a=b",
)  # fmt: skip
PATTERNS_OF_OTHERS = (
    "(a+)+$", "[a-z]{1,99999}", "(?P<x>a)(?P=x)", "^(([a-z])+.)+[A-Z]([a-z])+$", ".*.*.*.*=.*", "\\p{L}+", "(?!)",
    "(?i)abc", "a{0,2147483647}", "[[:alpha:]]", "\\u0000", "(*COMMIT)", "x|y|", "[^]", "\\",
)  # fmt: skip
DAYS = (
    "0000", "0001", "9999", "99999999", "2017-00", "2017-13", "2017-02-31", "2017-10-31", "-1", "2017..2012", "..",
    "2012..", "..2012", "2017-10..2016", ">9999-12-31", "<0001-01-01", ">=", "<=2015", ">>2015", "2015...2016", "1e9",
    "٢٠١٧", "today", "2015-1-1..2015-12-31", "*", "201?", "2015~", '"2015"',
)  # fmt: skip
FIELDS = (
    "title", "body", "location", "actor", "mention", "source", "author", "language", "lang", "place", "date", "event",
    "TITLE", "nofield", "id", "path", "é", "_", "constructor",
)  # fmt: skip
NAMES = (
    "Syria", "Russia", "Abu Kamal", "Deir ez-Zor", "Islamic State", "NATO", "United Nations", "al-Assad", "Kiev",
    "Organisation for the Prohibition of Chemical Weapons", "Ministry of Defence", "Côte d'Ivoire", "Peking", "Burma",
)  # fmt: skip
SCRIPTS = (
    "حلب دمشق ", "ירושלים ", "叙利亚政府军", "กรุงเทพมหานคร", "모스크바 ",
    "нового порта ", "Ελλάδα ", "नई दिल्ली ", "မြန်မာ", "ភ្នំពេញ",
)  # fmt: skip
LOOKALIKES = str.maketrans("aceopxysiABCEHKMOPTX", "асеорхуѕіАВСЕНКМОРТХ")
STRETCHES = (2, 5, 30, 300, 3_000)


@dataclass(frozen=True)
class HostileQuery:
    """A query and the class that made it."""

    kind: str
    text: str


def hostile_queries(words: Words, count: int, seed: int = 1) -> Iterator[HostileQuery]:
    """So many queries over these words, the same for the same arguments."""
    kinds = sorted(CLASSES)
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        kind = kinds[number % len(kinds)]
        text = CLASSES[kind](chance, words)
        if number % 5 == 4:
            second = chance.choice(kinds)
            other = CLASSES[second](chance, words)
            text = text[: chance.randrange(len(text) + 1)] + chance.choice(("", " ", " OR ", " -")) + other
            kind = second if second in HEAVY else kind
        yield HostileQuery(kind, text)


def _several(one: Made, glue: str = " ", most: int = MANY) -> Made:
    """One class many times over."""
    return lambda chance, words: glue.join(one(chance, words) for _ in range(chance.choice((2, 8, most))))


def _of(*texts: str) -> Made:
    return lambda chance, _words: chance.choice(texts)


def _word(chance: Chance, words: Words) -> str:
    return chance.choice(words)


def _unknown(chance: Chance, words: Words) -> str:
    """A word with letters changed: what suggestions are looked for."""
    letters = list(chance.choice(words) * chance.choice((1, 1, 1, 2)))
    for _ in range(chance.choice((1, 2, 3))):
        letters[chance.randrange(len(letters))] = chance.choice("qxzjkw")
    return "".join(letters)


def _thrown(chance: Chance, words: Words) -> str:
    parts = chance.choices((*ODD, *chance.sample(words, min(20, len(words)))), k=chance.choice(STRETCHES))
    return chance.choice(("", " ")).join(parts)


def _any_text(chance: Chance, _words: Words) -> str:
    top = chance.choice((0x80, 0x800, 0x10000, 0x110000))
    return "".join(chr(chance.randrange(top)) for _ in range(chance.choice(STRETCHES)))


def _unbalanced(chance: Chance, words: Words) -> str:
    signs = chance.choices("(())\"“”'", k=chance.choice(STRETCHES))
    return "".join(sign + (chance.choice(words) if chance.random() < 0.3 else "") for sign in signs)


def _nested(chance: Chance, words: Words) -> str:
    deep = chance.choice((10, 31, 33, 100, 10_000))
    opening = chance.choice(("(", "-(", "NOT (", "title:(", "(a OR ", '("'))
    return opening * deep + chance.choice(words) + ")" * (deep + chance.randint(-3, 3)) + chance.choice(("", "^2"))


def _grouped(chance: Chance, words: Words) -> str:
    """Alternatives in alternatives, as deep as they may be, each with the other way of joining them."""
    text = chance.choice(words)
    for level in range(chance.choice((5, 31, 60))):
        text = f"({text} {('OR', 'AND', 'AND NOT')[level % 3]} {chance.choice(words)})"
    return text


def _operators(chance: Chance, words: Words) -> str:
    return " ".join(
        chance.choices(("AND", "OR", "NOT", "-", "+", "--", "and", chance.choice(words)), k=chance.choice(STRETCHES))
    )


def _negated(chance: Chance, words: Words) -> str:
    run = chance.choice(("NOT ", "-", "NOT -", "-NOT ")) * chance.choice((1, 2, 63, 1_000))
    return run + chance.choice(words)


def _run(chance: Chance, words: Words) -> str:
    """One sign, or one word, over and over."""
    return chance.choice((*ODD, *words[:20])) * chance.choice((2, 64, 10_000))


def _fielded(chance: Chance, words: Words) -> str:
    value = chance.choice((*ODD, *DAYS, chance.choice(words), "a*", '"', "(", ")", "", chance.choice(words) + "~"))
    return f"{chance.choice(FIELDS)}:{chance.choice(('', ' ', ':'))}{value}"


def _dated(chance: Chance, _words: Words) -> str:
    return chance.choice(("date:", "event:", "-date:", "NOT event:")) + chance.choice(DAYS)


def _boosted(chance: Chance, words: Words) -> str:
    factor = chance.choice(
        ("9" * 400, "0", "0.0", "1e9", "-1", "", "^^", "2^3^4", "0." + "0" * 300 + "1", "NaN", "inf", "5")
    )
    return chance.choice(("{}^{}", '"{}"^{}', "({})^{}", "{}^^{}", "^{}{}")).format(chance.choice(words), factor)


def _pattern(chance: Chance, words: Words) -> str:
    a, b = chance.choice("abcdefghijklmnopqrstuvwxyz0123456789"), chance.choice(words)
    forms = (
        "{a}*",
        "*{a}*",
        "*{a}",
        "?{a}*",
        "{a}?*",
        "*{a}*{b}*",
        "{b}*",
        "*{b}",
        "{a}*e*s",
        "????*",
        "?*?*?*",
        "**",
        "*?*{a}",
    )
    return chance.choice(forms).format(a=a, b=b)


def _long_pattern(chance: Chance, words: Words) -> str:
    return chance.choice(
        ("*a" * 999, "a?" * 999, "?" * 1_999 + "a", "a" + "*?" * 900, "*".join(words)[:1_990], "*" * 10_000 + "a")
    )


def _fuzzy(chance: Chance, words: Words) -> str:
    return chance.choice((_word, _unknown))(chance, words) + chance.choice(
        ("~", "~1", "~2", "~9", "~0.5", "~99999", "~~", "~-1")
    )


def _long_fuzzy(chance: Chance, words: Words) -> str:
    return "".join(chance.choices(words, k=800))[: chance.choice((100, 1_900, 3_000))] + chance.choice(("~", "~2"))


def _phrase(chance: Chance, words: Words) -> str:
    text = " ".join(chance.choices(words[:40], k=chance.choice((2, 3, 10, 500))))
    return chance.choice(('"{}"', '"{}"~5', '"{}"~999999999', 'title:"{}"', '-"{}"', '="{}"', '"{}"~', "“{}“")).format(
        text
    )


def _same_phrase(chance: Chance, words: Words) -> str:
    return (
        '"' + (chance.choice(words[:5]) + " ") * chance.choice((2, 30, 900)) + '"' + chance.choice(("", "~9", "~9999"))
    )


def _pair(chance: Chance, words: Words) -> str:
    return '"{} {}"'.format(*chance.choices(words[:40], k=2)) + chance.choice(("", "", "~3", "~1000"))


def _compound(chance: Chance, words: Words) -> str:
    parts = chance.choices((*words[:40], "S", "300", "95MS", "U.S.", "1,500"), k=chance.choice((2, 3, 4, 5, 200)))
    return chance.choice(("-", ".", "'", "/", "_", ",", "’")).join(parts)


def _value_pattern(chance: Chance, words: Words) -> str:
    field = chance.choice(("location", "actor", "mention", "author", "source", "language"))
    return f"{chance.choice(('', '-'))}{field}:" + chance.choice((_pattern, _word, _fuzzy, _pair))(chance, words)


def _marked(chance: Chance, words: Words) -> str:
    marks = chance.choice(
        ("\u0301", "\u0316", "\u0301\u0316", "\u0345\u0301\u0316\u0327", "\u064b\u0650", "\u094d\u093c")
    )
    return chance.choice(words) + marks * chance.choice((1, 30, 10_000))


def _unseen(chance: Chance, words: Words) -> str:
    signs = chance.choice(
        ("\u200b", "\u200d\u200c", "\u202e", "\u2066\u2069", "\ufeff", "\u00ad", "\U000e0061", "\ufe0f")
    )
    return (signs * chance.choice((1, 50, 1_000))).join(chance.choices(words, k=4))


def _foreign(chance: Chance, _words: Words) -> str:
    text = chance.choice(SCRIPTS) * chance.choice((1, 10, 400))
    return chance.choice(("{}", '"{}"', "{}*", "{}~", "title:{}", "location:{}", "-{}", '"{}"~5')).format(text)


def _lookalike(chance: Chance, words: Words) -> str:
    return " ".join(chance.choices(words, k=4)).translate(LOOKALIKES)


def _number(chance: Chance, _words: Words) -> str:
    return chance.choice(
        ("9" * chance.choice((20, 400, 5_000)), "1,234,567.89", "0x7fffffff", "1e309", "-0", "NaN", "½", "𝟗", "٣")
    )


def _megabyte(chance: Chance, words: Words) -> str:
    part = chance.choice(
        (
            "a",
            " ",
            '"',
            "(",
            "a ",
            "a OR ",
            "-a ",
            "é",
            "\u0301",
            "\u0301\u0316",
            "字",
            "\ud800",
            "a*b",
            words[0] + " ",
            "x~ ",
            "\x00",
        )
    )
    return part * (MEGABYTE // len(part))


CLASSES: dict[str, Made] = {
    "alternatives": lambda chance, words: " OR ".join(chance.choices(words[:80], k=MANY)),
    "any text": _any_text,
    "attacks": _several(_of(*ATTACKS), most=20),
    "boosts": _several(_boosted),
    "common words": lambda chance, words: " ".join(chance.choices(words[:80], k=MANY)),
    "compounds": _several(_compound, most=30),
    "dates": _several(_dated),
    "fields": _several(_fielded),
    "foreign": _several(_foreign, most=20),
    "fuzzy": _several(_fuzzy),
    "grouped": _grouped,
    "long fuzzy": _long_fuzzy,
    "long patterns": _long_pattern,
    "lookalikes": _lookalike,
    "marks": _several(_marked, most=10),
    "megabyte": _megabyte,
    "names": _several(_of(*NAMES)),
    "negated": _several(_negated, most=20),
    "negated patterns": _several(lambda chance, words: "NOT " + _pattern(chance, words)),
    "nested": _nested,
    "numbers": _several(_number),
    "operators": _operators,
    "pairs": _several(_pair),
    "pairs or": _several(_pair, " OR "),
    "patterns": _several(_pattern),
    "patterns of others": _several(_of(*PATTERNS_OF_OTHERS)),
    "patterns or": _several(_pattern, " OR "),
    "phrases": _several(_phrase, most=5),
    "runs": _run,
    "same word": _same_phrase,
    "thrown": _thrown,
    "unbalanced": _unbalanced,
    "unknown words": _several(_unknown),
    "unseen": _unseen,
    "values": _several(_value_pattern),
    "values or": _several(_value_pattern, " OR "),
}

# Well formed, and as much as one query may ask for: dozens of wide patterns, of pairs or values. They take what they
# take, up to the time limit; the others are small for all their form.
HEAVY = frozenset(
    {
        *("alternatives", "common words", "compounds", "fuzzy", "names", "negated patterns", "pairs", "pairs or"),
        *("patterns", "patterns or", "phrases", "unknown words", "values", "values or"),
    }
)
