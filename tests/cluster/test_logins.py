"""Logins and certificates, at a door with TLS before a real cluster: who gets in, and what the others read."""

import logging
import os
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from cluster.fronts import Authority, opensearch, passing_on, serving

from searcher import Archive
from searcher.config import login
from searcher.errors import ClusterError, UsageError

PREFIX = "SEARCHER_OPENSEARCH_"
USER, PASSWORD, API_KEY = "archivist", "geheim:пароль", "a2V5OmdlaGVpbQ=="
SECRETS = ("geheim", API_KEY, b64encode(f"{USER}:{PASSWORD}".encode()).decode(), "пароль")
LOGINS = {f"Basic {SECRETS[2]}", f"ApiKey {API_KEY}"}
NOT_ACCEPTED = "does not accept this login; look at SEARCHER_OPENSEARCH_USER and its password, or at the API key"
ASKS = (
    "asks for a login: set SEARCHER_OPENSEARCH_USER and SEARCHER_OPENSEARCH_PASSWORD_FILE, or "
    "SEARCHER_OPENSEARCH_API_KEY_FILE"
)

Say = Callable[..., None]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Sets what the environment says of logins and certificates, and nothing else of them."""

    def set_all(**said: object) -> None:
        for name in ("USER", "PASSWORD", "PASSWORD_FILE", "API_KEY", "API_KEY_FILE", "CA", "CERT", "KEY"):
            monkeypatch.delenv(PREFIX + name, raising=False)
        for name, value in said.items():
            monkeypatch.setenv(PREFIX + name, str(value))

    set_all()
    return set_all


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who has certified the door."""
    return Authority(tmp_path_factory.mktemp("tls") / "ours", "Authority of the archive")


@pytest.fixture
def door(authority: Authority, cluster_url: str) -> Iterator[str]:
    """The address of an archive behind a door that asks for a login; it is deleted when the test ends."""
    name = f"faults-{uuid4().hex}"
    with serving(passing_on(cluster_url, LOGINS.__contains__), authority.server()) as port:
        yield f"opensearchs://127.0.0.1:{port}/{name}"
    from searcher.engines.opensearch import OpenSearchEngine

    with pytest.MonkeyPatch.context() as patch:
        for variable in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(variable)
        OpenSearchEngine.delete(f"opensearch://{cluster_url.partition('://')[2]}/{name}")


def said_of(url: str) -> str:
    """What the user reads of an archive that cannot be asked, without its address."""
    with pytest.raises(ClusterError) as raised:
        assert Archive.open(url).exists
    assert str(raised.value).startswith(f"{url}: ")
    return str(raised.value).removeprefix(f"{url}: ")


def test_a_user_with_a_password_gets_in(door: str, authority: Authority, say: Say, corpus: Path) -> None:
    """By name and password, any letters in it, articles are added and found."""
    say(USER=USER, PASSWORD=PASSWORD, CA=authority.file)
    with Archive.open(door) as archive:
        report = archive.add(corpus, processes=1)
        assert report.added == archive.stats().articles > 0


def test_secrets_may_stand_in_files(door: str, authority: Authority, say: Say, tmp_path: Path) -> None:
    """The line that an editor ends is no part of them."""
    (tmp_path / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    (tmp_path / "key").write_text(API_KEY + "\r\n", encoding="utf-8")
    exists = []
    for said in ({"USER": USER, "PASSWORD_FILE": tmp_path / "password"}, {"API_KEY_FILE": tmp_path / "key"}):
        say(**said, CA=authority.file)
        exists.append(Archive.open(door).exists)
    assert exists == [False, False]  # it was asked, and there is none yet


def test_a_login_that_is_wrong_or_missing_is_told_apart(door: str, authority: Authority, say: Say) -> None:
    """Both lines say what to look at, and neither shows it."""
    say(CA=authority.file)
    assert said_of(door) == ASKS
    say(CA=authority.file, USER=USER, PASSWORD="geheim")
    assert said_of(door) == NOT_ACCEPTED
    say(CA=authority.file, API_KEY="Z2VoZWlt")
    assert said_of(door) == NOT_ACCEPTED


def test_an_authority_that_nobody_knows_is_not_trusted(door: str, say: Say, tmp_path: Path) -> None:
    """Neither where none is named, nor where another one is; the line says how to name one."""
    say(USER=USER, PASSWORD=PASSWORD)
    alone = said_of(door)
    say(USER=USER, PASSWORD=PASSWORD, CA=Authority(tmp_path / "theirs", "Another authority").file)
    for told in (alone, said_of(door)):
        assert told.startswith("its certificate is not trusted (")
        assert told.endswith("); SEARCHER_OPENSEARCH_CA names the authority to trust")


def test_a_certificate_for_another_host_is_not_trusted(authority: Authority, say: Say) -> None:
    """The authority is the right one, and the name is not."""
    say(CA=authority.file)
    with serving(lambda *_: (200, {}, opensearch()), authority.server("DNS:news.example")) as port:
        told = said_of(f"opensearchs://127.0.0.1:{port}/news")
    assert told.startswith("its certificate is for another host (")
    assert told.endswith("); use the name that it is for")


def test_a_client_shows_its_certificate(authority: Authority, cluster_url: str, say: Say) -> None:
    """Where the door asks for one: with it there is an answer, without it the line names the settings."""
    certificate, key = authority.certify("reader")
    with serving(passing_on(cluster_url), authority.server(clients=True)) as port:
        url = f"opensearchs://127.0.0.1:{port}/faults-none"
        say(CA=authority.file, CERT=certificate, KEY=key)
        assert not Archive.open(url).exists
        say(CA=authority.file)
        told = said_of(url)
    assert "SEARCHER_OPENSEARCH_CERT and SEARCHER_OPENSEARCH_KEY name it" in told


def test_an_encrypted_key_does_not_ask_the_terminal(authority: Authority, say: Say, tmp_path: Path) -> None:
    """It is refused with what to do."""
    certificate, key = authority.certify("locked")
    locked = tmp_path / "locked.key"
    subprocess.run(["openssl", "pkey", "-in", key, "-aes256", "-passout", "pass:geheim", "-out", locked], check=True)
    say(CA=authority.file, CERT=certificate, KEY=locked)
    assert said_of("opensearchs://127.0.0.1:9/news") == (
        f"{certificate} cannot be used (its key is encrypted; give one that is not, in a file that only you can read); "
        "SEARCHER_OPENSEARCH_CERT and SEARCHER_OPENSEARCH_KEY must name files in PEM"
    )


def test_certificates_that_cannot_be_read_are_named(say: Say, tmp_path: Path) -> None:
    """Before anything is sent."""
    say(CA=tmp_path / "none.pem")
    assert said_of("opensearchs://127.0.0.1:9/news") == (
        f"{tmp_path / 'none.pem'} cannot be used ([Errno 2] No such file or directory); SEARCHER_OPENSEARCH_CA must "
        "name files in PEM"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"USER": "me"}, "a login needs both"),
        ({"PASSWORD": "geheim"}, "a login needs both"),
        ({"USER": "me", "PASSWORD": "geheim", "API_KEY": "geheim"}, "a login is a user or an API key"),
        ({"USER": "me:you", "PASSWORD": "geheim"}, "a user's name has no colon"),
        ({"API_KEY": "geheim\nX-More: 1"}, "an API key is one line"),
        ({"API_KEY": "geheim ключ"}, "an API key is one line"),
        ({"KEY": "/some.key"}, "a key belongs to a certificate"),
    ],
)
def test_a_login_that_cannot_be_meant_is_refused(said: dict[str, str], expected: str, say: Say) -> None:
    """Before anything is sent, and without a word of the secret."""
    say(**said)
    with pytest.raises(UsageError) as raised:
        login()
    assert str(raised.value).startswith(expected)
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(("held", "expected"), [(b"", "is empty"), (b"\xff\xfegeheim", "is not UTF-8")])
def test_a_file_without_a_secret_is_refused(held: bytes, expected: str, say: Say, tmp_path: Path) -> None:
    """An empty one would be no login at all, and what is in it is not shown."""
    (tmp_path / "key").write_bytes(held)
    say(API_KEY_FILE=tmp_path / "key")
    with pytest.raises(UsageError) as raised:
        login()
    assert str(raised.value) == f"{tmp_path / 'key'}: {expected}; SEARCHER_OPENSEARCH_API_KEY_FILE names it"
    assert raised.value.__cause__ is None


@pytest.mark.parametrize("kind", ["password", "key"])
def test_secrets_are_nowhere_to_be_read(
    kind: str, door: str, authority: Authority, say: Say, caplog: pytest.LogCaptureFixture, corpus: Path
) -> None:
    """Neither in a log of everything, nor in how objects look, nor in errors and their causes."""
    caplog.set_level(logging.DEBUG)
    said = {"USER": USER, "PASSWORD": PASSWORD} if kind == "password" else {"API_KEY": API_KEY}
    say(**said, CA=authority.file)
    with Archive.open(door) as archive:
        archive.add(min(corpus.iterdir()), processes=1)
        engine = archive._readable()
        looks = [
            repr(part)
            for part in (login(), archive, engine, vars(engine), vars(engine._cluster), engine._cluster.client)
        ]
        with pytest.raises(ClusterError) as raised:
            Archive.open(door.replace("opensearchs", "opensearch")).stats()
    causes = [repr(raised.value), repr(raised.value.__cause__), repr(vars(raised.value.__cause__))]
    told = "\n".join([caplog.text, *looks, *causes])
    assert "opensearch" in caplog.text  # it was logged
    assert [secret for secret in SECRETS if secret in told] == []


def command(program: str, *words: object, **environment: object) -> "subprocess.CompletedProcess[str]":
    """Run a command as a user does, with this login and nothing else."""
    code = f"from searcher.cli.{program} import main; main()"
    return subprocess.run(
        [sys.executable, "-W", "default", "-c", code, *map(str, words)],
        capture_output=True, text=True, check=False,
        env={**os.environ, **{PREFIX + name: str(value) for name, value in environment.items()}},
    )  # fmt: skip


def test_commands_show_no_secret(door: str, authority: Authority, say: Say, corpus: Path) -> None:
    """One line where the login is wrong, a whole session where it is right; no warning or secret in any of it."""
    right = {"USER": USER, "PASSWORD": PASSWORD, "CA": authority.file}
    done = [
        command("archive", "status", "-i", door, **{**right, "PASSWORD": "geheim-1"}),
        command("archive", "add", corpus, "-i", door, **right),
        command("archive", "status", "--json", "-i", door, **right),
        command("archive", "check", "--deep", "-i", door, **right),
        command("search", "the", "-i", door, **right),
    ]
    assert [each.returncode for each in done] == [2, 0, 0, 0, 0]
    assert done[0].stderr == f"archive: {door}: {NOT_ACCEPTED}\n"
    told = "".join(each.stdout + each.stderr for each in done)
    assert [secret for secret in (*SECRETS, "Warning", "Traceback", "urllib3") if secret in told] == []


def test_tls_context_is_the_strict_one(authority: Authority, say: Say) -> None:
    """Certificates and names of hosts are looked at, whatever is set."""
    from searcher.engines.opensearch.address import Address
    from searcher.engines.opensearch.cluster import _trusting

    say(CA=authority.file)
    context = _trusting(Address.of("opensearchs://127.0.0.1:9/news"), login())
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
