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
        found = getattr(wn, name)
        # numpydoc can't place the docstring of a package that only lists.
        if not hasattr(found, "__path__"):
            yield f"wholenet.{name}"
        if inspect.ismodule(found):
            members = [(f"wholenet.{name}.{one}", getattr(found, one)) for one in found.__all__]
        else:
            members = [(f"wholenet.{name}", found)]
        for path, member in members:
            if inspect.ismodule(found):
                yield path
            if inspect.isclass(member) and not issubclass(member, Exception):
                for part, value in vars(member).items():
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
