"""Figures: numbers of the engine as drawings and charts, one module or package for each page."""

SAVE_ONLY = {
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "svg", "filename": "backprop-chart"},
}
"""What a Plotly chart offers when it is hovered: to save it as an SVG, and nothing else."""
