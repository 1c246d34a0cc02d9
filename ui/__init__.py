"""The window: Gradio, known nowhere else."""
