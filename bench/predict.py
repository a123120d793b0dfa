"""The peers of predict.mjs that Python runs: makes the models, and times scikit-learn on request.

    python predict.py make FOLDER     fits each model; writes NAME.pkl, NAME.onnx, and NAME.json with rows and what scikit-learn answers
    python predict.py time FOLDER     reads lines "NAME ROWS MILLISECONDS" and answers each with the processor's microseconds of one call
"""

import json
import pickle
import sys
import time
import warnings

import numpy as np

warnings.simplefilter("ignore")
ROWS = 10_000


def like(rows):
    """ROWS rows like those, no two the same: a processor learns the way of a row that comes again. float32 holds each number exactly."""
    noise = np.random.default_rng(2).normal(size=(ROWS, rows.shape[1])) * rows.std(axis=0) * 0.3
    return (np.resize(rows, noise.shape) + noise).astype(np.float32).astype(np.float64)


def texts():
    rng = np.random.default_rng(1)
    words = [f"word{i}" for i in range(5000)]
    weights = 1 / np.arange(1, 5001)
    weights /= weights.sum()
    documents = [" ".join(rng.choice(words, size=60, p=weights)) for _ in range(2000)]
    return documents, np.array([sum(ord(c) for c in document[:40]) % 4 for document in documents])


def models():
    from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
    from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC

    iris, digits, wine, cancer = (load(return_X_y=True) for load in (load_iris, load_digits, load_wine, load_breast_cancer))
    yield "svc-narrow", SVC(), iris
    yield "svc-wide", SVC(), digits
    yield "forest-100", RandomForestClassifier(100, random_state=1), digits
    yield "forest-500", RandomForestClassifier(500, random_state=1), digits
    yield "boosting", GradientBoostingClassifier(random_state=1), cancer
    yield "hist-boosting", HistGradientBoostingClassifier(max_iter=100, random_state=1), digits
    yield "logistic", LogisticRegression(max_iter=2000), digits
    yield "scaler-svc", make_pipeline(StandardScaler(), SVC()), wine
    yield "tfidf-logistic", make_pipeline(TfidfVectorizer(), LogisticRegression()), texts()


def make(folder):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType, StringTensorType

    for name, model, (rows, labels) in models():
        text = isinstance(rows[0], str)
        if not text:
            rows = np.asarray(rows, dtype=np.float32).astype(np.float64)
        model.fit(rows, labels)
        with open(f"{folder}/{name}.pkl", "wb") as file:
            pickle.dump(model, file)
        table = [rows[i % len(rows)] for i in range(ROWS)] if text else like(rows)
        kind = StringTensorType([None, 1]) if text else FloatTensorType([None, rows.shape[1]])
        try:
            options = {id(model): {"zipmap": False}}
            # Else it asks for a locale that few servers have.
            if text:
                options[TfidfVectorizer] = {"locale": "C"}
            onnx = to_onnx(model, initial_types=[("X", kind)], options=options).SerializeToString()
            with open(f"{folder}/{name}.onnx", "wb") as file:
                file.write(onnx)
        except Exception as error:
            print(f"{name} has no ONNX form: {error}", file=sys.stderr)
        with open(f"{folder}/{name}.json", "w") as file:
            json.dump({"text": text, "rows": list(table) if text else table.tolist(), "predict": model.predict(table).tolist()}, file)


def answer(folder):
    loaded = {}
    for line in sys.stdin:
        name, rows, milliseconds = line.split()
        if name not in loaded:
            with open(f"{folder}/{name}.pkl", "rb") as file:
                model = pickle.load(file)
            with open(f"{folder}/{name}.json") as file:
                table = json.load(file)["rows"]
            loaded = {name: (model, table if isinstance(table[0], str) else np.array(table))}
        model, table = loaded[name]
        part = table[: int(rows)]
        model.predict(part)
        calls, start, seconds = 0, time.process_time(), int(milliseconds) / 1000
        while True:
            model.predict(part)
            calls += 1
            taken = time.process_time() - start
            if taken >= seconds:
                break
        print(taken / calls * 1e6, flush=True)


{"make": make, "time": answer}[sys.argv[1]](sys.argv[2])
