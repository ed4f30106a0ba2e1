"""When did what happen that an article tells of? Days, months and years of the text, apart from its publication.

"on Tuesday", "31 May", "in October", "last month" are reckoned from the day of publication; where that is not known, or
the words leave it open which day is meant ("last week", "5 November" in an article of 31 October), the date is given
with an empty day. A day is never after the publication unless the text speaks of what is to come. A stretch ("3 to 5
May") gives its first and its last day.

    words, english, languages   what a language says of dates
    patterns                    the same as compiled patterns, one pass over the text
    forms                       a match becomes dates
    reading                     the dates of an article
    tense                       past or to come?
    calendar                    which day is meant, without any words
"""

from searcher.events.reading import event_dates

__all__ = ["event_dates"]
