"""Figures: numbers of the engine as drawings and charts, one module or package for each page."""
