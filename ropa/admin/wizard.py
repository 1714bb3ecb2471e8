"""From a draft to a notice in review: what changes, in which words, on which days.

Nothing is kept between the pages but what they post; nothing is written until the last of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin import expose
from msgspec.structs import replace
from werkzeug.wrappers import Response

from ropa.admin.announced import today_in
from ropa.admin.base import RecordView
from ropa.admin.context import approved_register, working_register
from ropa.admin.proposal import (
    KINDS,
    Complaint,
    Proposal,
    begun_again,
    begun_with,
)
from ropa.admin.proposing import NEW, asked_in
from ropa.admin.refusals import sentence_of
from ropa.errors import RopaError
from ropa.extensions import db
from ropa.history.states import numbers_of
from ropa.i18n import _
from ropa.operations import as_edited, save
from ropa.publishing.announcing import ChangeRefusedError
from ropa.publishing.proposing import Ahead, next_number, touched
from ropa.records import Change, Engagement, Notice, Ref
from ropa.vocabulary import Workflow

STEPS = (_("What changes"), _("Words and days"), _("Review"))


class Wizard(RecordView):
    """The pages on which a change and its notice are proposed."""

    @expose("/announce/", methods=("GET", "POST"))
    def announce_view(self) -> str | Response | tuple[str, int]:
        """Ask what changes, in which words and when; show it whole; save it, in review."""
        try:
            proposal = self._begun() if request.method == "GET" else self._asked()
        except ChangeRefusedError as refused:
            flash(str(refused), "error")
            return redirect(self.get_url(".index_view"), 303)
        return self._step(proposal)

    def _asked(self) -> Proposal:
        """Return what the form proposes."""
        asked = asked_in()
        if not self._is_ours(asked.change):
            abort(400)
        ahead = self._ahead(asked.change)
        return Proposal(asked, ahead, working_register(), today_in(ahead.entity))

    def _step(self, proposal: Proposal) -> str | Response | tuple[str, int]:
        """Return the page that comes next, or the one whose answers must be put right."""
        act = request.form.get("do", "")
        if request.method == "GET" or act == "what":
            return self._what_page(proposal)
        if faults := list(proposal.faults_of_choice()):
            return self._what_page(proposal, faults), 422
        if act in ("words", "reckon"):
            again = proposal.reckoned() if act == "reckon" else proposal.with_first_words()
            return self._words_page(again)
        if faults := list(proposal.faults_of_words()):
            return self._words_page(proposal, faults), 422
        return self._propose(proposal) if act == "save" else self._review_page(proposal)

    def _ahead(self, change: str) -> Ahead:
        ahead = Ahead.of(approved_register(), working_register(), without=change)
        if ahead is None:
            raise ChangeRefusedError(
                _("No company is said to publish a list of sub-processors. Say so at the company.")
            )
        return ahead

    def _begun(self) -> Proposal:
        """Return what a link begins: with a record that changes, or with a change made before."""
        register = working_register()
        change = register.find(Change, request.args.get("change"))
        if change is not None:
            if change.announced_on or change.is_retired:
                raise ChangeRefusedError(_("This change has been announced already."))
            ahead = self._ahead(change.id)
            return begun_again(change, ahead, register, today_in(ahead.entity))
        record = register.records.get(request.args.get("record", "")) or abort(404)
        ahead = self._ahead("")
        return begun_with(record, ahead, register, today_in(ahead.entity))

    # The three pages

    def _what_page(self, proposal: Proposal, faults: Iterable[Complaint] = ()) -> str:
        return self._wizard_page(0, proposal, faults, kinds=KINDS)

    def _words_page(self, proposal: Proposal, faults: Iterable[Complaint] = ()) -> str:
        return self._wizard_page(1, proposal, faults, notices=proposal.open_notices(), new=NEW)

    def _review_page(self, proposal: Proposal, faults: Iterable[Complaint] = ()) -> str:
        told = working_register().find(Notice, proposal.asked.notice)
        return self._wizard_page(2, proposal, faults, notice=told)

    def _wizard_page(
        self, step: int, proposal: Proposal, faults: Iterable[Complaint], **more: Any
    ) -> str:
        return self.render(
            "admin/announce.html",
            title=_("Announce a change of the list"),
            step=step,
            steps=STEPS,
            asked=proposal.asked,
            proposal=proposal,
            subject=working_register().records.get(proposal.asked.record),
            seen=working_register().head.seq,
            faults=[(one.at, one.sentence) for one in faults],
            wrong={one.at: one.sentence for one in faults},
            **more,
        )

    # Writing

    def _propose(self, proposal: Proposal) -> str | Response | tuple[str, int]:
        """Write the change and its notice, in review; what ends is written as a draft before."""
        if self._moved_since(proposal):
            return self._reviewed_again(
                proposal, _("A record changed since you opened this page. Look again.")
            )
        try:
            if ending := list(_ending_drafts(proposal)):
                with self.changing(str(_("its end is being announced"))):
                    for one in ending:
                        save(db.session(), one)
            with self.changing():
                notice = self._write_both(proposal)
        except RopaError as error:
            return self._reviewed_again(proposal, sentence_of(error) or "")
        flash(_("Saved and sent to review. Once approved, the notice can be issued."), "success")
        return redirect(self.get_url("notice.details_view", id=notice.id), 303)

    def _reviewed_again(self, proposal: Proposal, sentence: str) -> tuple[str, int]:
        return self._review_page(proposal, [Complaint("main", sentence)]), 409

    def _moved_since(self, proposal: Proposal) -> bool:
        """Say whether somebody wrote one of the records after they were shown."""
        numbers = numbers_of(db.session(), proposal.states).values()
        return any(newest > proposal.asked.seen for _approved, newest in numbers)

    def _write_both(self, proposal: Proposal) -> Notice:
        session, asked, working = db.session(), proposal.asked, working_register()
        before = working.find(Change, asked.change)
        rows = touched(session, approved_register(), working, proposal.states, without=asked.change)
        change = replace(
            before or Change(id=asked.change),
            ref=before.ref if before else next_number(working, Change, "SPC", proposal.today),
            entity=Ref(proposal.ahead.entity.id),
            kind=proposal.kind,
            name=asked.name,
            body=asked.body,
            touches=rows,
            effective_on=proposal.effective_on,
            emergency=asked.emergency or None,
            emergency_reason=asked.emergency_reason,
            workflow=Workflow.IN_REVIEW,
        )
        save(session, change)
        notice = _telling(proposal, change)
        save(session, notice)
        return notice


def _telling(proposal: Proposal, change: Change) -> Notice:
    """Return the notice that tells of a change: one that is open, or a new one in its words."""
    asked, working = proposal.asked, proposal.working
    chosen = working.find(Notice, asked.notice) or working.find(Notice, asked.notice_id)
    if chosen is None or chosen.issued_on:
        return Notice(
            id=asked.notice_id,
            ref=next_number(working, Notice, "NOT", proposal.today),
            entity=change.entity,
            changes=(Ref(change.id),),
            name=change.name,
            body=change.body,
            workflow=Workflow.IN_REVIEW,
        )
    changes = tuple(dict.fromkeys((*chosen.changes, Ref(change.id))))
    return replace(chosen, changes=changes, workflow=Workflow.IN_REVIEW)


def _ending_drafts(proposal: Proposal) -> Iterator[Engagement]:
    """Yield the drafts of what ends, for those that do not say so yet."""
    for ref in proposal.asked.ends:
        wanted, now = proposal.states.get(ref), proposal.working.find(Engagement, ref)
        if isinstance(wanted, Engagement) and now and now.ends_on != wanted.ends_on:
            yield as_edited(replace(now, ends_on=wanted.ends_on))  # type: ignore[misc]
