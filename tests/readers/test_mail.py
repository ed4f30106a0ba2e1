"""E-mail and mailboxes: subject, sender, date and text of each message, however oddly they are encoded."""

import base64
import tracemalloc
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.config import Settings
from searcher.models import Article, DateClaim, RawArticle, Skipped
from searcher.normalize import normalize
from searcher.readers import read_paths
from searcher.readers.message import decoded

HEAD = (
    "Received: from a.example\r\nMessage-ID: <1@wire.example>\r\nFrom: Ana D=?utf-8?Q?=C3=ADaz?= <ana@wire.example>\r\n"
    "To: desk@post.example\r\nDate: Tue, 31 Oct 2017 23:30:00 -0500 (EST)\r\nMIME-Version: 1.0\r\n"
)
TEXT = "The harbour ferry sailed again on Monday.\r\n\r\nIt had been in the yard.\r\n"
BOTH = (
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    "{plain}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n"
)


def read(path: Path, settings: Settings | None = None) -> tuple[list[RawArticle], list[Skipped]]:
    """The articles and the skipped things of one path."""
    found = list(read_paths([path], settings or Settings()))
    articles = [item for item in found if isinstance(item, RawArticle)]
    return articles, [item for item in found if isinstance(item, Skipped)]


def one(folder: Path, content: str | bytes, name: str = "a.eml") -> RawArticle:
    """The article of one message."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    articles, skipped = read(folder)
    assert (len(articles), skipped) == (1, [])
    return articles[0]


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a"])
def test_a_message_is_an_article(tmp_path: Path, name: str) -> None:
    """Its own date in its own zone, its sender by name; known by its headers, whatever the file is called."""
    found = one(
        tmp_path, "  \r\n" + HEAD + "Subject: Ferry\r\n returns\r\nContent-Type: text/plain\r\n\r\n" + TEXT, name
    )
    assert (found.reader, found.title) == ("eml", "Ferry returns")
    assert found.authors == ("Ana Díaz",)
    assert found.dates == (DateClaim("Tue, 31 Oct 2017 23:30:00 -0500 (EST)", "field"),)
    assert found.body == "The harbour ferry sailed again on Monday.\n\nIt had been in the yard."
    made = normalize(found, Settings(), date(2026, 11, 26))
    assert isinstance(made, Article)
    assert str(made.date) == "2017-10-31T23:30-05:00"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("=?utf-8?Q?Caf=C3=A9_closed?=", "Café closed", id="quoted"),
        pytest.param("=?UTF-8?B?0J/QsNGA0L7QvA==?= returns", "Паром returns", id="base64"),
        pytest.param("=?utf-8?B?0J/QsNGA0L7QvA?=", "Паром", id="base64 without its end"),
        pytest.param("=?utf-8?Q?=D0?= =?utf-8?Q?=9F?=", "П", id="a letter parted"),
        pytest.param("=?utf-8?Q?one?=\r\n =?utf-8?Q?_two?=", "one two", id="white space between words is none"),
        pytest.param("=?koi8-r?B?8MHSz80=?=", "Паром", id="another set"),
        pytest.param("=?iso-2022-jp?B?GyRCJVUlJyVqITwbKEI=?=", "フェリー", id="a set of seven bits"),
        pytest.param("=?x-no-such?Q?Caf=E9?=", "Café", id="a set nobody knows"),
        pytest.param("=?utf-8*en?Q?Ferry?=", "Ferry", id="with a language"),
        pytest.param("=?utf-8?Q?Two words?=", "Two words", id="with a space it should not have"),
        pytest.param("2 =? 3", "2 =? 3", id="no encoded word"),
        pytest.param("Plain", "Plain", id="plain"),
    ],
)
def test_subjects_are_decoded(written: str, meant: str) -> None:
    """By RFC 2047, and as mailers break it."""
    assert decoded(written) == meant


@pytest.mark.parametrize(
    ("rest", "body", "page"),
    [
        pytest.param(BOTH.format(plain="It sailed.", page="<p>A</p>"), "It sailed.", False, id="the plain one"),
        pytest.param(
            BOTH.format(plain="See our site.", page="<style>p {x}</style>" + "<p>The ferry sailed.</p>" * 20), "", True,
            id="a plain one that says nothing",
        ),
        pytest.param("Content-Type: text/html\r\n\r\n<p>It sailed.</p>", "", True, id="only a page"),
        pytest.param(
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nIt sailed.\r\n--b\r\n'
            "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nA list.\r\n--b--\r\n",
            "It sailed.", False, id="an attachment is passed over",
        ),
        pytest.param(
            "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.b64encode("Le café rouvre.".encode("latin-1")).decode(), "Le café rouvre.", False, id="base64",
        ),
        pytest.param(
            "Content-Type: text/plain; charset=nonsense\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            "Le caf=E9=\r\n ferm=E9.", "Le café fermé.", False, id="quoted, of an unknown set",
        ),
        pytest.param(
            "Content-Type: text/plain; format=flowed\r\n\r\nThe ferry \r\nsailed.\r\n\r\nAgain.",
            "The ferry sailed.\n\nAgain.", False, id="flowed",
        ),
        pytest.param("\r\nIt sailed.\r\n\r\n-- \r\nAna\r\n", "It sailed.", False, id="without the signature"),
        pytest.param(
            'Content-Type: text/plain\r\n\r\n{"Headline": ["Ferry returns"], "Body": ["It sailed."]}',
            "It sailed.", False, id="a form in JSON",
        ),
        pytest.param('Content-Type: text/plain\r\n\r\n{"a": 1}', '{"a": 1}', False, id="JSON of another kind"),
    ],
)  # fmt: skip
def test_the_text_of_a_message(tmp_path: Path, rest: str, body: str, page: bool) -> None:
    """Plain text before the page, in whatever encoding."""
    found = one(tmp_path, HEAD + "Subject: Ferry returns\r\n" + rest)
    assert (found.title, found.body, bool(found.html)) == ("Ferry returns", body, page)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Subject: what the readers ask\nDate: is it too late?\n\nA column on gardens.\n", id="an article"),
        pytest.param("From: the capital\n\nThe vote was put off.\n", id="a dateline of a kind"),
    ],
)
def test_what_only_begins_like_mail_is_none(tmp_path: Path, content: str) -> None:
    """Two words and a colon make no mail of an article."""
    assert one(tmp_path, content, "a.txt").reader == "text"


def messages(count: int, filler: bytes = b"") -> Iterator[bytes]:
    """Messages as a mailbox has them."""
    for number in range(count):
        yield (
            b"From ana@wire.example Tue Oct 31 23:30:00 2017\nMessage-ID: <%d@x>\nFrom: Ana <ana@wire.example>\n"
            b"Date: Tue, 31 Oct 2017 23:30:00 -0500\nSubject: Ferry %d\n\nIt sailed.\n\n>From the pier it went.\n%s\n"
            % (number, number, filler)
        )


@pytest.mark.parametrize("name", ["a.mbox", "Inbox", "list.txt"])
def test_each_message_of_a_mailbox_is_an_article(tmp_path: Path, name: str) -> None:
    """Its record is its number; lines that were escaped are as they were; "From " in a text opens no message."""
    content = (
        b"".join(messages(2))
        + b"\nFrom 1234@xxx Tue Oct 31 23:30:00 +0000 2017\nSubject: Last\nFrom: B\n\nA.\nFrom X.\n"
    )
    (tmp_path / name).write_bytes(content)
    articles, skipped = read(tmp_path)
    assert skipped == []
    assert [(found.reader, found.record, found.title) for found in articles] == [
        ("mbox", "message 1", "Ferry 0"),
        ("mbox", "message 2", "Ferry 1"),
        ("mbox", "message 3", "Last"),
    ]
    assert "\n\nFrom the pier it went." in articles[0].body
    assert not articles[0].raw.startswith(b"From ana")


def test_one_message_too_long_costs_itself(tmp_path: Path) -> None:
    """Those before and after it are read."""
    long = b"".join(messages(1, b"word " * 30_000 + b"\n"))
    (tmp_path / "a.mbox").write_bytes(b"".join(messages(1)) + b"\n" + long + b"\n" + b"".join(messages(2)))
    articles, skipped = read(tmp_path, Settings(max_record_bytes=100_000))
    assert [found.record for found in articles] == ["message 1", "message 3", "message 4"]
    assert [item.record for item in skipped] == ["message 2"]


def test_a_mailbox_of_any_size_is_read_in_constant_memory(tmp_path: Path) -> None:
    """50 MB of messages take the memory of one."""
    with (tmp_path / "a.mbox").open("wb") as file:
        file.writelines(messages(1000, (b"It went on and on. " * 40 + b"\n") * 63))
    tracemalloc.start()
    count = sum(1 for item in read_paths([tmp_path], Settings()) if isinstance(item, RawArticle))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1000
    assert peak < 10_000_000


def test_parts_in_parts_beyond_reason_are_named(tmp_path: Path) -> None:
    """A message of ten thousand parts in each other would end the parser."""
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(10_000))
    (tmp_path / "a.eml").write_text(HEAD.replace("\r", "") + nested, encoding="ascii")
    assert ["nested beyond reason" in item.reason for item in read(tmp_path)[1]] == [True]


@given(
    rest=st.binary(max_size=300), kind=st.sampled_from(["multipart/mixed; boundary=b", "text/plain; charset=\x00", "x"])
)
def test_any_message_is_read_or_named(tmp_path_factory: pytest.TempPathFactory, rest: bytes, kind: str) -> None:
    """Whatever stands below the headers."""
    path = tmp_path_factory.mktemp("mail") / "a.eml"
    path.write_bytes(HEAD.encode() + f"Subject: =?{kind}?Q?=\r\nContent-Type: {kind}\r\n".encode() + rest)
    assert all(isinstance(item, RawArticle | Skipped) for item in read_paths([path], Settings()))


def test_a_message_made_by_the_library_is_read(tmp_path: Path) -> None:
    """What the standard library writes, this reads."""
    message = EmailMessage()
    message["Subject"], message["From"], message["Message-ID"] = "Паром вернулся", "Ана <ana@wire.example>", "<1@x>"
    message.set_content("Паром снова ходит.\n")
    message.add_alternative("<p>Паром снова ходит.</p>", subtype="html")
    found = one(tmp_path, message.as_bytes())
    assert (found.title, found.authors, found.body) == ("Паром вернулся", ("Ана",), "Паром снова ходит.")


def test_real_messages_are_known_well(test_data: Path) -> None:
    """Subjects, dates and texts of messages that agencies sent, forms in JSON among them."""
    wire = test_data / "formats" / "wire"
    found = {path.name: read(path) for path in sorted(wire.glob("*email*.txt")) + sorted(wire.glob("googleform*.txt"))}
    assert [name for name, (articles, skipped) in found.items() if len(articles) != 1 or skipped] == []
    for name, title, day, words in (
        ("simple_email.txt", "Test message 1234", "2015-02-19T17:18+11:00", 2),
        ("charset_in_subject_email.txt", "Google Apps News March 2015", "2015-02-19T17:18+11:00", 2),
        ("json-email.txt", "Headline-2", "2015-09-14T02:06+00:00", 3),
        ("googleform.txt", "TEST NZ HEADER", "2016-05-05T04:11+00:00", 80),
        ("odd_charset_email.txt", "TravTalk’s Special for TAAI convention", "2015-03-10T14:17-07:00", 500),
    ):
        made = normalize(found[name][0][0], Settings(), date(2026, 11, 26))
        assert isinstance(made, Article)
        assert (made.title, str(made.date)) == (title, day)
        assert words <= len(made.body.split()) <= words * 4
