"""What every drawing shares: the one table of colours, charts, a link as a QR code."""
