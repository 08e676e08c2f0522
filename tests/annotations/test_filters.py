"""The filter language: what is understood, what is refused and where, and that it can be written back."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.dates import canonical_days, canonical_period, days, period_parts
from annotations.errors import FilterError
from annotations.filter_completion import complete
from annotations.filter_sql import check_filter
from annotations.filters import (
    WORDS,
    IssueFilter,
    Term,
    filter_from_options,
    format_filter,
    parse_filter,
)
from annotations.models import Role
from annotations.store import Store


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("   ", []),
        ("agency:stnmt", [Term("agency", ("stnmt",))]),
        ('agency:"so tnmt"', [Term("agency", ("so tnmt",))]),
        ("agency:“sở tnmt”", [Term("agency", ("sở tnmt",))]),
        ('agency:"a ""b"" c"', [Term("agency", ('a "b" c',))]),
        ("status:open,in-progress", [Term("status", ("open", "in-progress"))]),
        ("status:open status:resolved", [Term("status", ("open", "resolved"))]),
        ("status:OPEN,In_Progress", [Term("status", ("open", "in-progress"))]),
        ('status:"đang xử lý"', [Term("status", ("in-progress",))]),
        ("severity:cao,none", [Term("severity", ("high", "none"))]),
        ("!tag:o-nhiem", [Term("tag", ("o-nhiem",), excluded=True)]),
        ("tag:a !tag:b", [Term("tag", ("a",)), Term("tag", ("b",), excluded=True)]),
        ("owner:me,none", [Term("owner", ("me", "none"))]),
        ("!owner:NONE", [Term("owner", ("none",), excluded=True)]),
        ("overdue", [Term("overdue")]),
        ("!overdue", [Term("overdue", excluded=True)]),
        ('"overdue"', [Term("search", ('"overdue"',))]),
        ("mặt bằng", [Term("search", ("mặt",)), Term("search", ("bằng",))]),
        ('"mặt bằng"', [Term("search", ('"mặt bằng"',))]),
        ('!"mặt bằng', [Term("search", ('"mặt bằng"',), excluded=True)]),
        ('search:a,"b c"', [Term("search", ("a", '"b c"'))]),
        ("due:before:30/06/2023", [Term("due", ("before:2023-06-30",))]),
        ("due:none,after:2023-Q1", [Term("due", ("none", "after:2023-Q1"))]),
        ("due:after:2023 due:before:today", [Term("due", ("after:2023",)), Term("due", ("before:today",))]),
        ('period:"quý I/2023"', [Term("period", ("2023-Q1",))]),
        ("agency:a role:lead", [Term("agency", ("a",), role=Role.LEAD)]),
        ("role:lead agency:a", [Term("agency", ("a",), role=Role.LEAD)]),
        ("agency:a !role:lead", [Term("agency", ("a",), role=Role.COORDINATING)]),
        ("agency:a role:lead,coordinating", [Term("agency", ("a",))]),
        ("agency:a:lead agency:b", [Term("agency", ("a",), role=Role.LEAD), Term("agency", ("b",))]),
        ("agency:none:lead", [Term("agency", ("none",), role=Role.LEAD)]),
        ("tag:=dau-tu-cong,o-nhiem", [Term("tag", ("=dau-tu-cong", "o-nhiem"))]),
        ('agency:"=Sở Xây dựng":lead', [Term("agency", ("=Sở Xây dựng",), role=Role.LEAD)]),
        ('period:"=quý I/2023"', [Term("period", ("=2023-Q1",))]),
        ("deadline:late deadline:overdue", [Term("deadline", ("late", "overdue"))]),
        ('deadline:"hoàn thành đúng hạn"', [Term("deadline", ("on-time",))]),
        ("placement:waiting,orphan", [Term("placement", ("waiting", "orphan"))]),
        ('!placement:"chờ xác định"', [Term("placement", ("waiting",), excluded=True)]),
        ("periods:03", [Term("periods", ("3",))]),
        ("!periods:2", [Term("periods", ("2",), excluded=True)]),
        ("role:lead", [Term("role", ("lead",))]),
        ("!role:lead", [Term("role", ("lead",), excluded=True)]),
    ],
)
def test_understands(text: str, terms: list[Term]) -> None:
    found = parse_filter(text)
    assert list(found.terms) == terms
    assert parse_filter(format_filter(found)) == found


def test_decomposed_letters_are_the_same_filter() -> None:
    text = 'agency:"sở tài nguyên" "mặt bằng"'
    assert parse_filter(unicodedata.normalize("NFD", text)) == parse_filter(text)


@pytest.mark.parametrize(
    ("text", "wrong", "said"),
    [
        ("agancy:x", "agancy", "“agency:”"),
        ("tag:a xyz:b", "xyz", "tag"),
        ("status:opne", "opne", "“open”"),
        ("tag:a status:open,qqqq", "qqqq", "rejected"),
        ("severity:hgih", "hgih", "“high”"),
        ("agency:", "agency:", "agency"),
        ("tag:a,", "tag:a,", "tag"),
        ("!", "!", "exclude"),
        ("due:befor:2023-01-01", "befor:2023-01-01", "due:before:2023-01-01"),
        ("due:before:soon", "before:soon", "2023-06-30"),
        ("since:2023-02-30", "2023-02-30", "2023-06-30"),
        ("period:2023-Q5", "2023-Q5", "2023-Q1"),
        ("periods:nhiều", "nhiều", "periods:3"),
        ("periods:0", "0", "periods:3"),
        ("agency:a:lead,b:coordinating", "agency:a:lead,b:coordinating", "same role"),
    ],
)
def test_refuses_with_the_place_and_what_to_write(text: str, wrong: str, said: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert text[caught.value.start : caught.value.end] == wrong
    assert said in str(caught.value)


def test_names_are_looked_up_with_their_place(store: Store) -> None:
    names = store.issues.directory
    assert check_filter('agency:"so tnmt" tag:gpmb-cham', names).terms[0].values == ("so tnmt",)
    for text, wrong in {
        "status:open tag:gpmb-chma": "gpmb-chma",
        'agency:stnmt,"so hang khong"': '"so hang khong"',
        "!report:khong-co": "khong-co",
        "reviewer:ai-do": "ai-do",
        "owner:none,ai-do": "ai-do",
        'chậm search:"..."': '"..."',
    }.items():
        with pytest.raises(FilterError) as caught:
            check_filter(text, names)
        assert text[caught.value.start : caught.value.end] == wrong


VALUES = st.text("aăđ ,:!\"'“”«»xệ.-", min_size=1, max_size=8).filter(lambda text: text.strip(' "'))


@st.composite
def terms(draw: st.DrawFn) -> Term:
    word = draw(st.sampled_from(WORDS))
    excluded = draw(st.booleans())
    if word == "search":
        phrase = draw(VALUES.map(lambda text: '"' + " ".join(text.replace('"', " ").split()) + '"'))
        return Term(word, (draw(st.sampled_from(["chậm", "!x", "a:b", "overdue", phrase])),), excluded)
    fixed = {
        "status": ["open", "resolved"],
        "severity": ["low", "none"],
        "role": ["lead", "coordinating"],
        "as": ["written", "current", "itself"],
        "period": ["2023", "2023-Q1", "=2023", "none"],
        "deadline": ["late", "overdue"],
        "placement": ["waiting", "exact"],
        "periods": ["2", "3"],
        "due": ["before:2023-06-30", "none", "+7d", "after:2023-Q1"],
        "since": ["2023-01-01", "today"],
        "until": ["2023-W12"],
        "overdue": [],
    }.get(word)
    one = VALUES if fixed is None else st.sampled_from(fixed)
    values = () if fixed == [] else tuple(draw(st.lists(one, min_size=1, max_size=2, unique=True)))
    role = draw(st.sampled_from([None, *Role])) if word == "agency" else None
    return Term(word, values, excluded, role)


@settings(max_examples=150, deadline=None)
@given(st.lists(terms(), max_size=5))
def test_what_is_written_back_means_the_same(parts: list[Term]) -> None:
    try:
        found = IssueFilter().adding(*parts)
    except FilterError:
        return
    assert parse_filter(format_filter(found)) == found


@settings(max_examples=150, deadline=None)
@given(st.text('agency:tus"!, x“”«»ă\t\n', max_size=24))
def test_any_text_is_understood_or_refused_inside_it(text: str) -> None:
    try:
        found = parse_filter(text)
    except FilterError as error:
        assert 0 <= error.start <= error.end <= len(text)
    else:
        assert parse_filter(format_filter(found)) == found


def test_adding_and_taking_away() -> None:
    base = parse_filter("agency:a status:open")
    wider = base.adding(Term("agency", ("b",)))
    assert format_filter(wider) == "agency:a,b status:open"
    assert wider.has("agency", "b")
    assert not base.has("agency", "b")
    assert wider.without("agency", "b") == base
    assert format_filter(wider.without("agency")) == "status:open"
    assert not wider.without("agency").without("status")


def test_options_say_the_same_as_the_line() -> None:
    made = filter_from_options(
        agency=["Sở Văn hóa, Thể thao và Du lịch", "!stnmt"],
        status=["open,in-progress"],
        role="lead",
        due=["before:2023-06-30"],
        overdue=True,
        since="01/01/2023",
        search=["mặt bằng", '"chậm tiến độ"'],
        words=["severity:high !overdue"],
    )
    line = (
        'severity:high !overdue agency:"Sở Văn hóa, Thể thao và Du lịch":lead !agency:stnmt:lead'
        ' status:open,in-progress due:before:2023-06-30 since:2023-01-01 overdue mặt bằng "chậm tiến độ"'
    )
    assert set(made.terms) == set(parse_filter(line).terms)


@pytest.mark.parametrize(
    "options", [{"status": ["opne"]}, {"agency": ["!"]}, {"since": "soon"}, {"colour": ["x"]}]
)
def test_wrong_options_are_refused(options: dict[str, list[str] | str]) -> None:
    with pytest.raises(FilterError):
        filter_from_options(**options)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2023", "2023"),
        ("2023q1", "2023-Q1"),
        ("Q1/2023", "2023-Q1"),
        ("Quý III/2023", "2023-Q3"),
        ("iv/2023", "2023-Q4"),
        ("6/2023", "2023-06"),
        ("tháng 6/2023", "2023-06"),
        ("2023-h1", "2023-H1"),
        ("9M/2023", "2023-9M"),
        ("2023-W5", "2023-W05"),
    ],
)
def test_periods_as_people_write_them(typed: str, period: str) -> None:
    assert canonical_period(typed) == period


def test_what_lies_in_a_period() -> None:
    months = {f"2023-0{month}" for month in range(1, 7)}
    assert set(period_parts("2023-H1")) == {"2023-H1", "2023-Q1", "2023-Q2", *months}
    assert {"2023", "2023-9M", "2023-Q4", "2023-12", "2023-W33"} <= set(period_parts("2023"))
    assert period_parts("2023-05") == ("2023-05",)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("today", "2023-06-30", "2023-06-30"),
        ("+7d", "2023-07-07", "2023-07-07"),
        ("-2w", "2023-06-16", "2023-06-16"),
        ("1.7.2023", "2023-07-01", "2023-07-01"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-W01", "2023-01-02", "2023-01-08"),
        ("2023", "2023-01-01", "2023-12-31"),
    ],
)
def test_days(typed: str, first: str, last: str) -> None:
    assert days(canonical_days(typed), "2023-06-30") == (first, last)


@pytest.mark.parametrize(
    ("before", "after", "first"),
    [
        ("ag", "", "agency:"),
        ("status:open !se", "", "!severity:"),
        ("over", "", "overdue"),
        ("agency:sotnmt", "", "agency:so-tnmt"),
        ('agency:"so tai nguyen', '"', "agency:so-tnmt"),
        ("tag:gpmb", " status:open", "tag:gpmb-cham"),
        ("status:in", "", "status:in-progress"),
        ("status:open,re", "", "status:open,resolved"),
        ("due:be", "", "due:before:"),
        ("ow", "", "owner:"),
        ("owner:", "", "owner:me"),
        ("owner:n", "", "owner:none"),
        ("pl", "", "placement:"),
        ("placement:", "", "placement:waiting"),
        ("severity:h", "xx", "severity:high"),
    ],
)
def test_completes(store: Store, before: str, after: str, first: str) -> None:
    text = before + after
    offered = complete(text, len(before), store.issues.directory)
    done = text[: offered[0].start] + offered[0].text + text[offered[0].end :]
    expected = first if after in ('"', "xx") else first + after
    assert done.endswith(expected)


def test_nothing_is_offered_for_words_that_are_searched(store: Store) -> None:
    assert complete('"mặt b', 6, store.issues.directory) == []
    assert complete("", 0, store.issues.directory) == []


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("cơ-quan:stnmt trạng-thái:open", "agency:stnmt status:open"),
        ("co-quan:stnmt", "agency:stnmt"),
        ("trangthai:open !quá-hạn", "status:open !overdue"),
        ("Nhãn:gpmb mức-độ:cao kỳ:2023", "tag:gpmb severity:high period:2023"),
        ("người-rà-soát:mai người_theo_dõi:lan", "reviewer:mai owner:lan"),
        ("báo-cáo:x từ:2023 đến:2024", "report:x since:2023 until:2024"),
        ("hạn:trước:2023-06-30", "due:before:2023-06-30"),
    ],
)
def test_the_words_are_read_in_vietnamese_too(typed: str, canonical: str) -> None:
    assert format_filter(parse_filter(typed)) == canonical
    assert format_filter(parse_filter(unicodedata.normalize("NFD", typed))) == canonical


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("cơ-quạn-nào:x", "cơ-quan"), ("trạng-tái:open", "trạng-thái"), ("agancy:x", "agency")],
)
def test_a_word_with_a_colon_that_is_none_is_refused_with_the_nearest(typed: str, nearest: str) -> None:
    with pytest.raises(FilterError) as refused:
        parse_filter(typed)
    assert refused.value.values["nearest"] == nearest


def test_vietnamese_words_are_offered_where_that_is_the_language(store: Store) -> None:
    directory = store.issues.directory
    assert [one.text for one in complete("trạ", 3, directory, "en")] == []
    assert [one.text for one in complete("trạ", 3, directory, "vi")] == ["trạng-thái:"]
    assert [one.text for one in complete("st", 2, directory, "vi")] == ["status:"]
    assert "open" in [one.text for one in complete("trạng-thái:o", 12, directory, "vi")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+14", "+14d"),
        ("+2 tuần", "+2w"),
        ("hôm nay", "today"),
        ("mai", "+1d"),
        ("30-06-2023", "2023-06-30"),
        ("6/2023", "2023-06"),
        ("Q1/2023", "2023-Q1"),
    ],
)
def test_a_due_date_is_asked_for_as_it_is_set(typed: str, kept: str) -> None:
    assert format_filter(parse_filter(f'due:"before:{typed}"')) == f"due:before:{kept}"


def test_a_day_without_a_year_is_the_next_one() -> None:
    (term,) = parse_filter("due:30/6").terms
    found = date.fromisoformat(term.values[0])
    assert (found.month, found.day) == (6, 30)
    assert date.today() <= found <= date.today() + timedelta(days=366)
