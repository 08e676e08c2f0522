"""People's words for columns and values, in both languages."""

from __future__ import annotations

from annotations.models import Language

COLUMN_LABELS: dict[Language, dict[str, str]] = {
    "vi": {
        "id": "Số",
        "report": "Mã báo cáo",
        "report_title": "Báo cáo",
        "report_date": "Ngày báo cáo",
        "period": "Kỳ báo cáo",
        "revision": "Bản văn",
        "section": "Mục",
        "start": "Từ ký tự",
        "end": "Đến ký tự",
        "passage": "Đoạn trích",
        "tags": "Loại vấn đề",
        "lead_agencies": "Cơ quan chủ trì",
        "coordinating_agencies": "Cơ quan phối hợp",
        "severity": "Mức độ",
        "status": "Trạng thái",
        "due": "Thời hạn",
        "note": "Ghi chú",
        "reviewer": "Người rà soát",
        "created_at": "Ghi lúc",
        "updated_at": "Sửa lúc",
        "placement": "Vị trí trong bản mới",
        "owner": "Người theo dõi",
        "earlier": "Tiếp nối vấn đề số",
    },
    "en": {
        "id": "No.",
        "report": "Report code",
        "report_title": "Report",
        "report_date": "Report date",
        "period": "Period",
        "revision": "Revision",
        "section": "Section",
        "start": "From character",
        "end": "To character",
        "passage": "Passage",
        "tags": "Issue types",
        "lead_agencies": "Lead agencies",
        "coordinating_agencies": "Coordinating agencies",
        "severity": "Severity",
        "status": "Status",
        "due": "Due",
        "note": "Note",
        "reviewer": "Reviewer",
        "created_at": "Created",
        "updated_at": "Updated",
        "placement": "Place in the latest text",
        "owner": "Owner",
        "earlier": "Continues No.",
    },
}

VALUE_LABELS: dict[Language, dict[str, str]] = {
    "vi": {
        "open": "Chưa xử lý",
        "in-progress": "Đang xử lý",
        "resolved": "Đã xử lý",
        "rejected": "Không phải vấn đề",
        "low": "Thấp",
        "medium": "Trung bình",
        "high": "Cao",
        "on-time": "Hoàn thành đúng hạn",
        "late": "Hoàn thành quá hạn",
        "in-time": "Chưa hoàn thành, trong hạn",
        "overdue": "Chưa hoàn thành, quá hạn",
        "lead": "chủ trì",
        "coordinating": "phối hợp",
        "exact": "đúng chỗ",
        "marked": "đã chuyển, nên xem lại",
        "waiting": "chờ xác định",
        "orphan": "không còn trong bản mới",
    },
    "en": {
        "open": "Open",
        "in-progress": "In progress",
        "resolved": "Resolved",
        "rejected": "Rejected",
        "low": "Low",
        "medium": "Medium",
        "high": "High",
        "on-time": "Completed on time",
        "late": "Completed late",
        "in-time": "Not completed, in time",
        "overdue": "Not completed, overdue",
        "lead": "lead",
        "coordinating": "coordinating",
        "exact": "in place",
        "marked": "carried, worth a look",
        "waiting": "waiting to be placed",
        "orphan": "not in the latest text",
    },
}


def column_label(column: str, headers: Language | None) -> str:
    """What stands above `column`: its name, or people's label for it."""
    return COLUMN_LABELS[headers][column] if headers else column


def value_label(value: str | None, language: Language) -> str:
    """People's word for a status, severity, role or placement; empty for None."""
    return VALUE_LABELS[language].get(value, value) if value else ""
