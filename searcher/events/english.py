"""The words of dates in English.

The lists were made for the sentences of tests/events/labelled/known.txt and for what Reuters' news of 1987 showed;
those of held.txt measure what they do elsewhere.
"""

from searcher.events.words import Words, numbered

__all__ = ["ENGLISH"]

# A verb form that says nothing of when alone, but behind "will" or "to" belongs to it.
_VERB = r"(?: (?:not|also|be|now|then|again|soon))*(?: [a-z]+)?"
_PLANNED = "set|likely|supposed|forecast|poised|ready|invited|asked|urged"
_SCHEDULED = rf"due|expected|anticipated|scheduled|planned|slated|(?:{_PLANNED}) (?:to|for)"
FUTURE = (
    rf"(?:(?:[Ww]ill|would|shall|won[’']t|[’']ll|(?:is|are) to|to be|going to|{_SCHEDULED}|[Pp]lan(?:s|ning)?|intends?|"
    rf"expects?|hopes?|aims?|vow(?:s|ed)? to|pledged? to|agreed to|promised to|may|might|must|should)"
    rf"(?! have\b)(?: to| for)?{_VERB}"
    r"|(?:invited|called|summoned|urged) [a-z]+ to [a-z]+|called (?:an? )?(?:[a-z]+ )?[a-z]+ for"
    r"|until|till|ahead of|upcoming|deadline|payable|to shareholders of record"
    r"|(?:moved|postponed|put off|put back|delayed|deferred|adjourned|rescheduled|extended|brought forward)"
    r"(?: to| until| till))"
)
SCHEDULED = "takes? effect|(?:into|in) force|begins|starts|opens|closes|ends|runs|expires"
_IRREGULAR = (
    "said|was|were|had|has|have|did|been|told|met|fell|rose|began|held|made|took|went|came|won|lost|shot|hit|gave|left|"
    "struck|found|saw|sent|broke|brought|built|bought|drew|flew|fought|grew|kept|led|ran|sold|spoke|spent|stood|threw|"
    "wrote|became|got|sank|burst|burnt|died|froze|hurt|knew|paid|sat|swept|woke|withdrew|beat|drove|ate|blew|chose"
)
PAST = rf"(?:{_IRREGULAR}|[a-z]{{2,}}ed)"

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December",
    "Jan|Feb|Mar|Apr||Jun|Jul|Aug|Sep Sept|Oct|Nov|Dec",
)
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_FEASTS = (
    "every|each|[Ee]very (?:second|other)|[Bb]lack|[Bb]loody|Easter|Good|Ash|Holy|Maundy|Palm|Super|Cyber|Fat|Shrove|"
    "Whit|Red|Man|Ruby|Freaky|Giving|Sheffield|Mail on|[Aa]lternate|[Mm]ost|[Mm]any"
)
_PAPERS = "Times|Telegraph|Mirror|Mail|Express|Herald|Post|Star|Sun|People|Tribune|World|Review|Independent|Mercury"
_KNOWN_FOR = "attacks?|atrocit|hijack|massacre|bombings?|crackdown|committee|riot|insurrection|terror|revolution|coup"
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS = "end|start|beginning|middle|month|half|rest|week|weeks|days|part|spring|summer|autumn|winter|quarter|course"
_COUNTED = "people|men|women|children|cases|homes|villages|towns|dollars|euros|tons|tonnes|miles|km|votes|troops"

ENGLISH = Words(
    months=numbered(_MONTHS[0], 1),
    short=numbered(_MONTHS[1], 1),
    weekdays=numbered(_WEEKDAYS, 0),
    days={
        "day before yesterday": -2,
        "yesterday": -1,
        "today": 0,
        "tonight": 0,
        "tomorrow": 1,
        "day after tomorrow": 2,
        "this morning": 0,
        "this afternoon": 0,
        "this evening": 0,
        "last night": -1,
    },
    periods={
        f"{which} {unit}": (unit, step)
        for unit in ("week", "month", "year")
        for which, step in (("last", -1), ("this", 0), ("next", 1))
    },
    people=frozenset(("March", "April", "May", "June", "August", "MARCH", "MAY", "JUNE")),
    anaphora=r"\b(?:[Tt]he|[Tt]hat|[Oo]ne|USA) $",
    cased=True,
    month_first=True,
    ordinal=r"(?:st|nd|rd|th)?",
    joint=r"(?: of | |-)",
    year_joint=r"(?:,? |-| of )",
    span=r"(?: ?[-–] ?| to | and | or )",
    month_before=(
        rf"(?:\b(?:[Ii]n|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Ss]ince|[Uu]ntil|[Dd]uring|[Tt]hrough|[Bb]y mid|"
        rf"(?:{_PARTS}) of)\s|\b(?:mid|end|late|early)-)$|(?P<weak>\b(?:[Bb]y|[Ff]or|[Ff]rom|[Tt]o|[Tt]he|[Bb]etween|"
        rf"[Bb]efore|[Aa]fter)\s|\b(?:{_MONTHS[0]})(?:,? (?:and|or|to)|,)\s)$"
    ),
    month_not_after=(
        r"(?: (?:[Rr]evolution|[Ww]ar|[Uu]prising|[Ss]urprise|[Mm]anifesto|Crisis|on|against|Street|Road|Square|Day)\b"
        r"|[’']s (?:government|cabinet|deal))"
    ),
    year_before=(
        r"\b(?:(?P<sure>[Ii]n|[Ee]arly|[Ll]ate|[Ss]ummer|[Ss]pring|[Aa]utumn|[Ww]inter|back in)|[Ss]ince|[Bb]y|"
        r"[Uu]ntil|[Ff]rom|[Dd]uring|[Bb]efore|[Aa]fter|[Bb]etween|[Tt]hrough|[Tt]ill|"
        rf"(?:{_PARTS}|war|crisis|[Rr]evolution|uprising) of|(?P<noun>[Tt]he)|"
        r"(?:[Bb]etween|[Ff]rom) (?:19|20)\d\d (?:and|to|until))\s$|\b(?:mid|end|early|late)-$"
    ),
    year_after=rf"(?![-–/,.:]?\d|s\b|%| (?:{_COUNTED})\b)",
    which=("last", "next", "this"),
    weekday_not_before=rf"\b(?:{_FEASTS})\s$",
    weekday_not_after=(
        rf"(?:s\b| (?:{_PAPERS}|[Ss]chools?|prayers?|[Ss]ervices|roasts?|League|Night Football|Night Live|Addams|"
        r"Weld|Agreement|[Aa]fternoons|[Mm]ornings|[Ee]venings|[Nn]ights)\b)"
    ),
    date_not_after=(
        r" (?:Street|St\b|Road|Avenue|Square|Bridge|Movement|Brigades?|Revolution|Stadium|Airport|Hospital|"
        r"University|Boulevard|Park|Barracks)"
    ),
    week_after=r" (?:night |morning )?(?:of )?(last|this|next) week\b",
    famed_after=rf" (?:{_KNOWN_FOR})",
    counts=NUMBERS,
    ago=r"(?:day|week|month|year)s? ago",
    future=FUTURE,
    scheduled=SCHEDULED,
    past=PAST,
)
