"""The parser process: limited in memory, time and files, without network, answers in frames.

Started by `inchiesta.corpus.process` as `python -m inchiesta.corpus.child MEMORY_BYTES`; ends when its input ends.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from inchiesta.corpus.formats import PARSED_BY_CHILD
from inchiesta.corpus.frames import Header, pack_frame, read_frame
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.raw import Parsed

# Libraries open a few files when they are loaded; one archive is open at a time.
_OPEN_FILES = 64
# The parent kills by the clock; this ends a child whose parent is gone. Seconds of work after which it ends.
_CPU_SPARE = 60


def main() -> None:
    """Answer requests until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_process(int(sys.argv[1]))
    _block_network()
    source, sink = _take_pipes()

    def send(header: Header, payload: bytes = b"") -> None:
        for piece in pack_frame(header, payload):
            sink.write(piece)
        sink.flush()

    while True:
        try:
            request, payload = read_frame(lambda n: _read_exactly(source, n), max_payload=sys.maxsize)
        except EOFError:
            return
        limits = Limits(**request["limits"])
        _limit_work(limits.seconds)
        _answer(request, payload, limits, send)


def _answer(request: Header, payload: bytes, limits: Limits, send: Callable[..., None]) -> None:
    try:
        if request["kind"] == "zip":
            _walk(request, limits, send)
        else:
            send(*_document(request["kind"], payload, limits))
        send({"frame": "end"})
    except MemoryError:
        send({"frame": "memory"})
        # Memory is in pieces now; the next document deserves a fresh process.
        sys.exit(0)
    except SetAsideError as refusal:
        send({"frame": "refused", "reason": refusal.reason})
        send({"frame": "end"})


def _document(kind: str, data: bytes, limits: Limits) -> tuple[Header, bytes]:
    """Parse one document; every failure but that of memory becomes its reason."""
    try:
        parsed = _parse(kind, data, limits)
        if len(parsed.text) > limits.text_bytes:
            words = f"{len(parsed.text):,} characters, the limit is {limits.text_bytes:,}"
            raise SetAsideError(Outcome.TOO_LARGE, words)
    except SetAsideError as refusal:
        return {"frame": "document", "reason": refusal.reason}, b""
    except MemoryError:
        raise
    except Exception as error:
        # Messages of libraries may quote the text: only the name of the class leaves.
        reason = f"{Outcome.UNREADABLE.value}: {kind} parser, {type(error).__name__}"
        return {"frame": "document", "reason": reason}, b""
    stated = asdict(parsed)
    text = stated.pop("text").encode("utf-8", "surrogatepass")
    return {"frame": "document", "reason": "", "stated": stated}, text


def _parse(kind: str, data: bytes, limits: Limits) -> Parsed:
    # Imported when needed: each library costs up to half a second and 100 MB of the child's memory.
    if kind == "html":
        from inchiesta.corpus.html import parse_html

        return parse_html(data)
    if kind == "pdf":
        from inchiesta.corpus.pdf import parse_pdf

        return parse_pdf(data)
    from inchiesta.corpus.docx import parse_docx

    return parse_docx(data, limits)


def _walk(request: Header, limits: Limits, send: Callable[..., None]) -> None:
    from inchiesta.corpus.archives import Walk

    with Path(request["path"]).open("rb") as archive:
        size = os.fstat(archive.fileno()).st_size
        walk = Walk(limits, size, after=request["after"], refuse=request["refuse"])
        for step in walk.steps(archive):
            about = {"number": step.number, "member": step.name, "sha256": step.sha256, "format": step.format}
            if step.begun:
                send({"frame": "begun", **about})
                _limit_work(limits.seconds)
            elif step.format in PARSED_BY_CHILD:
                send({"frame": "begun", **about})
                header, text = _document(step.format, step.data, limits)
                send({**about, **header}, text)
            else:
                send({"frame": "member", "reason": step.reason, **about}, step.data)


def _read_exactly(source: BinaryIO, n_bytes: int) -> bytes:
    data = source.read(n_bytes)
    if len(data) < n_bytes:
        raise EOFError
    return data


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for frames: what a library prints must not land between them."""
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return source, sink


def _limit_process(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still counts.
        return
    limits = ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_NOFILE, _OPEN_FILES), (resource.RLIMIT_FSIZE, 0),
              (resource.RLIMIT_CORE, 0))  # fmt: skip
    for kind, most in limits:
        try:
            hard = resource.getrlimit(kind)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # macOS refuses some of them
            continue


def _limit_work(seconds: float) -> None:
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime + 2 * seconds) + _CPU_SPARE
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


class _NoSocket(socket.socket):
    """Takes the place of socket.socket: a parser has nobody to talk to."""

    def __init__(self, *_: Any, **__: Any) -> None:
        raise OSError("the parser process has no network")


def _refuse_network(*_: Any, **__: Any) -> NoReturn:
    raise OSError("the parser process has no network")


def _block_network() -> None:
    socket.socket = _NoSocket  # type: ignore[misc]
    for name in ("create_connection", "create_server", "socketpair", "fromfd", "getaddrinfo", "gethostbyname"):
        setattr(socket, name, _refuse_network)


if __name__ == "__main__":
    main()
