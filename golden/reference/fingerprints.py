"""Provenance: SHA-256 of every model file, and the versions that computed a golden."""

import hashlib
import platform
from importlib import metadata
from pathlib import Path

PACKAGES = ("numpy", "torch", "transformers", "sentencepiece", "safetensors")


def sha256(path: Path) -> str:
    """Returns a file's SHA-256 in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def bundle_files(bundle: Path) -> dict[str, str]:
    """Returns the SHA-256 of every model file, by its path relative to the bundle; READMEs are no model files."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file() and path.suffix != ".md")
    return {path.relative_to(bundle).as_posix(): sha256(path) for path in files}


def versions() -> dict[str, str]:
    """Returns the versions of Python and of the packages."""
    return {"python": platform.python_version()} | {package: metadata.version(package) for package in PACKAGES}
