"""What can go wrong with a server's settings; the docstring of each is the sentence that is read."""

from bot.errors import UserError


class SetUpMeanwhile(UserError):
    """Somebody has set this server up meanwhile, so your press changed nothing. This is what holds now."""
