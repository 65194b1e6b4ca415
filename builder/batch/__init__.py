"""Many copies of a briefing: its editions, or one for each row of a list."""
