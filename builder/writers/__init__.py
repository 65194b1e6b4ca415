"""One writer a format: a document and a theme in, an artifact out. Writers open no files."""
