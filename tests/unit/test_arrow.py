"""The reader of the Arrow C interface against producers that break its rules."""

from __future__ import annotations

import ctypes
import gc
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, py_object
from typing import Any

import numpy as np
import pytest

from wholenet import _core

TAKEN_AS_IT_IS: dict[str, Any] = {
    "directed": True,
    "loops": "keep",
    "duplicates": "first",
    "unknown": "error",
    "signed": False,
}
FAILED = 5


class Schema(Structure):
    """A type, as the interface lays it out."""


class Array(Structure):
    """Rows of a column, as the interface lays them out."""


class Stream(Structure):
    """A producer of arrays, as the interface lays it out."""


Callback = CFUNCTYPE(None, c_void_p)
Filler = CFUNCTYPE(c_int, c_void_p, c_void_p)
Message = CFUNCTYPE(c_void_p, c_void_p)
Schema._fields_ = [
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_char_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", c_void_p),
    ("dictionary", POINTER(Schema)),
    ("release", Callback),
    ("private_data", c_void_p),
]
Array._fields_ = [
    ("length", c_int64),
    ("null_count", c_int64),
    ("offset", c_int64),
    ("n_buffers", c_int64),
    ("n_children", c_int64),
    ("buffers", c_void_p),
    ("children", c_void_p),
    ("dictionary", POINTER(Array)),
    ("release", Callback),
    ("private_data", c_void_p),
]
Stream._fields_ = [
    ("get_schema", Filler),
    ("get_next", Filler),
    ("get_last_error", Message),
    ("release", Callback),
    ("private_data", c_void_p),
]

NEW = ctypes.pythonapi.PyCapsule_New
NEW.restype = py_object
NEW.argtypes = [c_void_p, c_char_p, c_void_p]


class Producer:
    """Exports one column by hand; counts how often each structure is released."""

    def __init__(self, kind: bytes | None, *arrays: dict[str, Any], fail: str = "") -> None:
        self.kind = kind
        self.arrays = list(arrays)
        self.fail = fail
        self.released = {"schema": 0, "array": 0, "stream": 0}
        self.made = {"schema": 0, "array": 0, "stream": 0}
        self.kept: list[Any] = []
        self.dictionary: Producer | None = None
        self.message = ctypes.create_string_buffer(b"the disk is gone")

    def _release(self, what: str, structure: type[Structure]) -> Any:
        def release(address: int) -> None:
            self.released[what] += 1
            structure.from_address(address).release = Callback()

        self.kept.append(Callback(release))
        return self.kept[-1]

    def schema(self, to: Any) -> None:
        """Describe the column."""
        self.made["schema"] += 1
        to.format = self.kind
        to.release = self._release("schema", Schema)
        if self.dictionary is not None:
            inner = Schema()
            inner.format = self.dictionary.kind
            self.kept.append(inner)
            to.dictionary = ctypes.pointer(inner)

    def array(self, to: Any, plan: dict[str, Any]) -> None:
        """Hand over some rows."""
        self.made["array"] += 1
        self.fill(to, plan)
        to.release = self._release("array", Array)

    def fill(self, to: Any, plan: dict[str, Any]) -> None:
        """Write the parts of an array."""
        buffers = [None if part is None else np.ascontiguousarray(part) for part in plan.get("buffers", [])]
        pointers = (c_void_p * max(len(buffers), 1))()
        for place, buffer in enumerate(buffers):
            pointers[place] = None if buffer is None else buffer.ctypes.data + plan.get("shift", 0)
        self.kept += [buffers, pointers]
        to.length, to.offset = plan.get("length", 0), plan.get("offset", 0)
        to.null_count = plan.get("null_count", -1)
        to.n_buffers = plan.get("n_buffers", len(buffers))
        to.buffers = None if plan.get("no_buffers") else ctypes.addressof(pointers)
        if self.dictionary is not None and self.dictionary.arrays:
            inner = Array()
            self.dictionary.fill(inner, self.dictionary.arrays[0])
            self.kept += [inner, self.dictionary]
            to.dictionary = ctypes.pointer(inner)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """Export the column."""
        rest = iter(self.arrays)

        def get_schema(_: int, to: int) -> int:
            if self.fail == "schema":
                return FAILED
            self.schema(Schema.from_address(to))
            return 0

        def get_next(_: int, to: int) -> int:
            if self.fail == "next":
                return FAILED
            plan = next(rest, None)
            if plan is None:
                Array.from_address(to).release = Callback()
            else:
                self.array(Array.from_address(to), plan)
            return 0

        self.made["stream"] += 1
        stream = Stream()
        stream.get_schema, stream.get_next = Filler(get_schema), Filler(get_next)
        if self.fail != "message":
            stream.get_last_error = Message(lambda _: ctypes.addressof(self.message))
        stream.release = self._release("stream", Stream)
        self.kept += [stream, stream.get_schema, stream.get_next, stream.get_last_error]
        return NEW(ctypes.addressof(stream), b"arrow_array_stream", None)


def read(column: Any) -> list[Any]:
    """Read the labels of a column of senders that are also the receivers."""
    network, _ = _core.network_from_edges(column, column, None, None, None, **TAKEN_AS_IT_IS)
    return list(network.labels())


def views(*rows: tuple[int, int, int, int]) -> Any:
    """Lay out string views as words."""
    return np.array(rows, dtype=np.int32)


OFFSETS = np.array([0, 1, 3], np.int32)
TEXT = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz", np.uint8)
NUMBERS = np.array([4, 5, 6, 7], np.int64)
HUGE = 2**62

BROKEN: dict[str, tuple[bytes | None, dict[str, Any]]] = {
    "no format": (None, {"length": 2, "buffers": [None, NUMBERS]}),
    "format not text": (b"\xff\xfe", {"length": 2, "buffers": [None, NUMBERS]}),
    "floats": (b"g", {"length": 2, "buffers": [None, NUMBERS]}),
    "a table": (b"+s", {"length": 2, "buffers": [None]}),
    "bytes": (b"z", {"length": 2, "buffers": [None, OFFSETS, TEXT]}),
    "negative length": (b"l", {"length": -1, "buffers": [None, NUMBERS]}),
    "negative offset": (b"l", {"length": 1, "offset": -1, "buffers": [None, NUMBERS]}),
    "endless": (b"l", {"length": HUGE, "buffers": [None, NUMBERS]}),
    "endless text": (b"u", {"length": 2**63 - 1, "buffers": [None, OFFSETS, TEXT]}),
    "far away": (b"l", {"length": 1, "offset": 2**63 - 1, "buffers": [None, NUMBERS]}),
    "both": (b"c", {"length": 2**63 - 1, "offset": 2**63 - 1, "null_count": 1, "buffers": [TEXT, TEXT]}),
    "endless nulls": (b"n", {"length": 2**63 - 1, "n_buffers": 0}),
    "no list of buffers": (b"l", {"length": 2, "no_buffers": True, "n_buffers": 2}),
    "too few buffers": (b"l", {"length": 2, "buffers": [None]}),
    "negative buffers": (b"vu", {"length": 1, "n_buffers": -7, "buffers": [None, NUMBERS]}),
    "no data": (b"l", {"length": 2, "buffers": [None, None]}),
    "no offsets": (b"u", {"length": 2, "buffers": [None, None, TEXT]}),
    "no text": (b"u", {"length": 2, "buffers": [None, OFFSETS, None]}),
    "unaligned": (b"l", {"length": 2, "shift": 1, "buffers": [None, NUMBERS]}),
    "falling offsets": (b"u", {"length": 2, "buffers": [None, np.array([0, 3, 1], np.int32), TEXT]}),
    "negative offsets": (b"u", {"length": 2, "buffers": [None, np.array([-4, 0, 3], np.int32), TEXT]}),
    "negative end": (b"U", {"length": 2, "buffers": [None, np.array([0, 0, -1], np.int64), TEXT]}),
    "endless end": (b"U", {"length": 2, "buffers": [None, np.array([0, 0, 2**63 - 1], np.int64), TEXT]}),
    "not UTF-8": (b"u", {"length": 2, "buffers": [None, OFFSETS, np.array([97, 255, 254], np.uint8)]}),
    "view before": (b"vu", {"length": 1, "buffers": [None, views((13, 0, 0, -1)), TEXT, np.array([26])]}),
    "view beyond": (b"vu", {"length": 1, "buffers": [None, views((13, 0, 0, 14)), TEXT, np.array([26])]}),
    "view of none": (b"vu", {"length": 1, "buffers": [None, views((13, 0, 1, 0)), TEXT, np.array([26])]}),
    "view of negative": (b"vu", {"length": 1, "buffers": [None, views((-13, 0, 0, 0)), TEXT, np.array([26])]}),
    "negative view buffer": (b"vu", {"length": 1, "buffers": [None, views((13, 0, 0, 0)), TEXT, np.array([-26])]}),
    "endless view buffer": (b"vu", {"length": 1, "buffers": [None, views((13, 0, 0, 0)), TEXT, np.array([2**63 - 1])]}),
    "views without lengths": (b"vu", {"length": 1, "buffers": [None, views((13, 0, 0, 0)), TEXT, None]}),
    "null rows": (b"l", {"length": 3, "null_count": 1, "buffers": [np.array([5], np.uint8), NUMBERS]}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_columns_are_errors_and_are_given_back(name: str) -> None:
    kind, plan = BROKEN[name]
    column = Producer(kind, plan)
    with pytest.raises((ValueError, TypeError)):
        read(column)
    gc.collect()
    assert column.released == column.made


def test_good_columns_are_read_and_given_back() -> None:
    good: list[tuple[Producer, list[Any]]] = [
        (Producer(b"l", {"length": 2, "offset": 1, "buffers": [None, NUMBERS]}), [5, 6]),
        (
            Producer(b"l", {"length": 1, "buffers": [None, NUMBERS]}, {"length": 1, "buffers": [None, NUMBERS[2:]]}),
            [4, 6],
        ),
        (Producer(b"u", {"length": 1, "offset": 1, "buffers": [None, OFFSETS, TEXT]}), ["bc"]),
        (Producer(b"U", {"length": 2, "buffers": [None, OFFSETS.astype(np.int64), TEXT]}), ["a", "bc"]),
        (
            Producer(
                b"vu",
                {"length": 2, "buffers": [None, views((13, 0, 0, 1), (1, 120, 0, 0)), TEXT, np.array([26])]},
            ),
            ["bcdefghijklmn", "x"],
        ),
        (Producer(b"l", {"length": 2, "null_count": 0, "buffers": [None, NUMBERS]}), [4, 5]),
        (Producer(b"l", {"length": 2, "buffers": [np.array([7], np.uint8), NUMBERS]}), [4, 5]),
        (Producer(b"u", {"length": 0, "buffers": [None, None, None]}), []),
    ]
    for column, labels in good:
        assert read(column) == labels
        gc.collect()
        assert column.released == column.made


def coded(codes: Any, labels: Producer | None, kind: bytes = b"C") -> Producer:
    """Make a column of positions in a list of labels."""
    column = Producer(kind, {"length": len(codes), "buffers": [None, codes]})
    column.dictionary = labels
    return column


def test_dictionaries() -> None:
    plan = {"length": 2, "buffers": [None, OFFSETS, TEXT]}
    codes = np.array([1, 0, 1], np.uint8)
    assert read(coded(codes, Producer(b"u", plan))) == ["a", "bc"]
    inner = Producer(b"c", {"length": 1, "buffers": [None, codes]})
    inner.dictionary = Producer(b"u", plan)
    broken = [
        coded(np.array([0, 2], np.uint8), Producer(b"u", plan)),
        coded(np.array([0, -1], np.int8), Producer(b"u", plan), b"c"),
        coded(codes, Producer(b"u")),
        coded(codes, inner),
        coded(codes, Producer(b"g", plan)),
        coded(codes, Producer(b"u", plan), b"u"),
    ]
    for column in broken:
        with pytest.raises((ValueError, TypeError)):
            read(column)
        gc.collect()
        assert column.released == column.made


@pytest.mark.parametrize("fail", ["schema", "next"])
def test_errors_of_the_producer_are_passed_on(fail: str) -> None:
    column = Producer(b"l", {"length": 2, "buffers": [None, NUMBERS]}, fail=fail)
    with pytest.raises((ValueError, TypeError), match="the disk is gone"):
        read(column)
    gc.collect()
    assert column.released == column.made


class Once:
    """Hands out the same capsules each time it is asked."""

    def __init__(self, producer: Producer, *, stream: bool) -> None:
        if stream:
            capsule = producer.__arrow_c_stream__()
            self.__dict__["__arrow_c_stream__"] = lambda _=None: capsule
            return
        schema, array = Schema(), Array()
        producer.schema(schema)
        producer.array(array, producer.arrays[0])
        producer.kept += [schema, array]
        pair = (
            NEW(ctypes.addressof(schema), b"arrow_schema", None),
            NEW(ctypes.addressof(array), b"arrow_array", None),
        )
        self.__dict__["__arrow_c_array__"] = lambda _=None: pair


@pytest.mark.parametrize("stream", [True, False])
def test_a_column_read_before_is_an_error(*, stream: bool) -> None:
    producer = Producer(b"l", {"length": 2, "buffers": [None, NUMBERS]})
    once = Once(producer, stream=stream)
    with pytest.raises((ValueError, TypeError), match="read before"):
        read(once)
    gc.collect()
    assert producer.released == producer.made


@pytest.mark.parametrize("given", [None, 3, "text", [1, 2], (1, 2)])
def test_what_is_no_column_is_an_error(given: object) -> None:
    class Column:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return given

    class Pair:
        def __arrow_c_array__(self, requested_schema: object = None) -> object:
            return given

    for column in (given, Column(), Pair()):
        with pytest.raises((ValueError, TypeError, AttributeError)):
            read(column)
