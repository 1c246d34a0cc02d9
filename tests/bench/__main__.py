"""Starts `bench_house.py`. As in app.py nothing is imported here: each process that helps an import begins with it."""


def main() -> None:
    from tests.bench.bench_house import main as measure

    measure()


if __name__ == "__main__":
    main()
