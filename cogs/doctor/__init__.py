"""What `autodidact doctor` has to know of Discord and of the pictures; it uses no gateway."""
