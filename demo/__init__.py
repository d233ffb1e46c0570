"""The bot in a browser without a token: an invented server on simcord, shown by its preview."""
