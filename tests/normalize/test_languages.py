"""In which language an article is: what the file says, unless the text shows another."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.config import Settings
from searcher.languages import language_code
from searcher.models import Article, RawArticle
from searcher.normalize import normalize
from searcher.normalize.languagewords import RECOGNIZED, settled_language, usual_language

# Invented news of one kind in several languages.
NEWS = {
    "en": "The harbour was closed on Monday after a storm that had damaged the pier, said the mayor of the town. "
    "Boats will return when the water is calm, and it is not known how long the repairs are to take.",
    "de": "Der Hafen wurde am Montag nach einem Sturm geschlossen, der die Mole beschädigt hat, sagte die "
    "Bürgermeisterin der Stadt. Die Boote sollen zurückkehren, wenn das Wasser ruhig ist.",
    "fr": "Le port a été fermé lundi après une tempête qui a endommagé la jetée, selon la maire de la ville. Les "
    "bateaux ne reviendront que dans quelques jours et les travaux sont prévus pour cet été.",
    "es": "El puerto fue cerrado el lunes por una tormenta que dañó el muelle, según el alcalde de la ciudad. Los "
    "barcos no volverán hasta que el agua esté en calma y las obras han comenzado.",
    "it": "Il porto è stato chiuso lunedì dopo una tempesta che ha danneggiato il molo, come ha detto il sindaco della "
    "città. Le barche non torneranno prima di alcuni giorni e sono in corso i lavori.",
    "pt": "O porto foi fechado na segunda-feira por uma tempestade que danificou o cais, segundo o prefeito da cidade. "
    "Os barcos não voltam até que a água esteja calma e as obras já começaram em toda a orla.",
    "nl": "De haven werd maandag gesloten na een storm die de pier heeft beschadigd, zei de burgemeester van de stad. "
    "Het is niet bekend hoe lang de boten aan de kade moeten blijven en wat het werk kost.",
    "pl": "Port został zamknięty w poniedziałek po burzy, która uszkodziła molo, powiedział burmistrz. Nie jest "
    "jeszcze znane, jak długo łodzie będą stać przy brzegu, ale prace już się zaczęły i może to być drogie.",
    "ru": "Порт был закрыт в понедельник после шторма, который повредил причал, сообщил мэр города. Суда не вернутся, "
    "пока вода не успокоится, и неизвестно, как долго продлится ремонт.",
    "uk": "Порт було закрито в понеділок після шторму, який пошкодив причал, повідомив мер міста. Судна не "
    "повернуться, доки вода не заспокоїться, і невідомо, як довго триватиме ремонт та що буде далі.",
    "ar": "أغلق الميناء يوم الاثنين بعد عاصفة ألحقت أضرارا في الرصيف، كما قال رئيس البلدية. لن تعود القوارب إلى البحر "
    "من المدينة قبل أن يهدأ الماء، ولا يعرف على أي حال متى ينتهي هذا العمل.",
    "fa": "بندر روز دوشنبه پس از توفانی که به اسکله آسیب زد بسته شد. شهردار گفت که قایق‌ها تا آرام شدن آب به دریا "
    "نمی‌روند و این کار برای شهر گران است.",
    "ja": "港は月曜日、桟橋を壊した嵐のあと閉鎖されたと町長が述べた。",
    "zh": "市长说，风暴损坏了码头，港口星期一关闭。",
    "ko": "시장은 폭풍으로 부두가 파손돼 월요일 항구를 닫았다고 말했다.",
    "el": "Το λιμάνι έκλεισε τη Δευτέρα μετά από καταιγίδα, είπε ο δήμαρχος.",
    "he": "הנמל נסגר ביום שני אחרי סערה, אמר ראש העיר.",
    "th": "ท่าเรือปิดในวันจันทร์หลังพายุ นายกเทศมนตรีกล่าว",
}
# Those that are left to the model.
LEFT = {
    "cs": "Přístav byl v pondělí uzavřen po bouři, která poškodila molo, řekla starostka města. Lodě se vrátí, až se "
    "voda uklidní, a není známo, jak dlouho opravy potrvají.",
    "sv": "Hamnen stängdes på måndagen efter en storm som skadade piren, sade stadens borgmästare. Båtarna återvänder "
    "när vattnet är lugnt, och det är inte känt hur länge arbetet ska pågå.",
    "no": "Havnen ble stengt mandag etter en storm som skadet moloen, sa byens ordfører. Båtene kommer tilbake når "
    "vannet er rolig, og ingen vet hvor lenge arbeidet skal vare.",
    "tr": "Liman, iskeleye zarar veren fırtınanın ardından pazartesi günü kapatıldı, dedi belediye başkanı. Tekneler "
    "su durulunca dönecek ve onarımın ne kadar süreceği bilinmiyor.",
    "sw": "Bandari ilifungwa siku ya Jumatatu baada ya dhoruba iliyoharibu gati, alisema meya wa mji. Boti zitarudi "
    "maji yakitulia, na haijulikani matengenezo yatachukua muda gani.",
    "bg": "Пристанището беше затворено в понеделник след буря, която повреди кея, каза кметът на града. Лодките ще се "
    "върнат, когато водата се успокои, и не е известно колко ще продължи ремонтът.",
    "hi": "तूफान से घाट टूटने के बाद सोमवार को बंदरगाह बंद कर दिया गया, शहर के महापौर ने कहा।",
}


def make(body: str, title: str = "", language: str = "") -> Article:
    raw = RawArticle(path="a.txt", reader="text", raw=b"raw", title=title, body=body, language=language)
    made = normalize(raw, Settings(), date(2024, 5, 1))
    assert isinstance(made, Article)
    return made


@pytest.mark.parametrize(("language", "text"), NEWS.items(), ids=NEWS)
def test_most_news_is_settled_by_its_script_and_commonest_words(language: str, text: str) -> None:
    """Without a model."""
    assert settled_language(text) == language


@pytest.mark.parametrize(("language", "text"), LEFT.items(), ids=LEFT)
def test_what_is_in_doubt_is_left_to_the_model(language: str, text: str) -> None:
    """Relatives of languages that have a list are not taken for them."""
    assert settled_language(text) == ""
    assert make(text).language == language


@pytest.mark.parametrize(
    ("stated", "body", "expected", "warned", "reason"),
    [
        ("en-US", LEFT["sw"], "sw", True, "a template's claim; the model is sure"),
        ("en", NEWS["de"], "de", True, "the commonest words are against it"),
        ("de", NEWS["en"], "en", True, "whatever it claims, of languages that would have been seen"),
        ("ru", NEWS["uk"], "uk", True, "a neighbour's letters"),
        ("en", NEWS["en"], "en", False, "claimed rightly"),
        ("nb-NO", LEFT["no"], "no", False, "by another of its codes"),
        ("gl", NEWS["pt"], "gl", False, "a language that is not among those with a list is believed"),
        ("sw", NEWS["en"], "sw", False, "so is any other"),
        ("en", "Shr 34 cts vs 1.20 dlrs. Net 2.2 mln vs 3.1", "en", False, "a table shows no other language"),
        ("", "Shr 34 cts vs 1.20", "", False, "and alone none at all"),
        ("", "12 34 56", "", False, "nothing to tell by"),
        ("english", "…", "en", False, "by its name"),
        ("tlh", NEWS["fr"], "fr", False, "a claim that is no known language is none"),
    ],
)
def test_the_file_is_believed_until_the_text_is_sure(
    stated: str, body: str, expected: str, warned: bool, reason: str
) -> None:
    """A warning says where it is not."""
    made = make(body, language=stated)
    assert (made.language, any("language" in warning for warning in made.warnings)) == (expected, warned), reason


def test_the_title_helps_a_short_body() -> None:
    """Of a body of one line too little can be told."""
    assert (
        make(
            "Fermé lundi.", title="Le port de la ville est fermé après une tempête et les bateaux sont à quai"
        ).language
        == "fr"
    )


@given(st.text(max_size=200))
def test_any_text_is_settled_or_left(text: str) -> None:
    """No text is an error."""
    assert settled_language(text) in {"", *RECOGNIZED}
    assert usual_language(text) in {"", "ru", "uk", "ar", "fa"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Russian", "ru"),
        ("RU", "ru"),
        ("rus", "ru"),
        ("ru-RU", "ru"),
        ("ru_UA", "ru"),
        ("Farsi", "fa"),
        ("nb", "no"),
        ("iw", "he"),
        ("zh-Hans-CN", "zh"),
        ("tlh", ""),
        ("Klingon", ""),
        ("", ""),
    ],
)
def test_codes_of_languages(said: str, expected: str) -> None:
    """Tags, names and codes of two and three letters."""
    assert language_code(said) == expected


def test_an_archive_of_settled_languages_never_loads_the_model() -> None:
    """It takes a second and 100 MB in each worker."""
    program = (
        "import sys\nfrom searcher.normalize.language import tell_language\n"
        "from searcher.normalize.draft import begin\n"
        "from searcher.config import Settings\nfrom searcher.models import RawArticle\nfrom datetime import date\n"
        f"for text in {[NEWS[code] for code in ('en', 'ru', 'ja')]!a}:\n"
        "    raw = RawArticle(path='a', reader='text', raw=b'', body=text)\n"
        "    assert tell_language(begin(raw, Settings(), date(2024, 5, 1))).language\n"
        "print('py3langid' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert told.strip() == "False"
