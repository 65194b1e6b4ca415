"""The covering e-mail: a briefing's summary and files on their way, as a draft or sent."""
