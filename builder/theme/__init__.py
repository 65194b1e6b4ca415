"""The house style, resolved once into concrete values by role."""
