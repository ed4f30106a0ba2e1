"""The names of months and weekdays in nine languages, as date lines write them.

Names are compared without case and diacritics. Facts of the languages, checked against the Unicode CLDR month lists;
Arabic has two series in use (يناير in Egypt and the Gulf, كانون الثاني in the Levant) and a third in the Maghreb.
"""

import re
import unicodedata

__all__ = ["MONTHS", "WEEKDAYS", "folded", "with_arabic_names_joined"]

# One line a month: names in English, French, Spanish, German, Italian, Portuguese, Russian, Arabic; then short forms.
_MONTH_LINES = """
january janvier enero januar jänner gennaio janeiro январь января يناير كانون-الثاني جانفي | jan janv ene gen янв
february février febrero februar feber febbraio fevereiro февраль февраля فبراير شباط فيفري | feb févr fév fev фев февр
march mars marzo märz março март марта مارس آذار | mar mär мар
april avril abril aprile апрель апреля أبريل إبريل نيسان أفريل | apr avr abr апр
may mai mayo maggio maio май мая مايو أيار ماي | mag
june juin junio juni giugno junho июнь июня يونيو حزيران جوان | jun giu июн
july juillet julio juli luglio julho июль июля يوليو يوليوز تموز جويلية | jul juil lug июл
august août agosto август августа أغسطس آب أوت غشت | aug aoû ago авг
september septembre septiembre setiembre settembre setembro сентябрь сентября سبتمبر أيلول شتنبر | sep sept set сен сент
october octobre octubre oktober ottobre outubro октябрь октября أكتوبر تشرين-الأول | oct okt ott out окт
november novembre noviembre novembro ноябрь ноября نوفمبر تشرين-الثاني نونبر | nov ноя нояб
december décembre diciembre dezember dicembre dezembro декабрь декабря ديسمبر كانون-الأول دجنبر | dec déc dic dez дек
"""

_WEEKDAY_WORDS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
lunedì martedì mercoledì giovedì venerdì sabato domenica gio sab
segunda terça quarta quinta sexta feira segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
seg ter qua qui sex
понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
понедельника вторника среды четверга пятницы субботы воскресенья среду пятницу субботу
الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد اثنين ثلاثاء أربعاء خميس جمعة سبت أحد
"""


def folded(text: str) -> str:
    """The text without case, diacritics and width: how names are compared."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


MONTHS: dict[str, int] = {
    folded(name): number
    for number, line in enumerate(_MONTH_LINES.strip().splitlines(), 1)
    for name in line.replace("|", " ").split()
}
WEEKDAYS = frozenset(folded(word) for word in _WEEKDAY_WORDS.split())

_TWO_WORDS = re.compile(
    "(" + "|".join(sorted({name.partition("-")[0] for name in MONTHS if "-" in name})) + r")\s+(\w+)"
)


def with_arabic_names_joined(text: str) -> str:
    """Folded text with the Arabic names of two words written as one, as the table has them."""
    return _TWO_WORDS.sub(lambda found: f"{found[1]}-{found[2]}", text)
