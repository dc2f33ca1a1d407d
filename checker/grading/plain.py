"""Marks and records as what JSON can hold, and back, by the types of their fields.

What comes back is of the type asked for, down to the last field, or Damaged is raised; so what stands on disk can
neither run code nor smuggle in a value of another kind.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from checker.marks import PartMarks

SCHEMA = 1
"""To be raised when the data changes such that what was written before means something else."""

T = TypeVar("T")
_LATER = {"PartMarks": PartMarks}
"""Types that `checker.record` names without importing them."""


class Damaged(ValueError):
    """Data that is not of the type asked for; the message says where."""


def to_plain(value: Any) -> Any:
    """A dataclass as a dictionary, a tuple as a list, and so on."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in _hints(type(value))}
    if isinstance(value, (tuple, list)):
        return [to_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: to_plain(each) for key, each in value.items()}
    return value


def from_plain(wanted: type[T], plain: Any) -> T:
    """The value of that type which `to_plain` made this of. Raises Damaged where there is none."""
    value: T = _read(wanted, plain, wanted.__name__)
    return value


def _read(wanted: Any, plain: Any, where: str) -> Any:
    if is_dataclass(wanted):
        return _dataclass(wanted, plain, where)
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return None if plain is None else _read(next(a for a in arguments if a is not type(None)), plain, where)
    if origin is tuple:
        return tuple(_read(arguments[0], each, where) for each in _checked(plain, list, where))
    if origin is not None:  # a mapping from strings
        return {key: _read(arguments[1], each, where) for key, each in _checked(plain, dict, where).items()}
    return plain if wanted is Any else _checked(plain, wanted, where)


def _dataclass(wanted: Any, plain: Any, where: str) -> Any:
    hints = _hints(wanted)
    if _checked(plain, dict, where).keys() != hints.keys():
        raise Damaged(f"{where}: other fields than those of {wanted.__name__}")
    return wanted(**{name: _read(hint, plain[name], f"{where}.{name}") for name, hint in hints.items()})


def _checked(plain: Any, wanted: type, where: str) -> Any:
    right = isinstance(plain, (float, int) if wanted is float else wanted)
    if not right or (isinstance(plain, bool) and wanted is not bool):
        raise Damaged(f"{where}: {type(plain).__name__} where {wanted.__name__} belongs")
    return plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The type of each field."""
    hints = get_type_hints(kind, localns=_LATER)
    return {field.name: hints[field.name] for field in fields(kind)}
