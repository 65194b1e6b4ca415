"""Charts, diagrams and cover motif as SVG: one definition, drawn for paper."""
