"""Names that no list settles: a log-linear choice between place, person, organisation and none of these.

Every distinct stretch of words is judged once per article, on what speaks for it at all its places together
(evidence.py, surroundings.py). The score of a kind is the sum of the weights of the evidence for it, and the odds of
two kinds are as the exponentials of their scores: multinomial logistic regression, whose weights scripts/fit_names.py
finds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from typing import NamedTuple

from searcher.entities.document import Document
from searcher.entities.evidence import inside, listed
from searcher.entities.kinds import NAME_SUFFIX
from searcher.entities.runs import runs
from searcher.entities.surroundings import around
from searcher.entities.tables import rows
from searcher.entities.text import Passage

__all__ = ["KINDS", "Candidate", "Verdict", "candidates", "judge", "weights"]

KINDS = ("LOC", "PER", "ORG", "")

Weights = Mapping[str, tuple[int, ...]]
"""Per piece of evidence its weight for each of KINDS, in hundredths: whole numbers add up alike in any order."""

HUNDREDTHS = 100


@dataclass(slots=True)
class Candidate:
    """One stretch of words, at all its places in an article: (passage, first word, word after the last)."""

    key: str
    places: list[tuple[Passage, int, int]] = field(default_factory=list)
    evidence: set[str] = field(default_factory=set)


class Verdict(NamedTuple):
    """What a candidate is, with what probability, and the evidence that said most for it."""

    kind: str
    probability: float
    reason: str


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that scripts/fit_names.py found."""
    return {
        row["evidence"]: tuple(round(HUNDREDTHS * float(row[kind or "none"])) for kind in KINDS)
        for row in rows("weights.tsv")
    }


def candidates(document: Document) -> list[Candidate]:
    """The distinct candidates of an article with their evidence, longer ones first."""
    found: dict[str, Candidate] = {}
    for passage in document.passages:
        for first, last in runs(document, passage):
            if not document.free(passage, first, last):
                continue
            key = " ".join(passage.folds[first:last])
            candidate = found.get(key)
            if candidate is None:
                candidate = found[key] = Candidate(key)
                candidate.evidence |= inside(passage, first, last) | listed(document, passage, first, last)
            candidate.places.append((passage, first, last))
            candidate.evidence |= around(document, passage, first, last)
    ordered = sorted(found.values(), key=lambda one: -one.key.count(" "))
    _relate(ordered)
    return ordered


def _relate(ordered: list[Candidate]) -> None:
    """What the other candidates of the article say of one: the last word of a longer name, its first word, initials."""
    lasts: dict[str, Candidate] = {}
    firsts: dict[str, Candidate] = {}
    initials: dict[str, Candidate] = {}
    for candidate in ordered:
        words = candidate.key.split(" ")
        if len(words) > 1:
            end = -2 if words[-1] in NAME_SUFFIX and len(words) > 2 else -1
            lasts.setdefault(words[end], candidate)
            surnames = lasts if "family name first" in candidate.evidence else firsts
            surnames.setdefault(words[0], candidate)
            initials.setdefault("".join(word[0] for word in words if len(word) > 3), candidate)
    for candidate in ordered:
        if len(candidate.places) > 1:
            candidate.evidence.add("several times")
        if " " in candidate.key:
            continue
        for role, others in (("last", lasts), ("first", firsts), ("initials", initials)):
            other = others.get(candidate.key)
            if other is not None:
                candidate.evidence.add(
                    f"{role} word of {_likely(other)}" if role != "initials" else "initials of a name"
                )


def _likely(candidate: Candidate) -> str:
    """What a longer name looks like at first sight, for those that share a word with it."""
    evidence = candidate.evidence
    if evidence & {"honorific before", "title before", "small title before", "role before"}:
        return "a person"
    if evidence & {"organisation last", "organisation of", "firm", "organisation inside"}:
        return "an organisation"
    if evidence & {"listed org", "listed actor"}:
        return "an organisation"
    if "listed per" in evidence or any(one.startswith("first given") for one in evidence):
        return "a person"
    if "listed loc" in evidence or any(one.startswith("gazetteer") for one in evidence):
        return "a place"
    return "a name"


def judge(evidence: set[str], known: Weights) -> Verdict:
    """The likeliest kind on the evidence."""
    found = [known[one] for one in evidence if one in known]
    totals = [sum(column) for column in zip(*found, strict=True)] or [0] * len(KINDS)
    best = totals.index(max(totals))
    share = 1.0 / sum(exp((total - totals[best]) / HUNDREDTHS) for total in totals)
    reason = max(evidence, key=lambda one: (known[one][best] if one in known else 0, one), default="")
    return Verdict(KINDS[best], share, reason)
