"""Programs that make what the repository keeps: pictures, and the set-up."""
