"""Reports: one module a format, each a function of the record alone; grading/ is the report of a whole class."""
