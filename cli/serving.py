"""The commands that keep a server or its parts going: serve, mcp, sync, doctor."""

import typer

from cli.terminal import Bar, opened

commands = typer.Typer()


@commands.command()
def serve() -> None:
    """Open the window in the browser (what a bare `python app.py` does), at the port that CRM_PORT names, or 7860."""
    from api.serve import serve
    from house.private_files import keep_private
    from ui.mount import Window

    with opened() as house:
        keep_private(house.settings.data_dir)
        serve(house, Window(house))


@commands.command()
def mcp() -> None:
    """Serve other people's assistants over standard input and output (MCP); over HTTP the server does so at /mcp."""
    from api.mcp_server import over_stdio

    with opened() as house:
        house.open_index_if_filled()
        over_stdio(house)


@commands.command()
def sync() -> None:
    """Bring the semantic index up to date with the store, here and now."""
    with opened() as house:
        state = house.sync_now(Bar())
        typer.echo(f"{state.done:,} of {state.total:,} records are in the semantic index")


@commands.command()
def doctor() -> None:
    """Show each part in use, whether it answers, and what to do when it does not."""
    with opened() as house:
        checks = house.check()
        for check in checks:
            typer.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.part:<12} {check.detail}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
