"""The one table of what can be downloaded."""

from ropa.exports import article30
from ropa.exports.request import Export
from ropa.i18n import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EXPORTS: dict[str, Export] = {
    one.name: one
    for one in (
        Export(
            name="article30",
            title=_("Record of processing activities (GDPR Art. 30)"),
            media_type=XLSX,
            filename=article30.filename,
            make=article30.make,
        ),
    )
}
"""Every download, by the name that commands and addresses use."""
