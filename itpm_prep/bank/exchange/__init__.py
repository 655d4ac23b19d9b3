"""Questions for and from other programs: spreadsheets, Moodle, Anki."""
