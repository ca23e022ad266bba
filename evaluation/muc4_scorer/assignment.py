"""Optimal assignment of rows to columns."""

from __future__ import annotations

from collections.abc import Sequence


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) with the greatest total weight; pairs without weight are left out.

    The Hungarian method with potentials, O(rows² · columns); rows and columns may differ in number.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = [list(column) for column in zip(*weights, strict=True)]
        return sorted((row, column) for column, row in assign(turned))
    owner = _owners(weights)
    pairs = ((row - 1, column - 1) for column, row in enumerate(owner) if column and row)
    return sorted((row, column) for row, column in pairs if weights[row][column] > 0)


def _owners(weights: Sequence[Sequence[float]]) -> list[int]:
    """Return column → row, both from 1, 0 for none: each row is brought in by a shortest augmenting path."""
    rows, columns = len(weights), len(weights[0])
    row_price, column_price, owner = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        free, came_from = _cheapest_path(weights, row_price, column_price, owner)
        while free:
            owner[free] = owner[came_from[free]]
            free = came_from[free]
    return owner


def _cheapest_path(
    weights: Sequence[Sequence[float]], row_price: list[float], column_price: list[float], owner: list[int]
) -> tuple[int, list[int]]:
    """Return the first free column reached from column 0 and each column's predecessor; prices are updated."""
    columns = len(column_price)
    least, came_from, done = [float("inf")] * columns, [0] * columns, [False] * columns
    column = 0
    while owner[column]:
        done[column] = True
        row, after = owner[column], 0
        for other in range(1, columns):
            if done[other]:
                continue
            cost = -weights[row - 1][other - 1] - row_price[row] - column_price[other]
            if cost < least[other]:
                least[other], came_from[other] = cost, column
            if not after or least[other] < least[after]:
                after = other
        step = least[after]
        for other in range(columns):
            if done[other]:
                row_price[owner[other]] += step
                column_price[other] -= step
            else:
                least[other] -= step
        column = after
    return column, came_from
