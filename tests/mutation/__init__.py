"""Rules altered one sign at a time: the examples must notice."""
