"""What the benchmarks share: figures for the one table, a Chromium, servers."""
