"""Registers of hostile text: whatever the record holds, what leaves opens again and says it."""
