"""What every drawing shares: the one table of colours, charts, a link as a QR code."""

from pathlib import Path

TRANSPORT_STYLE = Path(__file__).with_name("transport.css").read_text("utf-8")
"""The buttons, the track and the tip of what plays, which a style of its own follows."""
PRINT_STYLE = Path(__file__).with_name("print.css").read_text("utf-8")
"""How every page is printed. It belongs to the page: the sheets of a component have no margins."""
