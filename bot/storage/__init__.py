"""Opening the database, its writer and its reader, and keeping its schema up to date."""
