"""Schemathesis makes requests from the description of the server: none is answered in a way that it does not name."""

import os
import re
import sys

from cli.shell import TOP, Shell, serving
from conftest import Effort

OPERATIONS = 8  # all but the description itself, which schemathesis has by then
# What it may find wrong, but for rights and for what is changed by requests: there is nothing of the kind here.
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,positive_data_acceptance,unsupported_method,"
    "allow_header_conformance"
)


def test_every_answer_is_as_described(sample_shell: Shell, effort: Effort) -> None:
    """Status, type and schema; what the description allows is accepted, what it does not is refused; no 5xx."""
    ids = " ".join(hit["id"] for hit in sample_shell.found("-n", "10", "Syria")["hits"])
    told = {
        "SCHEMATHESIS_HOOKS": "reliability.schemathesis_hooks", "PYTHONPATH": str(TOP / "tests"), "ARTICLE_IDS": ids,
        "PYTHONWARNINGS": "", "NO_COLOR": "1",
    }  # fmt: skip
    seconds = effort(0, 330)
    with serving(sample_shell) as (address, running):
        done = Shell(sample_shell.folder, extra=told, seconds=seconds + 120).run(
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}api/openapi.json", "--checks", CHECKS),
            *("--phases", "coverage,fuzzing", "--max-examples", "10", "--continue-on-failure"),
            *(("--max-time", str(seconds)) if seconds else ()),
            *(("--seed", "1") if os.environ.get("CI") else ()),
        )
        assert running.poll() is None
    print(done.stdout[-600:])
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert f"{OPERATIONS} selected / {OPERATIONS} total" in done.stdout
    generated = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert generated, done.stdout
    assert int(generated[1]) > 500
    assert "WARNINGS" not in done.stdout
