"""How the window looks: system fonts, quiet colours, light and dark; the rest is style.css."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Base

CSS = Path(__file__).parent / "style.css"
SANS = ("-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Liberation Sans", "system-ui", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Consolas", "Liberation Mono", "monospace")


def theme() -> "Base":
    """Gradio's plain theme in our colours; no font is fetched from anywhere."""
    import gradio as gr

    base = gr.themes.Base(
        primary_hue="teal",
        secondary_hue="teal",
        neutral_hue="stone",
        spacing_size="md",
        radius_size="md",
        text_size="md",
        font=SANS,
        font_mono=MONO,
    )
    return base.set(
        body_background_fill="#f7f6f3",
        body_background_fill_dark="#161513",
        body_text_color="#24221e",
        body_text_color_dark="#e8e5df",
        body_text_color_subdued="#6b665d",
        body_text_color_subdued_dark="#a39d92",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1f1e1b",
        background_fill_secondary="#f2f0eb",
        background_fill_secondary_dark="#191816",
        block_background_fill="#ffffff",
        block_background_fill_dark="#1f1e1b",
        block_border_color="#e4e0d8",
        block_border_color_dark="#33312c",
        border_color_primary="#e4e0d8",
        border_color_primary_dark="#33312c",
        input_background_fill="#ffffff",
        input_background_fill_dark="#24231f",
        input_border_color="#d6d1c7",
        input_border_color_dark="#403d37",
        button_primary_background_fill="#0f766e",
        button_primary_background_fill_dark="#0f766e",
        button_primary_background_fill_hover="#0b5f59",
        button_primary_background_fill_hover_dark="#138a80",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_primary_border_color="#0f766e",
        button_primary_border_color_dark="#0f766e",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#2a2824",
        button_secondary_border_color="#d6d1c7",
        button_secondary_border_color_dark="#403d37",
        button_border_width="1px",
        button_border_width_dark="1px",
        input_border_width="1px",
        input_border_width_dark="1px",
        table_even_background_fill="#ffffff",
        table_even_background_fill_dark="#1f1e1b",
        table_odd_background_fill="#faf9f6",
        table_odd_background_fill_dark="#24231f",
        color_accent="#0f766e",
        color_accent_soft="#e1f0ee",
        color_accent_soft_dark="#17332f",
    )
