"""What every drawing shares: the one table of colours, numbers as text, a link as a QR code."""
