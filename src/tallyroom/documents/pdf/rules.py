"""The ruling lines of a page: strokes and thin bars, upright and level, brought into the frame of its text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tallyroom.documents.pdf.glyphs import Frame

_MOST_OBJECTS = 30_000
_MOST_SEGMENTS = 64
"""A path of more segments than this is a drawing."""
_DEEPEST = 4
_THIN = 2.5
_SHORTEST = 6.0
_NEAR = 1.5
"""Points by which two pieces of one line may miss each other."""

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A line: level at `at` from the top, or upright at `at` from the left; from `begin` to `end`."""

    at: float
    begin: float
    end: float


class Rules(NamedTuple):
    """The lines of a page, pieces that touch put together; sorted."""

    level: list[Rule]
    upright: list[Rule]


def rules_of(raw: Any, page: Any, frame: Frame) -> Rules:
    """Return the ruling lines of a page; none where it is a drawing of very many parts."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for x1, y1, x2, y2 in _strokes(raw, page):
        (left, top), (right, bottom) = frame.point(x1, y1), frame.point(x2, y2)
        left, right = sorted((left, right))
        top, bottom = sorted((top, bottom))
        if bottom - top <= _THIN and right - left >= _SHORTEST:
            level.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= _THIN and bottom - top >= _SHORTEST:
            upright.append(Rule((left + right) / 2, top, bottom))
    return Rules(_merged(level), _merged(upright))


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Put pieces of one line together."""
    merged: list[Rule] = []
    open_: list[Rule] = []
    for rule in sorted(rules):
        still = [each for each in open_ if rule.at - each.at <= _NEAR]
        merged += [each for each in open_ if each not in still]
        touching = [
            each for each in still if rule.begin <= each.end + _NEAR and each.begin <= rule.end + _NEAR
        ]
        joined = Rule(
            min([rule.at, *(each.at for each in touching)]),
            min([rule.begin, *(each.begin for each in touching)]),
            max([rule.end, *(each.end for each in touching)]),
        )
        open_ = [*(each for each in still if each not in touching), joined]
    return sorted([*merged, *open_])


def _strokes(raw: Any, page: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight parts of the paths of a page, and its thin bars, as two points of the page as stored."""
    count = raw.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return
    left = [_MOST_OBJECTS]
    for at in range(count):
        yield from _strokes_of(raw, raw.FPDFPage_GetObject(page, at), _SAME, 0, left)


def _strokes_of(
    raw: Any, each: Any, outer: Matrix, depth: int, left: list[int]
) -> Iterator[tuple[float, float, float, float]]:
    kind = raw.FPDFPageObj_GetType(each)
    left[0] -= 1
    if left[0] < 0:
        return
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path(raw, each, _times(_matrix(raw, each), outer))
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _times(_matrix(raw, each), outer)
        for at in range(min(raw.FPDFFormObj_CountObjects(each), _MOST_OBJECTS)):
            yield from _strokes_of(raw, raw.FPDFFormObj_GetObject(each, at), inner, depth + 1, left)


def _path(raw: Any, path: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    points = _points(raw, path)
    if len(points) < 2:
        return
    placed = [(kind, *_placed(matrix, x, y)) for kind, x, y in points]
    xs, ys = [x for _, x, _ in placed], [y for _, _, y in placed]
    if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
        yield min(xs), min(ys), max(xs), max(ys)
    elif _is_stroked(raw, path):
        yield from _sides(raw, placed)


def _sides(
    raw: Any, placed: Sequence[tuple[int, float, float]]
) -> Iterator[tuple[float, float, float, float]]:
    begin = before = placed[0][1:]
    for kind, x, y in placed:
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield (*before, *begin)  # what is not closed gives a slanted line or one that is there already
            begin = x, y
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield (*before, x, y)
        before = x, y
    yield (*before, *begin)


def _points(raw: Any, path: Any) -> list[tuple[int, float, float]]:
    count = raw.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MOST_SEGMENTS:
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[int, float, float]] = []
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append((raw.FPDFPathSegment_GetType(segment), x.value, y.value))
    return points


def _is_stroked(raw: Any, path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) and stroke.value)


def _matrix(raw: Any, each: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, ctypes.byref(matrix)):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """First `one`, then `two`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
