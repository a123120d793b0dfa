import pickle
from pathlib import Path

# Unpickling the model imports the class PetalArea from features.py, which is beside this file.
with open(Path(__file__).parent / "model.pkl", "rb") as file:
    model = pickle.load(file)


def lambda_handler(event, context):
    rows = event["values"]
    return {
        "species": model.predict(rows).tolist(),
        "probabilities": model.predict_proba(rows).tolist(),
    }
