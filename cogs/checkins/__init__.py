"""The Discord face of check-ins."""
