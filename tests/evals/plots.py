"""Draws how far a confidence can be believed: python -m tests.evals.plots writes docs/reliability.svg.

Left, the reliability plot: what the judges without a chat model said they were sure of, against how often they were
right. Right, coverage against accuracy: the surest so many rows, and the share of them that is right. Every labelled
file is judged by a model that never saw it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from crm.engagement.measure import ConfidenceBin, Outcome, calibration_error, confidence_bins, surest
from tests.evals.held import ROOT, Measured, outcomes

TO = ROOT / "docs" / "reliability.svg"
SIDE, LEFT, TOP, GAP = 300, 60, 50, 90  # pixels
LOWEST = 0.2  # confidence below which there is nothing to draw
LEAST_RIGHT = 0.8  # where the second plot starts
INK, SOFT, MARK = "#1f2933", "#cbd2d9", "#0b69a3"


def picture(found: Sequence[Outcome]) -> str:
    """Both plots as SVG."""
    width, height = LEFT + 2 * SIDE + GAP + 40, TOP + SIDE + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" '
        f'font-size="12" fill="{INK}"><rect width="100%" height="100%" fill="white"/>',
        *_reliability(confidence_bins(found), calibration_error(found)),
        *_coverage(found),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _reliability(drawn: Sequence[ConfidenceBin], error: float) -> Iterable[str]:
    def at(x: float, y: float) -> tuple[float, float]:
        return LEFT + SIDE * (x - LOWEST) / (1 - LOWEST), TOP + SIDE * (1 - y)

    yield _title(LEFT, f"Reliability (expected calibration error {error:.3f})")
    yield from _axes(LEFT, "confidence", [(f"{v:.1f}", at(v, 0)[0]) for v in (0.2, 0.4, 0.6, 0.8, 1.0)])
    yield from _rows(LEFT, [(f"{v:.1f}", at(0, v)[1]) for v in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)])
    yield _line([at(LOWEST, LOWEST), at(1, 1)], SOFT)
    for mean, right, rows in ((one.mean, one.right, len(one.outcomes)) for one in drawn):
        x, y = at(mean, right.value)
        yield _line([at(mean, right.low), at(mean, right.high)], MARK)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + rows**0.5 / 6:.1f}" fill="{MARK}" fill-opacity="0.7"/>'
        yield f'<text x="{x + 8:.1f}" y="{y + 18:.1f}" font-size="10">{rows}</text>'


def _coverage(found: Sequence[Outcome]) -> Iterable[str]:
    left = LEFT + SIDE + GAP

    def at(x: float, y: float) -> tuple[float, float]:
        return left + SIDE * x, TOP + SIDE * (1 - (y - LEAST_RIGHT) / (1 - LEAST_RIGHT))

    yield _title(left, "Right among the surest")
    yield from _axes(
        left, "share of the rows, the surest first", [(f"{v:.0%}", at(v, 1)[0]) for v in (0.2, 0.4, 0.6, 0.8, 1)]
    )
    yield from _rows(left, [(f"{v:.2f}", at(0, v)[1]) for v in (0.8, 0.85, 0.9, 0.95, 1.0)])
    curve = [(part / 20, surest(found, part / 20)) for part in range(2, 21)]
    lows = [at(part, max(LEAST_RIGHT, right.low)) for part, right in curve]
    highs = [at(part, right.high) for part, right in reversed(curve)]
    yield f'<polygon points="{_points([*lows, *highs])}" fill="{MARK}" fill-opacity="0.15"/>'
    yield _line([at(part, max(LEAST_RIGHT, right.value)) for part, right in curve], MARK)


def _title(left: float, text: str) -> str:
    return f'<text x="{left}" y="{TOP - 20}" font-size="14" font-weight="bold">{text}</text>'


def _axes(left: float, name: str, ticks: Iterable[tuple[str, float]]) -> Iterable[str]:
    yield f'<rect x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{SOFT}"/>'
    for text, x in ticks:
        yield f'<text x="{x:.1f}" y="{TOP + SIDE + 18}" text-anchor="middle">{text}</text>'
    yield f'<text x="{left + SIDE / 2}" y="{TOP + SIDE + 40}" text-anchor="middle">{name}</text>'


def _rows(left: float, ticks: Iterable[tuple[str, float]]) -> Iterable[str]:
    for text, y in ticks:
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{text}</text>'


def _line(points: Sequence[tuple[float, float]], colour: str) -> str:
    return f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def main(to: Path = TO) -> None:
    with TemporaryDirectory() as folder:
        measured = Measured.each_left_out(Path(folder))
    to.write_text(picture(outcomes(measured.truth, measured.said("cascade"))), encoding="utf-8")
    print(to)


if __name__ == "__main__":
    main()
