"""Trains model.pkl: pip install -r requirements.txt && python train.py"""

import csv
import pickle
from pathlib import Path

from features import PetalArea
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

directory = Path(__file__).parent
with open(directory.parent / "iris" / "iris.csv", newline="") as file:
    _header, *lines = csv.reader(file)
rows = [[float(value) for value in line[:4]] for line in lines]
labels = [line[4] for line in lines]

model = make_pipeline(PetalArea(), StandardScaler(), LogisticRegression())
model.fit(rows, labels)
with open(directory / "model.pkl", "wb") as file:
    pickle.dump(model, file)
