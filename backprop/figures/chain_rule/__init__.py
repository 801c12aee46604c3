"""The drawings of the Chain rule page, as HTML with MathML and SVG; numbers are already computed.

ladder      every chain under the one before it: what is shared is δ
steps       the factors as matrices, and the product that runs from the left
graph       the network as a graph: values above, gradients below
closed      why z − y is the last layer's alone, and the one-matrix case
orders      the two factors that make a NaN, in other orders and with more digits
charts      two Plotly charts: multiplications over depth, and the slow start
heatmap     a matrix as a table with colours and numbers
"""

from pathlib import Path

STYLE = (Path(__file__).parent / "style.css").read_text("utf-8")
