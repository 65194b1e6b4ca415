"""Turns structured content files into a PDF report, a Word document and a slide deck."""
