"""What can be wrong in a seed file, said to the person who corrects it."""

from ropa.errors import RopaError


class SeedError(RopaError):
    """A seed file holds something the register cannot read; the text says where and what to do."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(f"{where}: {sentence}")
