"""Deploy a fitted model as a serverless HTTPS prediction API, and predict with it.

    iris = tepal.deploy(model, name="iris")
    iris.predict(X)
"""

from ._api import Deployment, deploy, invoke, predict
from ._errors import TepalError

__all__ = ["Deployment", "TepalError", "deploy", "invoke", "predict"]
