"""Text commands for whoever runs the bot."""
