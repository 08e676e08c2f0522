"""Annotations as they once were, as rows of the issue list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations.issue_rows import AgencyLink, IssueRow
from annotations.models import Agency, Annotation, Report, Revision, Role, Tag


def past_rows(
    annotations: Iterable[Annotation],
    report: Report,
    revision: Revision,
    tags: Sequence[Tag],
    agencies: Sequence[Agency],
) -> list[IssueRow]:
    """`annotations` of one text of `report`, with the names that tags and agencies have today."""
    by_tag = {tag.id: tag for tag in tags}
    by_agency = {agency.id: agency for agency in agencies}
    return [_row(each, report, revision, by_tag, by_agency) for each in annotations]


def _row(
    annotation: Annotation,
    report: Report,
    revision: Revision,
    tags: dict[int, Tag],
    agencies: dict[int, Agency],
) -> IssueRow:
    links = _links(annotation, agencies)
    chosen = [tags[number] for number in annotation.tags if number in tags]
    return IssueRow(
        annotation.id,
        report.slug,
        report.title,
        report.date,
        report.period,
        revision.sha256[:12],
        annotation.section,
        annotation.start,
        annotation.end,
        annotation.exact,
        tuple(tag.label("vi") for tag in chosen),
        tuple(link.name for link in links if link.role is Role.LEAD),
        tuple(link.name for link in links if link.role is Role.COORDINATING),
        annotation.severity,
        annotation.status,
        annotation.due,
        annotation.note,
        annotation.reviewer,
        annotation.created_at,
        annotation.updated_at,
        annotation.uid,
        annotation.prefix,
        annotation.suffix,
        links,
        tuple(tag.slug for tag in chosen),
        tuple(tag.label("en") for tag in chosen),
        annotation.version,
        report.id,
        revision.id,
        revision.sha256,
        annotation.paragraph,
        report.issuer,
        annotation.resolved_on,
        annotation.placement,
        annotation.owner,
        annotation.earlier_id,
    )


def _links(annotation: Annotation, agencies: dict[int, Agency]) -> tuple[AgencyLink, ...]:
    return tuple(
        AgencyLink(agency.slug, agency.name, agency.name_en, agency.short, link.role)
        for link in annotation.links
        if (agency := agencies.get(link.agency_id))
    )
