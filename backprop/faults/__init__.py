"""How a fault spreads: what each operation lost to it, up to the last value it contaminates."""
