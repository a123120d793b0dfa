from sklearn.base import BaseEstimator, TransformerMixin


class PetalArea(TransformerMixin, BaseEstimator):
    """Adds the area of the petals (length times width) to the four measurements of an iris."""

    def fit(self, rows, labels=None):
        return self

    def transform(self, rows):
        return [[*row, row[2] * row[3]] for row in rows]
