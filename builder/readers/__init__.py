"""Content files in, raw document out. Readers always give a tree, whatever they complain of."""
