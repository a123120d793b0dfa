"""Fitted objects as model files."""

from __future__ import annotations

import os
import pickle
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

from ._errors import TepalError

#: Of Python 3.8 and newer, as joblib and scikit-learn's documentation use it.
PICKLE_PROTOCOL = 5


@contextmanager
def model_files(model: Any) -> Iterator[list[str]]:
    """The paths of the model's files. Fitted objects are pickled into a temporary directory, removed afterwards."""
    objects = list(model) if isinstance(model, (list, tuple)) else [model]
    if not objects:
        raise TepalError("The list of models is empty", code="model-missing", hint="Pass fitted objects or paths.")
    with tempfile.TemporaryDirectory(prefix="tepal-") as directory:
        yield [_file_of(each, Path(directory), index) for index, each in enumerate(objects)]


def _file_of(model: Any, directory: Path, index: int) -> str:
    if isinstance(model, (str, os.PathLike)):
        return os.fspath(model)
    # The name of the class is the default name of a deployment.
    name = re.sub(r"[^a-z0-9]+", "-", type(model).__name__.lower()).strip("-") or "model"
    path = directory / str(index) / f"{name}.pkl"
    path.parent.mkdir()
    try:
        with open(path, "wb") as file:
            pickle.dump(model, file, protocol=PICKLE_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise TepalError(
            f"The {type(model).__name__} cannot be pickled: {error}",
            code="model-not-picklable",
            hint="Replace lambdas and local functions by functions of a module.",
        ) from error
    return str(path)
