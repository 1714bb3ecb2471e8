"""One noun in the back office: its list, its page, its history, its form, and leaving use."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import abort, request
from flask_admin import expose

from ropa.admin.beside import documents_of, named_by, used_by
from ropa.admin.bulk import Bulk
from ropa.admin.context import may, working_register
from ropa.admin.derived import derived_of
from ropa.admin.editing import Editing
from ropa.admin.finding_words import flags_of, told_before_approval, told_of
from ropa.admin.joining import Joins
from ropa.admin.judging import judged
from ropa.admin.keeping import Keeping
from ropa.admin.lists import FAR
from ropa.admin.log import before_asked
from ropa.admin.pictures import Pictured
from ropa.admin.record_page import blocks_of, inner_rows, letter_links, rows_of
from ropa.admin.seen_outside import seen_outside
from ropa.admin.taking import Taking
from ropa.admin.words import title_of
from ropa.extensions import db
from ropa.history.browsing import Turn, Wanted, settled_at, step_at_version, steps_of
from ropa.history.unread import newest_word
from ropa.i18n import _
from ropa.models import OfficerWord, Root
from ropa.operations import moves_from
from ropa.operations.joining import lives_on_in
from ropa.pictures import pictures_for
from ropa.records import ArgentineRegistration, Change, Objection, ProcessingActivity, Record
from ropa.vocabulary import OfficerDecision, Permission, Workflow

HISTORY_PAGE = 25
LATEST = 5


class RecordView(Editing, Taking, Keeping, Bulk, Joins, Pictured):
    """The views of one noun; what differs from noun to noun is said in ``ropa.admin.views``."""

    reads: ClassVar[tuple[str, ...]] = (
        "index_view",
        "details_view",
        "picture_view",
        "picture_file_view",
        *Editing.reads,
    )
    writes: ClassVar[tuple[str, ...]] = (
        "confirm_view",
        "move_view",
        "bulk_view",
        "undo_view",
        *Editing.writes,
    )

    own: ClassVar[Mapping[str, Permission]] = {}
    """What the methods that only one noun has need."""

    def permission_for(self, method: str) -> Permission | None:
        """Return the permission a method needs; a method nobody named is refused to everybody."""
        if method in self.reads:
            return Permission.RECORD_READ
        if method in self.writes:
            return self.write_permission
        own = {
            "history_view": Permission.HISTORY_READ,
            "changed_view": Permission.HISTORY_READ,
            "download_view": Permission.EXPORT_MAKE,
            "keep_view": Permission.ACCOUNT_OWN,
            "retire_view": self.retire_permission,
            "bring_back_view": self.retire_permission,
            "merge_view": self.retire_permission,
            "unmerge_view": self.retire_permission,
            **self.own,
        }
        return own.get(method)

    @expose("/details/")
    def details_view(self) -> str:
        """Show a record: as it is written now or, with ``version``, as it stood then."""
        row, record = self.asked_record()
        then = request.args.get("version", type=int)
        if then is not None:
            return self._page_of_then(row, then)
        turns, _more = steps_of(db.session(), Wanted(record_id=row.id), LATEST)
        moves = [one for one in moves_from(record.workflow) if may(self.move_permission(one))]
        approves = any(one.end is Workflow.APPROVED for one in moves)
        page = {**self._page(record), "flags": flags_of(record)}
        return self.render(
            "admin/record.html",
            **page,
            version=row.version,
            turns=turns,
            moves=moves,
            findings=told_of(record),
            derived=derived_of(record),
            pictures=pictures_for(record),
            before_approval=told_before_approval(record) if approves else [],
            approved=self._approved_beside(record),
            uses=used_by(working_register(), record),
            names=named_by(working_register(), record),
            documents=documents_of(working_register(), record),
            outside=seen_outside(record),
            may_write=may(self.write_permission) and not record.is_retired,
            may_retire=may(self.retire_permission),
            may_have_twin=_may_have_twin(record),
            lives_on=lives_on_in(record, working_register()),
            sent_back=_sent_back(row.id, turns),
        )

    def _page(self, record: Record) -> dict[str, Any]:
        page: dict[str, Any] = {
            "title": title_of(record),
            "view": self,
            "record": record,
            "blocks": blocks_of(record),
            "rows_of": rows_of,
            "inner_rows": inner_rows,
            "standings": None,
            "official_url": "",
            "is_late": None,
            "flags": {},
            "life": None,
        }
        if isinstance(record, Objection):
            page["is_late"] = record.is_late(working_register().find(Change, record.change))
        if isinstance(record, ProcessingActivity):
            page["standings"] = judged(working_register()).get(record.id)
            page["letter_links"] = letter_links(record)
        if isinstance(record, ArgentineRegistration):
            page["official_url"] = record.official_url
        return page

    def _page_of_then(self, row: Root, version: int) -> str:
        turn = step_at_version(db.session(), row.id, version) if 0 < version < FAR else None
        if turn is None:
            abort(404)
        if turn.step.record is None:
            return self.render("admin/redacted.html", title=self.kind.name_of_noun, step=turn.step)
        page = {**self._page(turn.step.record), "standings": None}
        return self.render("admin/record.html", **page, then=turn.step, may_write=False)

    def _approved_beside(self, record: Record) -> tuple[Any, int] | None:
        """Return when the state that outsiders see was approved, if it is not this one."""
        if record.workflow in (Workflow.APPROVED, Workflow.RETIRED):
            return None
        return settled_at(db.session(), record.id)

    @expose("/history/")
    def history_view(self) -> str:
        """Show what happened to a record, the newest first."""
        row, record = self.asked_record()
        wanted = Wanted(record_id=row.id, before=before_asked())
        turns, more = steps_of(db.session(), wanted, HISTORY_PAGE)
        return self.render(
            "admin/record_history.html",
            title=_("History of %(title)s", title=title_of(record)),
            record=record,
            turns=turns,
            more=more,
        )


def _may_have_twin(record: Record) -> bool:
    """Say whether this is an activity with a role, and nobody is its twin yet."""
    if not isinstance(record, ProcessingActivity) or record.role is None or record.twin:
        return False
    return not any(one.path == "twin" for one in working_register().uses_of(record.id))


def _sent_back(record_id: str, turns: Sequence[Turn]) -> OfficerWord | None:
    """Return the officer's word that sent a record back, while nobody else wrote it since."""
    word = newest_word(db.session(), record_id)
    if word is None or word.decision is not OfficerDecision.SENT_BACK:
        return None
    later = (one.step for one in turns if one.step.seq > word.seq)
    return None if any(one.actor_id != word.actor_id for one in later) else word
