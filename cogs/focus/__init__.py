"""Focus as Discord shows it."""
