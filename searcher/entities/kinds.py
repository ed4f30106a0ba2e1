"""Words that tell what a name names: an organisation's head noun, a river, a title, a role."""

from searcher.entities.tables import words

__all__ = [
    "AFTER_ORGANISATION",
    "AFTER_PLACE",
    "BEFORE_ORGANISATION",
    "CALENDAR",
    "EARNINGS",
    "FACILITY",
    "FAMILY_FIRST",
    "FIRM",
    "HONORIFIC",
    "LOCAL",
    "NAME_SUFFIX",
    "ORGANISATION",
    "ORGANISATION_OPENING",
    "ORGANISATION_WEAK",
    "PLACE_FIRST",
    "PLACE_LAST",
    "ROLE",
    "STATE_BODY",
    "TEAMS",
]

ORGANISATION = words("kinds organisation")
ORGANISATION_WEAK = words("kinds organisation weak")
ORGANISATION_OPENING = words("kinds organisation opening")
FIRM = words("kinds firm")
PLACE_LAST = words("kinds place last")
PLACE_FIRST = words("kinds place first")
ROLE = words("kinds role")
AFTER_ORGANISATION = words("kinds after organisation")
AFTER_PLACE = words("kinds after place")
TEAMS = words("kinds teams")
FAMILY_FIRST = words("kinds family first")
NAME_SUFFIX = words("kinds name suffix")
CALENDAR = words("kinds calendar")
FACILITY = words("kinds facility")
BEFORE_ORGANISATION = words("kinds before organisation")
LOCAL = words("kinds local")
HONORIFIC = words("kinds honorific")
EARNINGS = words("kinds earnings")
STATE_BODY = words("kinds state body")
