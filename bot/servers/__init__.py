"""What an admin has set for a server."""
