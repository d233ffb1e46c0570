"""Looking back: the server's week, /week, and the buttons under both."""
