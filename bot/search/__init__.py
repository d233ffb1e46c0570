"""Finding the right one of many resources by a few typed words. Pure: it knows no database and no Discord."""
