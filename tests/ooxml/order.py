"""The order in which the standard wants the children of an element."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.ooxml.package import MAIN, Package

ORDER = {
    "worksheet": (
        "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
        "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
        "mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions "
        "pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
        "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture "
        "oleObjects controls webPublishItems tableParts extLst"
    ),
    "workbook": (
        "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
        "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches "
        "smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst"
    ),
    "styleSheet": (
        "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
    ),
    "table": "autoFilter sortState tableColumns tableStyleInfo extLst",
    "sheetView": "pane selection pivotSelection extLst",
    "headerFooter": "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter",
    "xf": "alignment protection extLst",
    "c": "f v is extLst",
}
"""By element; any of the children may be missing."""


def of_the_order(package: Package) -> Iterator[str]:
    """Yield what stands where it does not belong."""
    for name, tree in package.trees.items():
        for one in tree.iter():
            if one.tag.startswith(MAIN) and one.tag.removeprefix(MAIN) in ORDER:
                yield from (f"{name}: {fault}" for fault in _children(one))


def _children(holder: Element) -> Iterator[str]:
    kind = holder.tag.removeprefix(MAIN)
    order = ORDER[kind].split()
    found = [child.tag.removeprefix(MAIN) for child in holder]
    strange = [child for child in found if child not in order]
    if strange:
        yield f"{strange[0]} does not belong into {kind}"
    elif found != sorted(found, key=order.index):
        yield f"what is in {kind} stands in another order: {' '.join(found)}"
