"""A stranger's files: nothing in them is run, fetched, followed or written, whatever they ask for.

One process reads a folder of them under an audit hook of Python, which sees every connection, program, file opened and
pickle loaded, by the libraries as well; what libxml2 does on its own is seen by a server that waits to be asked, and by
a secret that must not turn up in any article.
"""

import io
import os
import pickle
import re
import socket
import subprocess
import sys
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import docx
import pytest
from fuzzing.samples import seed

TOP = Path(__file__).resolve().parent.parent.parent
SECONDS = 120  # for all files on a busy machine; they take 4
SECRET = "quicksilverhoard"
ROOT = re.compile(r"<(\w[\w:.]*)")
XML = ("feed", "newsml", "newsmlg2", "nitf", "wxr", "reuters", "trec", "html", "factiva", "nexis")
READ = """
import datetime, os, pathlib, sys
folder, scratch = sys.argv[1:]
NEVER = ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request", "subprocess.Popen", "os.system",
         "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pickle.find_class", "ctypes.dlopen", "webbrowser.open",
         "ftplib.connect", "smtplib.connect", "os.symlink", "os.link", "os.chmod", "os.chown")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
told = set()
def hook(event, args):
    if event in NEVER:
        told.add(f"{event} {args!r}"[:300])
    elif event == "open" and isinstance(args[0], (str, bytes)) and (args[2] or 0) & WRITES:
        if not os.fsdecode(args[0]).startswith(scratch):
            told.add(f"{event} {args!r}"[:300])
    elif event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"):
        if not os.fsdecode(args[0]).startswith(scratch):
            told.add(f"{event} {args!r}"[:300])
from searcher.config import Settings
from searcher.models import RawArticle
from searcher.normalize import normalize
from searcher.readers import read_paths
import trafilatura, htmldate, dateparser, docx, pypdf, feedparser, warcio, fastwarc, numpy, py3langid  # these may load
sys.addaudithook(hook)
for found in read_paths([folder], Settings()):
    if isinstance(found, RawArticle):
        found = normalize(found, Settings(), datetime.date(2026, 11, 20))
    print("ARTICLE" if hasattr(found, "body") else "SKIPPED", ascii(found), flush=True)
print("TOLD", *sorted(told), sep="\\n")
"""


class Runs:
    """A pickle that leaves a mark when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.mark}",)


@dataclass
class Asked:
    """A server that counts who comes."""

    port: int
    came: list[bytes] = field(default_factory=list)


@pytest.fixture(scope="module")
def server() -> Iterator[Asked]:
    """One that answers nobody."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        asked = Asked(listening.getsockname()[1])

        def wait() -> None:
            while True:
                try:
                    with listening.accept()[0] as one:
                        asked.came.append(one.recv(200))
                except OSError:
                    return

        threading.Thread(target=wait, daemon=True).start()
        yield asked
        listening.shutdown(socket.SHUT_RDWR)


def declared(kind: str, secret: Path, port: int) -> tuple[str, str]:
    """A document type, and a reference to what it declares: another file, one on a server, a text of 10 GB."""
    there = f"http://127.0.0.1:{port}"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    return {
        "file": (f'[<!ENTITY s SYSTEM "file://{secret}">]', "&s;"),
        "server": (f'SYSTEM "{there}/a.dtd" [<!ENTITY n SYSTEM "{there}/n">]', "&n;"),
        "within": (f'[<!ENTITY % p SYSTEM "{there}/p"> %p;]', "&p;"),
        "laughs": (f'[<!ENTITY l0 "ha">{laughs}]', "&l10;"),
    }[kind]


def with_entity(content: bytes, encoding: str, doctype: str, reference: str) -> bytes:
    """A file with a reference in its title and its text."""
    text = content.decode().removeprefix("<!DOCTYPE html>").replace("&mdash;", "-")
    text = text[text.index("\n") :] if text.startswith("<!DOCTYPE lewis") else text
    inside = text.replace("ill opens", f"ill {reference} opens").replace("pened", f"pened {reference}")
    root = ROOT.search(text)
    assert root
    return f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE {root[1]} {doctype}>{inside}'.encode(encoding)


def tarred(mark: Path) -> bytes:
    """A tar of names and kinds that lead elsewhere."""
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name in (f"../../{mark.name}", str(mark), "a/../../b.txt", "c\x1b.txt", "l" * 65_000 + ".txt"):
            info = tarfile.TarInfo(name)
            info.size = 11
            archive.addfile(info, io.BytesIO(b"Ferry sails"))
        for number, kind in enumerate((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(f"link{number}.txt")
            info.type, info.linkname = kind, str(mark.parent / "secret.txt")
            archive.addfile(info)
        through = tarfile.TarInfo("link0.txt/through.txt")
        archive.addfile(through)
    return box.getvalue()


def zipped(mark: Path) -> bytes:
    """A ZIP of such names."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name in (f"../../{mark.name}", str(mark), "..\\..\\b.txt", "C:\\b.txt", "n\0ul.txt", "l" * 65_000 + ".txt"):
            archive.writestr(name, "Ferry sails")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(mark.parent / "secret.txt"))
    return box.getvalue()


def word(port: int) -> bytes:
    """A Word document whose template and picture lie on a server."""
    old, box = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Ferry sails again")
    document.save(old)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    more = f'<Relationship Id="rX" Type="{kind}" Target="http://127.0.0.1:{port}/t" TargetMode="External"/>'
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(box, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode("utf-8", "surrogateescape")
            content = content.replace("</Relationships>", more + "</Relationships>")
            after.writestr(name, content.encode("utf-8", "surrogateescape"))
    return box.getvalue()


def page(port: int) -> bytes:
    """A page that asks for what lies elsewhere in every way."""
    there = f"http://127.0.0.1:{port}/"
    return (
        f"<html><head><base href='{there}'><link rel=stylesheet href='{there}s.css'><script src='{there}x.js'></script>"
        f"<meta http-equiv=refresh content='0;url={there}'></head><body><iframe src='{there}'></iframe>"
        f"<img src='{there}'><object data='{there}'></object><xi:include href='{there}' xmlns:xi='http://www.w3.org/2001/XInclude'/>"
        f"<p>{'The harbour ferry sailed again on Monday. ' * 9}</p></body></html>"
    ).encode()


def fill(folder: Path, outside: Path, port: int) -> None:
    """Put all of it there."""
    secret, mark = outside / "secret.txt", outside / "mark.txt"
    secret.write_text(SECRET, encoding="utf-8")
    for name in XML:
        for encoding, kind in product(("utf-8", "utf-16"), ("file", "server", "within", "laughs")):
            content = with_entity(seed(name)[1], encoding, *declared(kind, secret, port))
            (folder / f"{name}-{kind}-{encoding}.xml").write_bytes(content)
            (folder / f"{name}-{kind}-{encoding}-broken.xml").write_bytes(content[: -len(content) // 20])
    for protocol in range(5):
        for ending in ("json", "txt", "csv", "docx", "pkl"):
            content = pickle.dumps(Runs(mark), protocol)
            (folder / f"pickle{protocol}.{ending}").write_bytes(content)
            (folder / f"told{protocol}.{ending}").write_bytes(b'{"py/reduce": "os.system", "text": "x"}\n' + content)
    (folder / "a.tar").write_bytes(tarred(mark))
    (folder / "a.zip").write_bytes(zipped(mark))
    (folder / "a.wacz").write_bytes(zipped(mark))
    (folder / "a.docx").write_bytes(word(port))
    (folder / "a.html").write_bytes(page(port))
    external = (
        f"Content-Type: message/external-body; access-type=URL; URL=http://127.0.0.1:{port}/\nSubject: x\n\n\nx\n"
    )
    (folder / "a.eml").write_text(external, encoding="utf-8")
    (folder / "a.url.txt").write_text(f"http://127.0.0.1:{port}/feed.xml", encoding="utf-8")
    os.mkfifo(folder / "fifo.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "tty.txt").symlink_to("/dev/tty")
    (folder / "self").symlink_to(folder)
    (folder / "round1").symlink_to(folder / "round2")
    (folder / "round2").symlink_to(folder / "round1")
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(folder)  # the name of a socket has at most 108 bytes
        one.bind("socket.txt")
        os.chdir(here)


def test_nothing_in_strangers_files_is_done(tmp_path: Path, server: Asked) -> None:
    """No program, no connection, no file written, no other file read; every file gives an article or a reason."""
    folder, outside, scratch = tmp_path / "in", tmp_path / "out", tmp_path / "scratch"
    for made in (folder, outside, scratch):
        made.mkdir()
    fill(folder, outside, server.port)
    names = {path.name for path in folder.iterdir()} - {"self"}  # entered already, under its own name
    environment = os.environ | {"TMPDIR": str(scratch), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(TOP)}
    command = [sys.executable, "-c", READ, str(folder), str(scratch)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=outside
    )
    assert done.returncode == 0, done.stderr
    output, _, told = done.stdout.partition("TOLD")
    assert told.split("\n")[1:-1] == []
    assert server.came == []
    assert SECRET not in output
    assert sorted(path.name for path in outside.iterdir()) == ["secret.txt"]
    assert {"in", "out", "scratch"} == {path.name for path in tmp_path.iterdir()}
    assert [name for name in sorted(names) if f"/in/{name}" not in output] == []
    assert max(map(len, output.splitlines())) < 400_000  # no text of 10 GB
    assert "ARTICLE" in output


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    """Between the listing of a folder and the reading of it anything may happen."""
    from searcher.config import Settings
    from searcher.models import Skipped
    from searcher.readers import read_file

    os.mkfifo(tmp_path / "a.txt")
    reason = "cannot be read (not a regular file); check the file and the disk"
    assert list(read_file(tmp_path / "a.txt", Settings())) == [Skipped(str(tmp_path / "a.txt"), reason)]
