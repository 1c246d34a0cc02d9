"""Gradio is imported without the stubs that it writes for editors."""

import subprocess
import sys

COUNTED = """
import ast, inspect
parsed, parse, getfile = [], ast.parse, inspect.getfile
ast.parse = lambda *told, **more: (parsed.append(told), parse(*told, **more))[1]
{importing}
import gradio
assert gradio.Textbox(label="Name").label == "Name"
assert inspect.getfile is getfile
print(len(parsed))
"""


def parsed_while(importing: str) -> int:
    """How many sources were parsed for stubs while Gradio was imported, in a fresh process."""
    code = COUNTED.format(importing=importing)
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def test_no_stub_is_made() -> None:
    assert parsed_while("") > parsed_while("from ui.gradio_import import gradio_imported; gradio_imported()")
