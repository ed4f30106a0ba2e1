"""What transliterations of one name have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.entities.skeleton import consonants, skeleton


@pytest.mark.parametrize(
    ("names", "expected", "reason"),
    [
        (("Abu Kamal", "Bou Kamal", "Albu-Kamal", "Al-Bukamal", "Ālbū Kāmāl", "Boukemal"), "bukamal", "father of"),
        (("Deir ez-Zor", "Deir al-Zour", "Dayr az Zawr"), "tirsur", "articles, aw and ou, ei and ay, d and t, z and s"),
        (("Raqqa", "Ar-Raqqah", "Rakka", "RAQQA"), "raka", "q and k, doubled letters, the final h"),
        (("Tartus", "Tartous", "Ţarţūs"), "tartus", "accents, ou"),
        (("Khan Shaykhun", "Kan Sheikhoun"), "kansikun", "kh, ay and ei, sh and s"),
        (("Ghouta", "Gouta"), "kuta", "gh and g, g and k"),
        (("Cairo", "Kairo"), "kiru", "a hard c"),
        (("Homs", "Oms"), "ums", "an h that is not spoken"),
        (("Berkane", "Berkan"), "barkan", "a final e that is not spoken"),
        (("Kasyanov", "Kasianow"), "kasian", "y and i, v and w, a final vowel"),
        (("Abd al-Rahman ibn Awf", "Abd ar-Rahman bin Auf"), "abtramanbinuf", "the son of"),
        (("Эль-Кусейр", "Al-Qusayr", "El Quseir"), "kusir", "other scripts through their Latin letters"),
        (("El",), "al", "an article alone is a name"),
        (("Unit 8200",), "unit8200", "figures are no doubled letters"),
        (("", "—"), "", "no word, no skeleton"),
    ],
)
def test_names_that_share_a_skeleton(names: tuple[str, ...], expected: str, reason: str) -> None:
    """Each row is one name in several transliterations."""
    assert {name: skeleton(name) for name in names} == dict.fromkeys(names, expected), reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Homs", "Hama"),
        ("Aleppo", "Palmyra"),
        ("Tripoli", "Tropoli"),
        ("Kamal", "Abu Kamal"),
        ("Iran", "Iraq"),
        ("Mali", "Malawi"),
        ("Niger", "Nigeria"),
    ],
)
def test_other_names_have_other_skeletons(one: str, other: str) -> None:
    """What differs in more than transliteration stays apart."""
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ebu Kemal", "Abu Kamal", True),
        ("Qassem", "Qasim", True),
        ("Bukamal", "Bakamil", True),
        ("Homs", "Hama", False),
    ],
)
def test_consonants(one: str, other: str, same: bool) -> None:
    """Vowels do not count in them; the vowel a name begins with does not either."""
    assert (consonants(one) == consonants(other)) == same


@given(st.text(max_size=40))
def test_a_skeleton_is_plain_and_stays_itself(name: str) -> None:
    """Small ASCII letters; case does not matter."""
    made = skeleton(name)
    assert made.isascii()
    assert made == made.lower()
    assert " " not in made


@given(st.lists(st.sampled_from(["abu", "Kamal", "deir", "Zor", "Qalat", "ou", "Ghazi"]), min_size=1, max_size=4))
def test_spaces_hyphens_and_case_do_not_matter(parts: list[str]) -> None:
    """Nor does an article between the words."""
    expected = skeleton(" ".join(parts))
    assert skeleton("-".join(parts)) == expected
    assert skeleton(" ".join(parts).upper()) == expected
    assert skeleton(" al-".join(parts)) == expected
