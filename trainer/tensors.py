"""The named arrays of an ONNX file, where they lie in it: nothing is read from the disk before it is used.

Of the format (Protocol Buffers; github.com/onnx/onnx, onnx.proto) only what carries numbers is read: field 7 of a model
is its graph, fields 5 of that are tensors with dims (1), data_type (2), name (8) and raw_data (9). The file was
verified before (``trainer.models``), so that it is as it is expected to be.
"""

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import protobuf
from trainer.protobuf import Place

GRAPH, TENSOR = 7, 5
DIMS, KIND, NAME, RAW = 1, 2, 8, 9
_KINDS = {1: np.float32, 3: np.int8}
"""The kinds of numbers that are read, by their TensorProto.DataType; others are passed over."""

Array = npt.NDArray[Any]


def read(path: Path) -> dict[str, Array]:
    """Every tensor of int8 or float32 by its name; they live as long as the file is mapped."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    graph = dict(protobuf.fields(data, (0, len(data))))[GRAPH]
    return dict(_tensors(data, graph))


def _tensors(data: mmap.mmap, graph: Place) -> Iterator[tuple[str, Array]]:
    for number, place in protobuf.fields(data, graph):
        fields = list(protobuf.fields(data, place)) if number == TENSOR else []
        known = dict(fields)
        if RAW in known and known[KIND][0] in _KINDS:
            kind, (start, end) = np.dtype(_KINDS[known[KIND][0]]), known[RAW]
            dims = [size for number, place in fields if number == DIMS for size in _sizes(data, place)]
            array = np.frombuffer(data, kind, (end - start) // kind.itemsize, start).reshape(dims)
            yield data[slice(*known[NAME])].decode(), array


def _sizes(data: mmap.mmap, place: Place) -> Iterator[int]:
    """The dims in a field: one, or several packed together."""
    at, end = place
    if at == end:
        yield at
    while at < end:
        size, at = protobuf.varint(data, at)
        yield size
