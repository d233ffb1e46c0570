"""Check-ins: what members got done day by day, their routines, and the prompts and pings that ask."""
