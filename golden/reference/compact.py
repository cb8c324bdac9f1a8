"""JSON without spaces, which is what goldens and fixtures of many numbers are kept in."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path


def compact(value: object) -> str:
    """Returns a value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_lines(path: Path, values: Iterable[object]) -> None:
    """Writes JSON Lines."""
    write(path, "".join(compact(value) + "\n" for value in values))


def write_members(path: Path, value: Mapping[str, object]) -> None:
    """Writes an object with one member a line."""
    write(path, "{\n" + ",\n".join(f"{compact(name)}:{compact(member)}" for name, member in value.items()) + "\n}\n")


def write_list(path: Path, values: Iterable[object]) -> None:
    """Writes a list with one value a line."""
    write(path, "[\n" + ",\n".join(map(compact, values)) + "\n]\n")


def write(path: Path, text: str) -> None:
    """Writes a file, and the folder for it where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
