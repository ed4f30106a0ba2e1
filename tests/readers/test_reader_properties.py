"""What holds for every reader and any bytes."""

import contextlib
import gzip
import io
from typing import BinaryIO, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.config import Settings
from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers import READERS, Reader, Source, reader_for
from searcher.readers.layout import lay_out

SETTINGS = Settings(max_record_bytes=2000)
WORDS = """{ } [ ] "text" "title" : , " title,text <html>
<REUTERS NEWID= </REUTERS> <TEXT> </TEXT> \\ud800 2017 [Getty] é"""
ODD = [b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xe9", b"\n", b" ", b"a" * 700, b"9" * 5000]
PIECES = st.sampled_from([*(word.encode() for word in WORDS.split()), *ODD])
BYTES = st.one_of(st.binary(min_size=1, max_size=3000), st.lists(PIECES, min_size=1, max_size=12).map(b"".join))


def source(data: bytes) -> Source:
    """These bytes as a file."""
    return Source("made.up", SETTINGS, data[:1000], lambda: io.BytesIO(data))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@given(data=BYTES)
@example(data=b'"\\ud800"')
def test_no_bytes_make_a_reader_fail(reader: Reader, data: bytes) -> None:
    """A reader gives articles and skipped records, or says that the file cannot be read; nothing else."""
    reader.sniff(data, "")
    reader.sniff(data, "made.up")
    with contextlib.suppress(ReadError):
        for item in reader.read(source(data)):
            assert isinstance(item, RawArticle | Skipped)
            assert item.reason if isinstance(item, Skipped) else item.raw


@given(data=BYTES)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Choosing a reader never fails."""
    chosen = reader_for(source(data))
    assert chosen is None or chosen in READERS


@given(text=st.text(max_size=600))
def test_telling_the_parts_apart_loses_no_word(text: str) -> None:
    """Every word of a text is in one of its parts, but for reading times."""
    parts = lay_out(text)
    kept = " ".join([parts.title, parts.lead, *parts.dates, *parts.captions, *parts.authors, parts.url, parts.body])
    lost = [word for word in text.split() if word not in kept]
    assert [word for word in lost if not any(mark.isdigit() for mark in text)] == []


@given(data=st.binary(max_size=200), cut=st.integers(1, 30))
def test_a_cut_gzip_is_a_read_error(data: bytes, cut: int) -> None:
    """Whatever is missing at the end, the fault is the file's and is named."""
    packed = gzip.compress(data)[:-cut]

    def opener() -> BinaryIO:
        return cast("BinaryIO", gzip.GzipFile(fileobj=io.BytesIO(packed or b"\x1f")))

    with pytest.raises(ReadError):
        Source("made.gz", SETTINGS, b"", opener).content()
