"""How a fault spreads: what each operation lost to it."""
