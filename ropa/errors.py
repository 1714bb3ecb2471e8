"""What can go wrong, in words for the person who meets it."""


class RopaError(Exception):
    """Anything the register refuses; its text is a whole sentence one can show to a person."""
