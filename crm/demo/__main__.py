"""Writes data/samples anew from its stories: `make samples`."""

from pathlib import Path

from crm.demo.build import build

SAMPLES = Path(__file__).parents[2] / "data" / "samples"

if __name__ == "__main__":
    build(SAMPLES).write(SAMPLES)
