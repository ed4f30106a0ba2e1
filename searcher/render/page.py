"""The results page: one template for the server and for a file that stands alone.

A page that stands alone has its style inside and no links into a server that it cannot reach.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from searcher.choices import COPIES, SORTS, VALUE_FIELDS
from searcher.models import Article, Hit, Results, Story
from searcher.render.bars import HEIGHT, WIDTH, Bar, bars_of
from searcher.render.copies import counted_copies, counted_stories
from searcher.render.dates import UNDATED, day, moment
from searcher.render.filing import filed
from searcher.render.picks import LABELS, facets_of
from searcher.render.pieces import Piece, pieces
from searcher.render.state import PAGE_SIZE, State
from searcher.render.story import changed, headed
from searcher.render.told import told_days

__all__ = ["article_page", "error_page", "results_page", "standalone_page", "story_page", "stylesheet"]


@dataclass(frozen=True, slots=True)
class _Pill:
    label: str
    value: str
    excluded: bool
    remove_url: str


@dataclass(frozen=True, slots=True)
class _HitView:
    hit: Hit
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    url: str
    story_url: str


@dataclass(frozen=True, slots=True)
class _BarView:
    bar: Bar
    url: str


def results_page(results: Results, state: State) -> str:
    """The page as the server shows it."""
    before = (state.page - 1) * PAGE_SIZE
    return _render("results.html", **_results_view(results, state, before, linked=True))


def standalone_page(results: Results, state: State, offset: int = 0) -> str:
    """The page as one file; `offset` articles come before those shown."""
    style = stylesheet()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    view = _results_view(results, state, offset, linked=False)
    return _render("results.html", **view, style=style, style_hash=digest)


def article_page(
    article: Article, marks: Sequence[tuple[int, int]], state: State, similar: Sequence[Hit], copies: Sequence[Hit]
) -> str:
    """One article with its marks, what is known of it, and what resembles it."""
    paragraphs, at = [], 0
    for text in article.body.split("\n\n"):
        inside = [(start - at, end - at) for start, end in marks if start >= at and end <= at + len(text)]
        paragraphs.append(tuple(pieces(text, inside)))
        at += len(text) + 2
    return _render(
        "article.html",
        state=state,
        article=article,
        paragraphs=paragraphs,
        mark_count=len(marks),
        filed=filed(article),
        web_url=_web_url(article.url),
        back=state.url() if state.params else "",
        similar=[(hit, _article_url(hit.id, State())) for hit in similar],
        copies=[(hit, _article_url(hit.id, state)) for hit in copies],
        story_url=_story_url(article.id, state) if copies else "",
        about=[
            (label, [(value, State().plus(name, value).url()) for value in values])
            for name, label, values in (
                ("location", "Places", article.locations),
                ("actor", "Actors", article.actors),
            )
            if values
        ]
        + _days_told(article),
        passing=[
            (value, State().plus("mention", value).url())
            for value in article.mentioned
            if value not in (*article.locations, *article.actors)
        ],
    )


def story_page(story: Story, state: State) -> str:
    """Every article of a story, and what changed from one to the next."""
    return _render(
        "story.html",
        state=state,
        story=story,
        headed=headed,
        changed=changed,
        versions=[(version, _article_url(version.id, state)) for version in story.versions],
        back=state.url() if state.params else "",
    )


def _days_told(article: Article) -> list[tuple[str, list[tuple[str, str]]]]:
    days = [(day, State().set(q=f"event:{day}").url()) for day in told_days(article)]
    return [(LABELS["event"], days)] if days else []


def error_page(message: str, state: State) -> str:
    """What went wrong, in one sentence, with the search box to go on."""
    return _render("error.html", state=state, message=message)


@cache
def stylesheet() -> str:
    """The style of every page."""
    return resources.files("searcher.render").joinpath("templates/style.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("searcher.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(template: str, **values: object) -> str:
    usual: dict[str, object] = {
        "style": "", "style_hash": "", "linked": True, "sorts": SORTS, "copies_choices": COPIES,
        "day": day, "moment": moment, "counted_copies": counted_copies, "counted_stories": counted_stories,
    }  # fmt: skip
    return _environment().get_template(template).render({**usual, **values})


def _results_view(results: Results, state: State, before: int, *, linked: bool) -> dict[str, object]:
    dates = results.facets.get("date", ())
    bars = bars_of(dates)
    last = before + len(results.hits)
    previous = min(state.page - 1, -(-results.total // PAGE_SIZE))
    return {
        "state": state,
        "results": results,
        "linked": linked,
        "first": before + 1,
        "last": last,
        "hits": [_hit_view(hit, state, linked=linked) for hit in results.hits],
        "facets": facets_of(results, state),
        "pills": _pills(state),
        "bars": [_BarView(bar, state.set(after=bar.name, before=bar.name).url()) for bar in bars],
        "bars_size": (WIDTH, HEIGHT),
        "undated": next((count.count for count in dates if count.value == UNDATED), 0),
        "suggestion_url": state.set(q=results.suggestion).url() if results.suggestion else "",
        "previous_url": state.set(page=str(previous)).url() if previous > 0 else "",
        "next_url": state.set(page=str(state.page + 1)).url() if last < results.total and results.hits else "",
    }


def _hit_view(hit: Hit, state: State, *, linked: bool) -> _HitView:
    url = _article_url(hit.id, state) if linked else _web_url(hit.url) or _file_url(hit.path)
    title, snippet = tuple(pieces(hit.title, hit.title_marks)), tuple(pieces(hit.snippet, hit.marks))
    return _HitView(hit, title, snippet, url, _story_url(hit.id, state))


def _pills(state: State) -> list[_Pill]:
    made = []
    for name in VALUE_FIELDS:
        label = LABELS[name].lower().rstrip("s")
        made += [_Pill(label, value, False, state.minus(name, value).url()) for value in state.all(name)]
        excluded = f"not_{name}"
        made += [_Pill(label, value, True, state.minus(excluded, value).url()) for value in state.all(excluded)]
    return made + _date_pills(state)


def _date_pills(state: State) -> list[_Pill]:
    """One pill for each end, or one for both where they are one period."""
    ends = {"from": "after", "to": "before"}
    given = [(label, state.one(name), {name: ""}) for label, name in ends.items() if state.one(name)]
    if len(given) == 2 and given[0][1] == given[1][1]:
        given = [("date", given[0][1], dict.fromkeys(ends.values(), ""))]
    return [_Pill(label, value, False, state.set(**without).url()) for label, value, without in given]


def _article_url(article_id: str, state: State) -> str:
    return state.url(f"/article/{quote(article_id, safe='')}")


def _story_url(article_id: str, state: State) -> str:
    return state.url(f"/story/{quote(article_id, safe='')}")


def _web_url(url: str) -> str:
    """The URL if a browser may follow it: http and https only, never javascript: and nothing that is no URL."""
    try:
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:  # "http://[": a host that begins as an address and does not end
        return ""


def _file_url(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() else ""
