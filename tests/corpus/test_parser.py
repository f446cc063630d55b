from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from inchiesta.corpus.frames import FrameError, pack_frame, read_frame
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.parser import Parser
from inchiesta.corpus.process import ChildProcess, ProcessEndedError
from inchiesta.corpus.read import read_file
from inchiesta.corpus.sources import SourceFile
from tests.fixtures.containers import build_zip

PAGE = b"<html><body><p>Parole di una pagina.</p></body></html>"
LIMITS = Limits()


@pytest.fixture
def parser() -> Iterator[Parser]:
    with Parser(LIMITS) as fresh:
        yield fresh


def refusal(parser: Parser, data: bytes = PAGE) -> SetAsideError:
    with pytest.raises(SetAsideError) as caught:
        parser.parse_html(data)
    return caught.value


def test_the_child_starts_with_the_first_page_and_stays(parser: Parser) -> None:
    assert parser.pid == 0
    assert parser.parse_html(PAGE).text == "Parole di una pagina."
    first = parser.pid
    parser.parse_html(PAGE)
    assert parser.pid == first and parser.n_started == 1


def test_a_page_that_is_set_aside_does_not_cost_the_child(parser: Parser) -> None:
    parser.parse_html(PAGE)
    first = parser.pid
    assert refusal(parser, b"<html><script>1</script></html>").outcome is Outcome.NO_TEXT
    assert parser.pid == first


def test_the_child_ends_with_the_parser() -> None:
    with Parser(LIMITS) as parser:
        parser.parse_html(PAGE)
        child = psutil.Process(parser.pid)
    assert not child.is_running()


def test_a_stopped_child_is_a_timeout_and_the_next_page_is_read() -> None:
    with Parser(LIMITS) as parser:
        parser.parse_html(PAGE)
        first = parser.pid
        os.kill(first, signal.SIGSTOP)
        parser._limits = replace(LIMITS, seconds=0.3)
        begun = time.monotonic()
        assert refusal(parser).reason == "timeout: not parsed within 0.3 seconds"
        assert time.monotonic() - begun < 3
        assert not psutil.pid_exists(first)
        parser._limits = LIMITS
        assert parser.parse_html(PAGE).text


def test_a_stopped_child_does_not_block_a_large_request() -> None:
    with Parser(LIMITS) as parser:
        parser.parse_html(PAGE)
        os.kill(parser.pid, signal.SIGSTOP)
        parser._limits = replace(LIMITS, seconds=0.3)
        assert refusal(parser, PAGE + b" " * 5_000_000).outcome is Outcome.TIMEOUT


def test_too_little_time_is_a_timeout(parser: Parser) -> None:
    with Parser(replace(LIMITS, seconds=0.01)) as hasty:
        assert refusal(hasty).outcome is Outcome.TIMEOUT
    assert parser.parse_html(PAGE).text


def test_a_child_killed_at_work_costs_one_file(tmp_path: Path) -> None:
    files = []
    for number in range(3):
        location = tmp_path / f"{number}.html"
        location.write_bytes(PAGE)
        files.append(SourceFile(location.name, location, len(PAGE)))
    with Parser(LIMITS) as parser:
        outcomes = [read_file(files[0], limits=LIMITS, parser=parser)[0].status]
        # Stopped, so that the request is on its way when the child dies.
        os.kill(parser.pid, signal.SIGSTOP)
        killer = threading.Timer(0.3, os.kill, (parser.pid, signal.SIGKILL))
        killer.start()
        lost = read_file(files[1], limits=LIMITS, parser=parser)[0]
        killer.join()
        outcomes.append(read_file(files[2], limits=LIMITS, parser=parser)[0].status)
    assert lost.reason == "interrupted: the parser process was ended by signal 9 on this file"
    assert lost.sha256 and outcomes == ["read", "read"]


def test_a_child_killed_between_two_pages_costs_no_file(parser: Parser) -> None:
    parser.parse_html(PAGE)
    child = psutil.Process(parser.pid)
    child.kill()
    psutil.wait_procs([child], timeout=5)
    assert parser.parse_html(PAGE).text and parser.n_started == 2


def test_too_much_memory_is_an_outcome_and_the_next_page_is_read() -> None:
    # 250 MB are enough to load the libraries and not for a million elements.
    with Parser(replace(LIMITS, memory_bytes=250_000_000)) as parser:
        assert parser.parse_html(PAGE).text
        assert refusal(parser, b"<body>" + b"<p>a" * 2_000_000).outcome is Outcome.MEMORY
        assert parser.parse_html(PAGE).text


def test_the_child_has_limits_and_no_network(parser: Parser) -> None:
    parser.parse_html(PAGE)
    child = psutil.Process(parser.pid)
    assert child.rlimit(psutil.RLIMIT_AS) == (LIMITS.memory_bytes, LIMITS.memory_bytes)
    assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
    assert child.rlimit(psutil.RLIMIT_NOFILE)[1] <= 64
    assert child.rlimit(psutil.RLIMIT_CPU)[0] < 600
    assert child.net_connections() == []
    assert {"PATH", "HOME"}.isdisjoint(child.environ())


def test_sockets_are_refused_in_the_child() -> None:
    code = (
        "from inchiesta.corpus.child import _block_network; _block_network(); import socket, ssl, urllib3\n"
        "try: socket.socket()\n"
        "except OSError as error: assert 'no network' in str(error)\n"
        "else: raise SystemExit(1)"
    )
    import subprocess
    import sys

    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_the_child_is_renewed_after_many_documents() -> None:
    with Parser(replace(LIMITS, documents_per_child=2)) as parser:
        pids = []
        for _ in range(4):
            parser.parse_html(PAGE)
            pids.append(parser.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_forked_copy_does_not_touch_the_child_of_its_parent(parser: Parser) -> None:
    parser.parse_html(PAGE)
    first, owner = parser.pid, parser._owner
    parser._owner = owner + 1
    parser.close()
    assert psutil.pid_exists(first)
    assert parser.parse_html(PAGE).text and parser.pid != first
    os.kill(first, signal.SIGKILL)


def test_a_walk_left_half_way_leaves_a_working_parser(parser: Parser, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(build_zip({f"{n}.txt": "x" * 100_000 for n in range(50)}))
    walk = parser.walk_archive(tmp_path / "a.zip")
    assert next(walk).name == "0.txt"
    walk.close()
    assert parser.parse_html(PAGE).text


def test_a_broken_answer_is_refused_before_it_is_held() -> None:
    pieces = b"".join(pack_frame({"frame": "x"}, b"payload"))

    def reader(data: bytes):  # type: ignore[no-untyped-def]
        rest = bytearray(data)

        def take(n_bytes: int) -> bytes:
            taken = bytes(rest[:n_bytes])
            del rest[:n_bytes]
            return taken

        return take

    assert read_frame(reader(pieces), max_payload=7) == ({"frame": "x"}, b"payload")
    start = b"\0\0\0\2"
    for damaged in (b"\xff" * 4, start + b"[]" + bytes(8), start + b"{}" + b"\xff" * 8, start + b"??" + bytes(8)):
        with pytest.raises(FrameError):
            read_frame(reader(damaged), max_payload=7)


def test_a_child_that_sends_garbage_is_ended() -> None:
    child = ChildProcess(memory_bytes=LIMITS.memory_bytes)
    child.write([b"\0\0\0\2{}" + bytes(8)], seconds=10)
    with pytest.raises(ProcessEndedError, match="status 1"):
        child.read(4, seconds=10)
    child.kill()
