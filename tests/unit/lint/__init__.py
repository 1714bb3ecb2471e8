"""The rules of the record, one by one."""
