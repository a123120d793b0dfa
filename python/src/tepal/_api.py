"""The functions for notebooks."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any, Callable

from ._command import run
from ._errors import TepalError
from ._files import model_files
from ._tables import batches, is_frame, records_of, result_like, rows_of

#: Lambda's limit of a request is 6 MB; the same rows in an event are escaped once more.
REQUEST_BYTES_MAX = 4_000_000


@dataclass(frozen=True)
class Deployment:
    """A deployed model."""

    name: str
    stage: str
    #: The URL of the prediction API.
    url: str
    target: str = "local"
    region: str | None = None
    port: int | None = None

    def predict(self, rows: Any, method: str | None = None) -> Any:
        """Calls the API: see tepal.predict."""
        return _predict_deployed(self.name, rows, method, _target(self.target, self.region, self.port, self.stage))


def deploy(
    model: Any,
    name: str | None = None,
    *,
    target: str = "local",
    region: str | None = None,
    port: int | None = None,
    stage: str | None = None,
    route: str | None = None,
    memory: int | None = None,
    timeout: int | None = None,
    cors: str | None = None,
    base: str | None = None,
    platform: str | None = None,
    yes: bool = False,
    progress: bool = True,
) -> Deployment:
    """Deploys a model as an HTTPS API, and checks it with a request.

    model: a fitted object; a list of fitted objects in the order of use, such as [scaler, classifier]; or the path of a
        model file.
    name: the name of the deployment; default: derived from the class of the object or the name of the file.
    target: "local" (the local cloud, which is started if it is not running) or "aws".
    yes: allow the changes in an AWS account, which are not made without it.
    progress: print each step.

    Raises TepalError.
    """
    options = _options(name=name, route=route, memory=memory, timeout=timeout, cors=cors, base=base, platform=platform)
    words = [*options, *_target(target, region, port, stage), *(["--yes"] if yes else [])]
    with model_files(model) as files:
        deployed = json.loads(run(["deploy", *files, *words], progress=progress))
    return Deployment(deployed["name"], deployed["stage"], deployed["url"], target, region, port)


def predict(
    model: Any,
    rows: Any,
    method: str | None = None,
    *,
    target: str = "local",
    region: str | None = None,
    port: int | None = None,
    stage: str | None = None,
) -> Any:
    """Predicts with a model on this machine, or with a deployment.

    model: a fitted object, a list of them, or the path of a model file; else the name of a deployment.
    rows: a DataFrame, an array, or a list of rows.
    method: "predict" (the default), "predict_proba", ...

    Returns a Series or DataFrame for a DataFrame, else an array. Raises TepalError.
    """
    if isinstance(model, str) and not os.path.exists(model.split("::")[0]):
        return _predict_deployed(model, rows, method, _target(target, region, port, stage))
    with model_files(model) as files:
        words = ["predict", *files, *_options(method=method)]
        send: Callable[[list[Any]], Any] = lambda values: json.loads(run(words, stdin=json.dumps({"values": values})))
        return result_like(_with_names(send, rows), rows)


def invoke(
    name: str,
    request: Any,
    *,
    target: str = "local",
    region: str | None = None,
    port: int | None = None,
    stage: str | None = None,
) -> Any:
    """Sends a request to a deployment, and returns the parsed response. Raises TepalError."""
    words = ["invoke", name, *_target(target, region, port, stage)]
    return json.loads(run(words, stdin=json.dumps(request)))


def _predict_deployed(name: str, rows: Any, method: str | None, words: list[str]) -> Any:
    def send(values: list[Any]) -> list[Any]:
        results: list[Any] = []
        for batch in batches(values, REQUEST_BYTES_MAX):
            request = {"values": batch, **({} if method is None else {"method": method})}
            results += json.loads(run(["invoke", name, *words], stdin=json.dumps(request)))
        return results

    return result_like(_with_names(send, rows), rows)


def _with_names(send: Callable[[list[Any]], list[Any]], rows: Any) -> list[Any]:
    """Sends a DataFrame by column name, so that the order of its columns does not matter, and without names to a model
    that has none."""
    if not is_frame(rows):
        return send(rows_of(rows))
    try:
        return send(records_of(rows))
    except TepalError as error:
        if "not a list of" not in error.message:
            raise
    return send(rows_of(rows))


def _target(target: str, region: str | None, port: int | None, stage: str | None) -> list[str]:
    return ["--target", target, *_options(region=region, port=port, stage=stage)]


def _options(**options: Any) -> list[str]:
    return [word for name, value in options.items() if value is not None for word in (f"--{name}", str(value))]
