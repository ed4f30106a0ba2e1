"""The words of dates in other languages than English: days with their months everywhere, more where it is sure.

Names of months and days are those of the Unicode CLDR, in the cases in which dates use them. Tenses are told by endings
that are sure: where a language has none that are (Russian futures look like presents), a weekday without a past verb
stays unknown.
"""

from functools import cache

from searcher.events.english import ENGLISH
from searcher.events.words import Words, numbered

__all__ = ["words_of"]

_ROMANCE_PARTS = r"\b(?:início|final|fim|fine|inizio|fin|début|mi|principios|finales|mediados|metà)"


def _french() -> Words:
    return Words(
        months=numbered(
            "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre", 1
        ),
        weekdays=numbered("lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche", 0),
        days={"avant-hier": -2, "hier": -1, "aujourd’hui": 0, "aujourd'hui": 0, "demain": 1, "après-demain": 2},
        ordinal=r"(?:er)?",
        year_joint=" ",
        span=r" (?:au|et) ",
        month_before=r"\b(?:[Ee]n|[Dd]epuis|fin|début|mi-|mois de|mois d[’'])\s?$",
        year_before=r"\b(?:(?P<sure>[Ee]n)|[Dd]epuis|fin|début) $",
        year_after=r"(?![-–/,.:]?\d)",
        weekday_not_before=r"\b(?:[Ll]e|chaque|tous les|[Ll]es|du|ce) $",
        date_not_after=r" (?:avenue|rue)",
        future=r"(?:\w{2,}(?:ront|era|ira|aura|endra)|va|vont|sera|prévue?s?)",
        past=r"(?:a|ont|avait|avaient|est|sont|était|étaient|été)",
    )  # fmt: skip


def _german() -> Words:
    return Words(
        months=numbered(
            "Januar Jänner|Februar Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember", 1
        ),
        weekdays=numbered("Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag Sonnabend|Sonntag", 0),
        days={"vorgestern": -2, "gestern": -1, "heute": 0, "übermorgen": 2},
        cased=True,
        ordinal=r"\.",
        joint=r" ",
        year_joint=" ",
        span=r" (?:bis|und|bis zum) ",
        month_before=r"\b(?:[Ii]m|[Ss]eit|Anfang|Ende|Mitte|im Monat) $",
        year_before=r"\b(?:(?P<sure>[Ii]m Jahre?)|[Ss]eit|Anfang|Ende) $",
        year_after=r"(?![-–/,.:]?\d)",
        weekday_not_before=r"\b(?:[Jj]eden|Schwarzer|Schwarzen|Blutiger|alle) $",
        date_not_after=r" (?:Straße|Platz)",
        future=r"(?:wird|werden|soll|sollen|will|wollen|geplant)",
        past=r"(?:war|waren|hat|hatte|hatten|haben|ist|sind|wurde|wurden|sagte|teilte|\w{3,}te|\w{3,}ten|kam|ging|sank)",
    )


def _spanish() -> Words:
    return Words(
        months=numbered(
            "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre setiembre|octubre|noviembre|diciembre", 1
        ),
        weekdays=numbered("lunes|martes|miércoles|jueves|viernes|sábado|domingo", 0),
        days={"anteayer": -2, "ayer": -1, "hoy": 0},
        ordinal=r"[.º°]?",
        joint=r" de ",
        year_joint=r",? del? ",
        span=r" (?:al|y|a) ",
        month_before=rf"\b(?:[Ee]n|[Dd]esde|mes de) $|{_ROMANCE_PARTS} de $",
        year_before=r"\b(?:(?P<sure>[Ee]n)|[Dd]esde) $",
        year_after=r"(?![-–/,.:]?\d)",
        weekday_not_before=r"\b(?:[Ll]os|cada) $",
        future=r"(?:\w{2,}(?:rá|rán)|va a|van a|previst[oa]s?)",
        past=r"(?:\w{2,}(?:ó|aron|ieron)|ha|han|había|era|fue|fueron)",
    )


def _italian() -> Words:
    return Words(
        months=numbered(
            "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre", 1
        ),
        weekdays=numbered("lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica", 0),
        days={"ieri": -1, "oggi": 0, "domani": 1, "dopodomani": 2},
        ordinal=r"[º°]?",
        year_joint=r" (?:del )?",
        span=r" (?:al|e) ",
        month_before=rf"\b(?:[Ii]n|[Aa]|[Dd]a|mese di) $|{_ROMANCE_PARTS} $",
        year_before=r"\b(?:(?P<sure>[Nn]el)|[Dd]al) $",
        year_after=r"(?![-–/,.:]?\d)",
        weekday_not_before=r"\b(?:[Ii]l|[Ll]a|ogni|di) $",
        future=r"(?:\w{2,}(?:rà|ranno)|previst[oaie])",
        past=r"(?:ha|hanno|è|sono|era|erano|aveva|fu|stat[oaie])",
    )


def _portuguese() -> Words:
    return Words(
        months=numbered(
            "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro", 1
        ),
        weekdays=numbered("segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo", 0),
        days={"anteontem": -2, "ontem": -1, "hoje": 0, "amanhã": 1},
        ordinal=r"[.º°]?",
        joint=r" de ",
        year_joint=r",? de ",
        span=r" (?:a|e) ",
        month_before=rf"\b(?:[Ee]m|[Dd]esde|mês de) $|{_ROMANCE_PARTS} de $",
        year_before=r"\b(?:(?P<sure>[Ee]m)|[Dd]esde) $",
        year_after=r"(?![-–/,.:]?\d)",
        weekday_not_before=r"\b(?:cada|[Tt]od[oa]s? [ao]|às|aos) $",
        future=r"(?:\w{2,}(?:rá|rão)|vai|vão|previst[oa]s?)",
        past=r"(?:\w{2,}(?:ou|aram|eram|iram|eu|iu)|foi|foram|era|tinha|disse)",
    )  # fmt: skip


def _russian() -> Words:
    return Words(
        months=numbered(
            "января январе январь|февраля феврале февраль|марта марте март|апреля апреле апрель|мая мае май|"
            "июня июне июнь|июля июле июль|августа августе август|сентября сентябре сентябрь|"
            "октября октябре октябрь|ноября ноябре ноябрь|декабря декабре декабрь",
            1,
        ),
        weekdays=numbered("понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье", 0),
        days={"позавчера": -2, "вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2},
        ordinal="",
        year_joint=" ",
        span=r" ?(?:[-–—]|и|по) ?",
        month_before=r"\b(?:[Вв]|[Сс]|начале|конце|середине) $",
        year_before=r"\b(?:(?P<sure>[Вв])|[Сс]|начале|конце) $",
        year_after=r"(?= г(?:\.|од))",
        weekday_not_before=r"\b(?:каждый|каждую|каждое|по) $",
        future=r"(?:будет|будут)",
        past=r"(?:\w{2,}(?:л|ла|ло|ли)(?:ся|сь)?|был|шёл|шел)",
        needs_tense=True,
    )


def _ukrainian() -> Words:
    return Words(
        months=numbered(
            "січня січні|лютого лютому|березня березні|квітня квітні|травня травні|червня червні|липня липні|"
            "серпня серпні|вересня вересні|жовтня жовтні|листопада листопаді|грудня грудні",
            1,
        ),
        weekdays=numbered("понеділок|вівторок|середу|четвер|п’ятницю п'ятницю|суботу|неділю", 0),
        days={"позавчора": -2, "вчора": -1, "учора": -1, "сьогодні": 0, "завтра": 1, "післязавтра": 2},
        ordinal="",
        year_joint=" ",
        span=r" ?(?:[-–—]|і|та|по) ?",
        month_before=r"\b(?:[УуВв]|початку|наприкінці|кінці) $",
        year_before=r"\b(?P<sure>[УуВв]) $",
        year_after=r"(?= р(?:\.|оці|оку))",
        weekday_not_before=r"\b(?:кожен|кожну|кожного) $",
        future=r"(?:буде|будуть|\w{3,}(?:тиме|тимуть))",
        past=r"(?:\w{2,}(?:в|ла|ло|ли)(?:ся|сь)?)",
        needs_tense=True,
    )


def _arabic() -> Words:
    return Words(
        months=numbered(
            "يناير كانون_الثاني جانفي|فبراير شباط فيفري|مارس آذار|أبريل إبريل نيسان أفريل|مايو أيار ماي|"
            "يونيو حزيران جوان|يوليو يوليوز تموز جويلية|أغسطس آب أوت غشت|سبتمبر أيلول شتنبر|"
            "أكتوبر تشرين_الأول|نوفمبر تشرين_الثاني نونبر|ديسمبر كانون_الأول دجنبر",
            1,
        ),
        weekdays=numbered("الاثنين الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد", 0),
        days={"أول من أمس": -2, "أمس": -1, "غدا": 1, "غداً": 1},
        ordinal="",
        joint=r" (?:من )?",
        year_joint=r"،? (?:عام |سنة )?",
        span=r" (?:إلى|و) ",
        year_before=r"(?:\b(?P<sure>عام|سنة)|\bفي عام) $",
        year_after=r"(?!\d)",
        weekday_not_before=r"(?:كل|صلاة|كل يوم) $",
        future=r"(?:س[يتن]\w{2,}|سوف)",
    )


def _turkish() -> Words:
    return Words(
        months=numbered("Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık", 1),
        days={"önceki gün": -2, "dün": -1, "bugün": 0, "yarın": 1},
        cased=True,
        ordinal="",
        year_joint=" ",
        span=r" ?[-–] ?",
    )


def _dutch() -> Words:
    return Words(
        months=numbered(
            "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december", 1
        ),
        days={"eergisteren": -2, "gisteren": -1, "vandaag": 0, "overmorgen": 2},
        ordinal="",
        year_joint=" ",
    )  # fmt: skip


def _polish() -> Words:
    return Words(
        months=numbered(
            "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia", 1
        ),
        days={"przedwczoraj": -2, "wczoraj": -1, "dzisiaj": 0, "jutro": 1},
        ordinal="",
        year_joint=" ",
    )


def _swedish() -> Words:
    return Words(
        months=numbered(
            "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december", 1
        ),
        ordinal=r"(?::e)?",
        year_joint=" ",
    )  # fmt: skip


def _danish() -> Words:
    return Words(
        months=numbered(
            "januar|februar|marts mars|april|maj mai|juni|juli|august|september|oktober|november|december", 1
        ),
        ordinal=r"\.?",
        year_joint=" ",
    )


def _east_asian() -> Words:
    return Words(months={}, ideographs=True)


_LANGUAGES = {
    "fr": _french, "de": _german, "es": _spanish, "it": _italian, "pt": _portuguese, "ru": _russian,
    "uk": _ukrainian, "ar": _arabic, "tr": _turkish, "nl": _dutch, "pl": _polish, "sv": _swedish, "da": _danish,
    "no": _danish, "nb": _danish, "zh": _east_asian, "ja": _east_asian, "ko": _east_asian,
}  # fmt: skip


@cache
def words_of(language: str) -> Words:
    """The words of a language by its code; English where it is not known, dates in digits alone where it is another."""
    if language in ("", "en"):
        return ENGLISH
    return _LANGUAGES[language]() if language in _LANGUAGES else Words(months={})
