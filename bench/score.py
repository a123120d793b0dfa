"""The peer of score.mjs: makes the table and the models, and scores as a script with pandas does.

    python score.py make FOLDER ROWS
    python score.py score MODEL TABLE OUTPUT
    python score.py compare OUTPUT OUTPUT
"""

import pickle
import sys

import numpy as np
import pandas as pd


def make(folder, rows):
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.normal(size=(int(rows), 10)), columns=[f"f{i}" for i in range(10)])
    labels = (table["f0"] + table["f1"] * table["f2"] > 0).astype(int)
    sample = slice(0, 5000)
    for name, model in [("logistic", LogisticRegression()), ("forest", RandomForestClassifier(100, max_depth=10, random_state=1))]:
        with open(f"{folder}/{name}.pkl", "wb") as file:
            pickle.dump(model.fit(table[sample], labels[sample]), file)
    table.to_csv(f"{folder}/rows-{rows}.csv", index=False)


def score(model, table, output):
    with open(model, "rb") as file:
        fitted = pickle.load(file)
    rows = pd.read_csv(table)
    rows["prediction"] = fitted.predict(rows)
    rows.to_csv(output, index=False)


def compare(one, other):
    first, second = (pd.read_csv(path)["prediction"] for path in (one, other))
    # pandas' own conversion of decimal numbers is one bit off for some: a row on a threshold can change sides.
    different = int((first != second).sum())
    if len(first) != len(second) or different > len(first) / 100_000:
        sys.exit(f"{different} of {len(first)} predictions differ")


{"make": make, "score": score, "compare": compare}[sys.argv[1]](*sys.argv[2:])
