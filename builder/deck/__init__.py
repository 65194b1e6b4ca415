"""The deck between the document and PowerPoint: slides whose slots hold the document's blocks."""
