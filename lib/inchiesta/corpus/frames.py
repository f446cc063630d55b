"""What parent and child say to each other: length, JSON header, length, payload. Plain data, never pickle."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

Header = dict[str, Any]

_HEADER_LENGTH = struct.Struct(">I")
_PAYLOAD_LENGTH = struct.Struct(">Q")
# A header holds names and metadata; what is longer does not come from our own child.
MAX_HEADER = 4_000_000


class FrameError(Exception):
    """The other side sent something that is not a frame, or too much."""


def pack_frame(header: Header, payload: bytes = b"") -> list[bytes]:
    """Give a frame as the pieces to be written one after the other."""
    encoded = json.dumps(header).encode("ascii")
    return [_HEADER_LENGTH.pack(len(encoded)), encoded, _PAYLOAD_LENGTH.pack(len(payload)), payload]


def read_frame(read: Callable[[int], bytes], *, max_payload: int) -> tuple[Header, bytes]:
    """Read one frame.

    Parameters
    ----------
    read
        Gives exactly as many bytes as asked for, or raises.
    max_payload
        Largest payload accepted, in bytes.

    Raises
    ------
    FrameError
        If the lengths or the header are not what a frame has.
    """
    (length,) = _HEADER_LENGTH.unpack(read(_HEADER_LENGTH.size))
    if length > MAX_HEADER:
        raise FrameError(f"a header of {length} bytes, the limit is {MAX_HEADER}")
    try:
        header = json.loads(read(length))
    except (ValueError, RecursionError) as error:
        raise FrameError("a header that is not JSON") from error
    if not isinstance(header, dict):
        raise FrameError("a header that is not an object")
    (size,) = _PAYLOAD_LENGTH.unpack(read(_PAYLOAD_LENGTH.size))
    if size > max_payload:
        raise FrameError(f"a payload of {size} bytes, the limit is {max_payload}")
    return header, read(size) if size else b""
