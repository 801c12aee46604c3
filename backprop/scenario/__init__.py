"""Everything a link can say: a network, its data, its training, what is looked at; kept, and read.

fields        each parameter of a link: how it is read, its limits, its default
scenario      all of them together: what a page shows
datasets      built-in data
tables        data of your own: tables and files
scaling       inputs standardised, or from −1 to 1
pasted        weights given whole
settings      a scenario as a file
kept, linked  data in the words of a link; what is too large for one
recordings    the recordings of a scenario, kept in one cache limited in bytes
"""
