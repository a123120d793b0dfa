"""Tables to JSON rows, and results to Series, DataFrames and arrays. pandas and numpy are used if they are installed."""

from __future__ import annotations

import datetime
import json
import math
import sys
from typing import Any, Iterator, Sequence


def is_frame(table: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(table, pandas.DataFrame)


def records_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a DataFrame by column name."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row)) for row in rows_of(frame)]


def rows_of(table: Any) -> list[Any]:
    """The rows of a DataFrame, a Series, an array, a sparse matrix or a list. Missing values are None."""
    if hasattr(table, "toarray"):
        table = table.toarray()
    if is_frame(table):
        columns = [_plain(table.iloc[:, position].tolist()) for position in range(table.shape[1])]
        return [list(row) for row in zip(*columns)] if columns else [[] for _ in range(len(table))]
    rows: list[Any] = _plain(table.tolist() if hasattr(table, "tolist") else list(table))
    return rows


def _plain(value: Any) -> Any:
    """Values of JSON: no numpy scalars, no NaN, no NA, no dates."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    raise TypeError(f"A {type(value).__name__} cannot be sent as JSON")


def batches(rows: Sequence[Any], bytes_max: int) -> Iterator[list[Any]]:
    """The rows in lists whose JSON is smaller than this, with one row at least."""
    batch: list[Any] = []
    size = 0
    for row in rows:
        length = len(json.dumps(row).encode()) + 2
        if batch and size + length > bytes_max:
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


def result_like(results: list[Any], table: Any) -> Any:
    """A Series or DataFrame with the index of the table; an array for other tables; a list without numpy."""
    if is_frame(table):
        pandas = sys.modules["pandas"]
        is_flat = not any(isinstance(each, list) for each in results)
        return pandas.Series(results, index=table.index) if is_flat else pandas.DataFrame(results, index=table.index)
    try:
        import numpy
    except ImportError:
        return results
    try:
        return numpy.array(results)
    except ValueError:  # Lists of different lengths, as of multi-label models.
        return results
