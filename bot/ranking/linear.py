"""As much linear algebra as the ranking needs, on lists: Cholesky's factor and what follows from it.

Written for speed in plain Python: an inner product is one `sum(map(mul, ...))`.
"""

from collections.abc import Sequence
from math import sqrt
from operator import mul

Rows = Sequence[Sequence[float]]


def inner(left: Sequence[float], right: Sequence[float]) -> float:
    """The inner product, as long as the shorter one."""
    total: float = sum(map(mul, left, right))
    return total


def factor(matrix: Rows) -> list[list[float]]:
    """The lower triangle L with L·Lᵀ = matrix, of which only the lower triangle is read.

    Row i of L has i + 1 figures. The matrix has to be positive definite.
    """
    lower: list[list[float]] = []
    for i, values in enumerate(matrix):
        row: list[float] = []
        for j, above in enumerate(lower):
            row.append((values[j] - sum(map(mul, row, above))) / above[j])
        row.append(sqrt(values[i] - sum(map(mul, row, row))))
        lower.append(row)
    return lower


def solved(lower: Rows, vector: Sequence[float]) -> list[float]:
    """The x with L·Lᵀ·x = vector."""
    forward: list[float] = []
    for row, value in zip(lower, vector, strict=True):
        forward.append((value - sum(map(mul, row, forward))) / row[-1])
    for i in range(len(lower) - 1, -1, -1):
        row = lower[i]
        forward[i] /= row[i]
        value = forward[i]
        for j in range(i):
            forward[j] -= row[j] * value
    return forward


def inverse_root(lower: Rows) -> tuple[tuple[float, ...], ...]:
    """The root R with R·Rᵀ = (L·Lᵀ)⁻¹: the inverse of Lᵀ, with zeros below its diagonal."""
    size = len(lower)
    # Column k of the inverse of L, that is row k of R, from its diagonal on.
    columns: list[list[float]] = []
    for k in range(size):
        column = [1 / lower[k][k]]
        for i in range(k + 1, size):
            row = lower[i]
            column.append(-sum(map(mul, row[k:i], column)) / row[i])
        columns.append(column)
    return tuple((0.0,) * k + tuple(column) for k, column in enumerate(columns))
