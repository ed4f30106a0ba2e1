"""What a page can do to its reader: be too large, too slow, not what it says. It costs itself and nothing else."""

import contextlib
import signal
import threading
import time
from datetime import date

import pytest

from searcher.alarm import OutOfTime, alarm
from searcher.config import Settings
from searcher.models import Article, RawArticle, Skipped
from searcher.normalize import normalize, page, tree
from searcher.readers.charset import decode_page

ONE = "The bridge over the Tana reopened on Monday after the flood of April had carried away its northern ramp."
TWO = "Les conducteurs attendaient déjà à l’aube ; le premier à passer fut un camion de lait, dit l’autorité."
PAGE = f"<html><head><title>Bridge</title></head><body><h1>Bridge</h1><p>{ONE}</p><p>{TWO}</p></body></html>"


def read(html: str) -> Article | Skipped:
    """What becomes of a page."""
    return normalize(RawArticle(path="a.html", reader="html", raw=b"", html=html), Settings(), date(2026, 11, 22))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(PAGE.encode(), id="as it is"),
        pytest.param(PAGE.replace("Tana", "T\x00ana\x01\x02").encode(), id="NULs and control characters in a word"),
        pytest.param(b"\x00" * 50 + PAGE.encode(), id="NULs in front"),
        pytest.param(PAGE.replace("<head>", "<head><meta charset=utf-16>").encode(), id="it says UTF-16 and is UTF-8"),
        pytest.param(PAGE.replace("<head>", "<head><meta charset=x-unknown>").encode(), id="a set that nobody knows"),
        pytest.param(PAGE.replace("<head>", "<head><meta charset=undefined>").encode(), id="a codec that is no set"),
        pytest.param(PAGE.replace("<head>", "<head><meta charset=shift_jis>").encode(), id="it says Japanese"),
        pytest.param(PAGE.replace("<head>", "<head><meta charset=utf-8>").encode("cp1252"), id="it says UTF-8, is not"),
        pytest.param(PAGE.encode("utf-16"), id="UTF-16 with its mark"),
        pytest.param(('<?xml version="1.0" encoding="utf-16"?>' + PAGE).encode(), id="a false XML declaration"),
        pytest.param(("<?php echo 1 ?>" + PAGE).encode(), id="an instruction left over"),
        pytest.param(PAGE.replace("</p>", "").encode(), id="paragraphs not closed"),
    ],
)
def test_a_page_with_false_or_broken_characters_is_read(raw: bytes) -> None:
    """Both paragraphs, every accent right."""
    made = read(decode_page(raw, "utf-8")[0])
    assert isinstance(made, Article)
    assert made.body.replace("T ana", "Tana").split("\n\n") == [ONE, TWO]


@pytest.mark.parametrize(
    ("bound", "value", "reason"),
    [("MOST_ELEMENTS", 5, "more than 5 elements"), ("MOST_CHARACTERS", 100, "more than 100 characters")],
)
def test_a_page_beyond_bounds_is_skipped(monkeypatch: pytest.MonkeyPatch, bound: str, value: int, reason: str) -> None:
    """The reason says which bound, and what to do."""
    monkeypatch.setattr(tree, bound, value)
    made = read(PAGE)
    assert isinstance(made, Skipped)
    assert reason in made.reason
    assert "save the article alone" in made.reason


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 20_000 + ONE, id="twenty thousand levels"),
        pytest.param("<table><tr><td>" * 3_000 + ONE, id="three thousand tables in each other"),
        pytest.param(f"<div class=sidebar><p>{ONE}</p></div>" * 15_000, id="nothing but furniture"),
        pytest.param("<p>x" * 40_000, id="forty thousand paragraphs"),
        pytest.param("<b>x " * 40_000, id="forty thousand marks not closed"),
        pytest.param("<h1>x</h1>" + "<time datetime='2 hours ago'>x</time>" * 20_000, id="times without end"),
        pytest.param("<" * 200_000, id="nothing but openings"),
        pytest.param("&amp" * 200_000, id="entities not closed"),
        pytest.param(f'<div class="{"ab-cd " * 50_000}">{ONE}</div>', id="a name without end"),
        pytest.param('<script type="application/ld+json">' + '{"@graph":[' * 9_000 + "</script>", id="deep JSON-LD"),
        pytest.param("<!ENTITY a '&a;&a;'>" * 1_000 + "&a;" * 1_000, id="entities of entities"),
    ],
)
def test_a_page_made_to_be_slow_is_over_soon(html: str) -> None:
    """It is read or skipped; within its time, so that the reason is never the time."""
    made = read(f"<html><body>{html}")
    assert isinstance(made, Article) or "seconds" not in made.reason


def test_a_page_that_takes_too_long_is_skipped_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is that takes so long: here it never ends."""

    def endless(*_: object) -> None:
        while True:
            time.sleep(0.01)

    with monkeypatch.context() as slow:
        slow.setattr(page, "SECONDS", 0.05)
        slow.setattr(page, "body_of", endless)
        made = read(PAGE)
    assert isinstance(made, Skipped)
    assert "more than 0.05 seconds" in made.reason
    assert isinstance(read(PAGE), Article)


def test_a_library_that_swallows_errors_does_not_swallow_the_end_of_time() -> None:
    """Trafilatura goes on after any Exception of its parts."""

    def goes_on() -> None:
        with alarm(0.01):
            while True:
                with contextlib.suppress(Exception):
                    time.sleep(0.005)

    with pytest.raises(OutOfTime):
        goes_on()


def test_an_alarm_is_put_back_as_it_was() -> None:
    """The program around has its signals to itself before and after."""
    before = signal.getsignal(signal.SIGALRM)
    with alarm(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)) == (before, (0.0, 0.0))


def test_an_alarm_of_the_program_around_is_left_alone() -> None:
    """It may be the one that a test or a server has set."""
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
    try:
        with alarm(60):
            assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
            signal.raise_signal(signal.SIGALRM)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert rung == [signal.SIGALRM]


def test_pages_are_read_in_any_thread() -> None:
    """Only the main one can have an alarm; the others go without."""
    made: list[Article | Skipped] = []
    thread = threading.Thread(target=lambda: made.append(read(PAGE)))
    thread.start()
    thread.join()
    assert [type(one) for one in made] == [Article]
