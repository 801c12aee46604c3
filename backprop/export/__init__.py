"""What can be taken away from the page, and pages that play anywhere.

numbers     arrays as .npz, h, z and δ as a table
booklet     one stage, perhaps with a lesson's steps; library: of what it makes other scenes
playground  a booklet on which the network and the data can be chosen too
shelf       drawings made beforehand; shelves: the Chain rule and the Microscope
page        a booklet or a shelf as one file; site: all of them as a folder
handout     a lesson on paper
typescript  what scripts are told, as types
"""
