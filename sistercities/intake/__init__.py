"""Taking in lists: a file is read, looked through line by line, and then taken over, or not."""
