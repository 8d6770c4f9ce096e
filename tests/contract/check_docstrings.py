"""Validate the docstring of every public object with numpydoc; prints what is wrong and exits with 1."""

import inspect
import sys
import tomllib
from pathlib import Path

from numpydoc.validate import validate

import wholenet as wn

ROOT = Path(__file__).parents[2]


def public_names():
    """Names of public modules, functions, classes, and the public methods and properties of classes."""
    for name in wn.__all__:
        yield from names_in(f"wholenet.{name}", getattr(wn, name))


def names_in(path, found):
    """Name one public object, and what is public in it."""
    # numpydoc can't place the docstring of a package that only lists.
    if not hasattr(found, "__path__"):
        yield path
    if inspect.ismodule(found):
        for one in found.__all__:
            yield from names_in(f"{path}.{one}", getattr(found, one))
    if inspect.isclass(found) and not issubclass(found, Exception):
        for part, value in vars(found).items():
            if not part.startswith("_") and (callable(value) or isinstance(value, (classmethod, property))):
                yield f"{path}.{part}"


def main():
    """Check every docstring against the checks that pyproject.toml asks for."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["numpydoc_validation"]["checks"]
    left_out = set(wanted) - {"all"}
    problems = 0
    names = sorted(set(public_names()))
    for name in names:
        for code, text in validate(name)["errors"]:
            if code not in left_out:
                print(f"{name}: {code} {text}")
                problems += 1
    print(f"{len(names)} public objects, {problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
