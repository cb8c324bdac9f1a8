"""JSON without spaces, which is what fixtures of many numbers are kept in."""

import json
from collections.abc import Mapping


def compact(value: object, ensure_ascii: bool = True) -> str:
    """Returns a value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=ensure_ascii, separators=(",", ":"))


def members(value: Mapping[str, object], ensure_ascii: bool = True) -> str:
    """Returns an object as JSON with one member a line."""
    lines = [f"{compact(name)}:{compact(member, ensure_ascii)}" for name, member in value.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"
