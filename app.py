"""Start here: bare, it opens the window; with a word, it runs a command."""

import sys


def main() -> None:
    """The house's one entrance: `python app.py` or `python app.py COMMAND ...`."""
    from cli import run

    run(sys.argv[1:] or ["serve"])


if __name__ == "__main__":
    main()
