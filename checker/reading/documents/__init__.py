"""Files as documents: blocks in order, each with its place in the file.

files        a file as a Document; markdown, latex and notebooks make its blocks
blocks       what a document consists of; outline writes it, sources and plain take its stretches
hidden       where no reader may see what is written
delimiters   where mathematics begins and ends; spans finds it in Markdown, and code
definitions  the macros that a text defines
"""
