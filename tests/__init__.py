"""The suite: sentences about the register."""
