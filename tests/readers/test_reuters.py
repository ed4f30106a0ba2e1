"""Items of the Reuters-21578 collection."""

from collections import Counter
from pathlib import Path

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

HEAD = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
"""
STORY = """<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" NEWID="7">
<DATE> 9-MAR-1987 15:01:01.79&#9;&#9;F</DATE>
<TOPICS><D>grain</D><D>corn</D></TOPICS>
<PLACES><D>usa</D></PLACES>
<PEOPLE><D>doe</D></PEOPLE>
<ORGS><D>ec</D></ORGS>
<EXCHANGES><D>cbt</D></EXCHANGES>
<UNKNOWN>&#5;&#5;C G</UNKNOWN>
<TEXT>&#2;
<TITLE>MILL &lt;MIL> OPENS
SILO</TITLE>
<AUTHOR>    by Jane Doe, Reuters</AUTHOR>
<DATELINE>    OMAHA, March 9 - </DATELINE><BODY>The mill of &lt;Plains Co Inc> opened a silo on Monday,
one of the largest in the Middle West, its owners said.
    It holds corn &amp; wheat for a whole season of milling in the
two counties.
 REUTER
&#3;</BODY></TEXT>
</REUTERS>
"""
FLASH = """<REUTERS NEWID="8"><DATE>10-MAR-1987 09:00:00.00</DATE>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>MILL RAISES PRICE
</TITLE>Blah blah blah.
&#3;

</TEXT>
</REUTERS>
"""
UNPROCESSED = """<REUTERS NEWID="9"><DATE>10-MAR-1987 09:05:00.00</DATE>
<TEXT TYPE="UNPROC">&#2;
SILO REPORT - MARCH 10
    Corn.....12 vs....11
 Reuter
&#3;

</TEXT>
</REUTERS>
"""


def read(path: Path, content: str) -> list[RawArticle | Skipped]:
    """What a file of the collection holds."""
    (path / "reut2-900.sgm").write_text(content, encoding="latin-1")
    return list(read_paths([path], Settings()))


def test_a_story_is_taken_apart(tmp_path: Path) -> None:
    """Labels are tags, entities characters, wrapped lines paragraphs; the signature is gone."""
    (article,) = read(tmp_path, HEAD + STORY)
    expected = RawArticle(
        path=str(tmp_path / "reut2-900.sgm"),
        reader="reuters",
        raw=STORY.strip().encode(),
        record="NEWID 7",
        title="MILL <MIL> OPENS SILO",
        body=(
            "The mill of <Plains Co Inc> opened a silo on Monday, one of the largest in the Middle West, its owners"
            " said.\n\nIt holds corn & wheat for a whole season of milling in the two counties."
        ),
        dateline="OMAHA, March 9",
        dates=(DateClaim("9-MAR-1987 15:01:01.79", "field"),),
        authors=("Jane Doe",),
        source="Reuters",
        language="en",
        tags=("topic:grain", "topic:corn", "place:usa", "person:doe", "org:ec", "exchange:cbt"),
    )
    assert expected == article


def test_items_without_a_body_become_articles(tmp_path: Path) -> None:
    """A flash is its headline, without the collection's placeholder; unprocessed text begins with its title."""
    flash, unprocessed = read(tmp_path, HEAD + FLASH + UNPROCESSED)
    assert isinstance(flash, RawArticle)
    assert isinstance(unprocessed, RawArticle)
    assert (flash.title, flash.body) == ("MILL RAISES PRICE", "MILL RAISES PRICE")
    assert (unprocessed.title, unprocessed.body) == ("SILO REPORT - MARCH 10", "Corn.....12 vs....11")


def test_an_item_without_an_end_costs_itself(tmp_path: Path) -> None:
    """The item after it, and the last one cut off, are told apart."""
    cut = STORY.replace("</REUTERS>\n", "")
    found = read(tmp_path, HEAD + cut + FLASH + cut)
    assert [(Skipped, "NEWID 7"), (RawArticle, "NEWID 8"), (Skipped, "NEWID 7")] == [
        (type(item), item.record) for item in found
    ]


def test_every_file_of_the_collection_is_read(test_data: Path) -> None:
    """All 15 files; one item in 15,000, NEWID 12793, has no text at all and is the only one left out."""
    found = list(read_paths([test_data / "reuters21578"], Settings()))
    counts = Counter(item.path for item in found if isinstance(item, RawArticle))
    assert len(counts) == 15
    assert all(count > 900 for count in counts.values())
    assert [item.record for item in found if isinstance(item, Skipped)] == ["NEWID 12793"]
    assert sum(not item.dates or not item.title or not item.body for item in found if isinstance(item, RawArticle)) == 0
