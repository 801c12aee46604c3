"""What can be taken away from the page: code, arrays, a table, the scenario.

code       a program in NumPy, and one in PyTorch, that gives the numbers on the screen
numbers    arrays as .npz, h, z and δ as a table
settings   the scenario as JSON, out and in
"""
