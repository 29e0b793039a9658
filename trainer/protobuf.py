"""Protocol Buffers, as far as files of models need them: the fields of a message, where they lie in it.

protobuf.dev/programming-guides/encoding: a key is the field's number and how it is written, then its value.
"""

import mmap
from collections.abc import Iterator

VARINT, BYTES, FOUR = 0, 2, 5

Place = tuple[int, int]
"""Where a value begins and ends in the file; a number stands there itself, twice."""
Data = bytes | mmap.mmap


def fields(data: Data, place: Place) -> Iterator[tuple[int, Place]]:
    """The fields of a message: each its number and its place."""
    at, end = place
    while at < end:
        key, at = varint(data, at)
        wire = key & 7
        size = 4 if wire == FOUR else 8
        if wire in (VARINT, BYTES):
            size, at = varint(data, at)
        if wire == VARINT:
            yield key >> 3, (size, size)
            continue
        yield key >> 3, (at, at + size)
        at += size


def varint(data: Data, at: int) -> Place:
    """A number of seven bits a byte, and the place after it."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
