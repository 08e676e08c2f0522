"""The pickers put the wanted entry first, by context and by what is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotations.models import Agency, Tag
from annotations.names import find_agency, find_tag
from annotations.phrases import PhraseFinder, PhraseKind, read_phrase
from annotations.ranking import (
    PickerContext,
    PickerIndex,
    Ranked,
    Reason,
    rank_agencies,
    rank_tags,
    usual_on,
)
from annotations.seeds import number_agencies, number_tags
from annotations.shipped import codebook, directory

SEEDS = codebook()
TAGS = number_tags(SEEDS)
AGENCIES = number_agencies(directory())
TAG = {tag.slug: tag for tag in TAGS}
AGENCY = {agency.slug: agency for agency in AGENCIES}
TAG_INDEX = PickerIndex.of_tags(TAGS)
AGENCY_INDEX = PickerIndex.of_agencies(AGENCIES)
IN_2023, IN_2025 = PickerContext(on=date(2023, 3, 31)), PickerContext(on=date(2025, 8, 1))

TAG_QUERIES = """
gpmb: gpmb-cham
giai phong: gpmb-cham
mat bang: gpmb-cham
giari phong: gpmb-cham
giai phongs mawtj: gpmb-cham
giaiphongmatbang: gpmb-cham
slow site: gpmb-cham
den bu: gpmb-cham
tccham: thi-cong-cham
thi cong: thi-cong-cham
cham tien do: thi-cong-cham
thi cogn: thi-cong-cham
giai ngan: giai-ngan-thap
von dau tu: giai-ngan-thap
gndtc: giai-ngan-thap
dat dai: vi-pham-dat-dai
vpdd: vi-pham-dat-dai
lan chiem: vi-pham-dat-dai
đất: vi-pham-dat-dai
vi pham dat: vi-pham-dat-dai
xdtp: xd-trai-phep
xay dung trai: xd-trai-phep
trai phep: xd-trai-phep
khong phep: xd-trai-phep
o nhiem: o-nhiem
onmt: o-nhiem
moi truong: o-nhiem
pollution: o-nhiem
dvc: dvc-truc-tuyen
truc tuyen: dvc-truc-tuyen
dich vu cong: dvc-truc-tuyen
nhieu nam: vi-pham-nhieu-nam
dut diem: vi-pham-nhieu-nam
khoang san: khoang-san
cat tac: khoang-san
so do: cap-gcn-cham
pci: chi-so-giam
kntc: khieu-nai-to-cao
khieu nại: khieu-nai-to-cao
tre han: ho-so-tre-han
nhung nhieu: ho-so-tre-han
chuyen doi so: cds-cham
tham nhung: tham-nhung
ma tuy: toi-pham
phong chay: pccc
ntm: ntm-cham
giao vien: gd-thieu
thieu thuoc: y-te-thieu
no thue: no-thue
ket luan thanh tra: cham-bao-cao
ne tranh: so-trach-nhiem
phoi hop: phoi-hop-kem
quyet toan: quyet-toan-cham
nợ đọng xd: no-dong-xdcb
quy hoachj: quy-hoach-cham
can bo: bo-may-can-bo
"""

AGENCY_QUERIES = """
stnmt: so-tnmt
so tnmt: so-tnmt
tn mt: so-tnmt
sở tn-mt: so-tnmt
so tai nguyen: so-tnmt
so tai nguyne: so-tnmt
sotnmt: so-tnmt
stmnt: so-tnmt
skhdt: so-khdt
ke hoach dau tu: so-khdt
so xd: so-xd
xay dung: so-xd
gtvt: so-gtvt
giao thong: so-gtvt
ldtbxh: so-ldtbxh
thuong binh: so-ldtbxh
ubndpb: ubnd-huyen-phu-binh
ubnd phu binh: ubnd-huyen-phu-binh
phu binh: ubnd-huyen-phu-binh
h phu binh: ubnd-huyen-phu-binh
phú bình: ubnd-huyen-phu-binh
phu bin: ubnd-huyen-phu-binh
dong hy: ubnd-huyen-dong-hy
tp thai nguyen: ubnd-tp-thai-nguyen
ubndtptn: ubnd-tp-thai-nguyen
pho yen: ubnd-tp-pho-yen
dinh hoa: ubnd-huyen-dinh-hoa
tan khanh: ubnd-xa-tan-khanh-phu-binh
ubnd huyen: ubnd-huyen
ubnd tinh: ubnd-tinh
cong an: cong-an-tinh
cong anh tinh: cong-an-tinh
kbnn: kbnn
kho bac: kbnn
chu dau tu: chu-dau-tu
cdt: chu-dau-tu
bqlda: bqlda
ban quan ly du an: bqlda
khu cong nghiep: bql-kcn
thanh tra: thanh-tra-tinh
tinh uy: tinh-uy
btctu: btc-tu
to chuc tinh uy: btc-tu
noi chinh: ban-nc
mat tran: mttq
hanh chinh cong: tt-hcc
quy dat: tt-ptqd
dang ky dat dai: vpdk-dat
kiem lam: kiem-lam
bhxh: bhxh
thi hanh an: cuc-tha
so noi vu: so-nv
so y te: so-yt
finance: so-tc
"""


def cases(text: str) -> list[tuple[str, str]]:
    lines = [line.split(": ") for line in text.strip().splitlines()]
    return [(query, slug) for query, slug in lines]


def slugs(rows: list[Ranked[Tag]] | list[Ranked[Agency]]) -> list[str]:
    return [row.entry.slug for row in rows]


def test_typed_queries_find_what_is_wanted() -> None:
    found: list[tuple[str, str, list[str]]] = []
    for query, slug in cases(TAG_QUERIES):
        found.append((query, slug, slugs(TAG_INDEX.rank(query, IN_2023, limit=3))))
    for query, slug in cases(AGENCY_QUERIES):
        found.append((query, slug, slugs(AGENCY_INDEX.rank(query, IN_2023, limit=3))))
    not_first = [case for case in found if case[2][:1] != [case[1]]]
    missed = [case for case in found if case[1] not in case[2]]
    assert len(found) >= 60
    assert len(not_first) <= 0.10 * len(found), not_first
    assert len(missed) <= 0.03 * len(found), missed


def test_every_full_name_and_key_comes_first() -> None:
    for tag in TAGS:
        assert slugs(TAG_INDEX.rank(tag.label_vi, IN_2023))[0] == tag.slug
        assert slugs(TAG_INDEX.rank(tag.key, IN_2023))[0] == tag.slug
    for agency in AGENCIES[:92]:
        on = date(2023, 1, 1) if agency.valid_to else date(2026, 1, 1)
        assert slugs(AGENCY_INDEX.rank(agency.name, PickerContext(on=on)))[0] == agency.slug


def test_the_day_of_the_report_decides_between_old_and_new() -> None:
    assert slugs(AGENCY_INDEX.rank("phu binh", IN_2025))[0] == "ubnd-xa-phu-binh"
    assert slugs(AGENCY_INDEX.rank("tan khanh", IN_2025))[0] == "ubnd-xa-tan-khanh"
    assert slugs(AGENCY_INDEX.rank("nong nghiep", IN_2025))[0] == "so-nnmt"
    assert slugs(AGENCY_INDEX.rank("nong nghiep", IN_2023))[0] == "so-nnptnt"


def test_written_accents_decide() -> None:
    assert slugs(TAG_INDEX.rank("đạt", IN_2023))[0] != slugs(TAG_INDEX.rank("đất", IN_2023))[0]


def test_without_a_query_the_context_orders() -> None:
    context = PickerContext(
        named=(AGENCY["so-yt"].id,),
        usual=(AGENCY["ubnd-huyen"].id, AGENCY["so-yt"].id, AGENCY["so-tnmt"].id),
        report=(AGENCY["so-xd"].id,),
        recent=(AGENCY["kbnn"].id, AGENCY["so-xd"].id),
        on=date(2023, 3, 31),
    )
    rows = AGENCY_INDEX.rank("", context)
    assert [(row.entry.slug, row.reason) for row in rows[:5]] == [
        ("so-yt", Reason.NAMED),
        ("ubnd-huyen", Reason.USUAL),
        ("so-tnmt", Reason.USUAL),
        ("so-xd", Reason.REPORT),
        ("kbnn", Reason.RECENT),
    ]
    assert len(rows) == len(AGENCIES)
    assert {row.reason for row in rows[5:]} == {Reason.OTHER}
    with_day = [row.entry for row in rows[5:]]
    ended = [at for at, agency in enumerate(with_day) if agency.valid_from]
    assert min(ended) == len(with_day) - len(ended)


def test_the_context_also_orders_what_answers_alike() -> None:
    context = PickerContext(recent=(AGENCY["ubnd-huyen-vo-nhai"].id,), on=date(2023, 3, 31))
    rows = AGENCY_INDEX.rank("ubnd huyen", context)
    assert slugs(rows)[:2] == ["ubnd-huyen", "ubnd-huyen-vo-nhai"]
    assert rows[1].reason is Reason.RECENT


def test_tags_come_in_the_order_of_the_codebook_without_those_retired() -> None:
    assert slugs(rank_tags("", TAGS, PickerContext())) == [tag.slug for tag in TAGS]
    assert rank_agencies("zzzzzz", AGENCIES, PickerContext()) == []
    assert TAG_INDEX.rank("   ", PickerContext(), limit=2)[1].matched == ""


def test_a_row_tells_which_name_answered() -> None:
    assert AGENCY_INDEX.rank("sldtbxh", IN_2023)[0].matched.startswith("Sở L")
    assert TAG_INDEX.rank("sổ đỏ", IN_2023)[0].matched == "sổ đỏ"


@pytest.mark.parametrize("query", ["'", "((", "🏛", "\x1b[31m", "ầ" * 500, "a " * 300, "%_*?", "đ"])
def test_odd_queries_do_no_harm(query: str) -> None:
    tags, agencies = TAG_INDEX.rank(query, IN_2023), AGENCY_INDEX.rank(query, IN_2023)
    assert {row.entry.slug for row in tags} <= {tag.slug for tag in TAGS}
    assert {row.entry.slug for row in agencies} <= AGENCY.keys()
    assert len(tags) == len({row.entry.slug for row in tags})


def test_an_empty_codebook_has_an_empty_picker() -> None:
    assert rank_tags("gpmb", (), PickerContext()) == []
    assert rank_agencies("", (), PickerContext()) == []


def test_usual_agencies_answer_on_the_day() -> None:
    lists = [
        [AGENCY[slug].id for slug in seed.agencies]
        for seed in SEEDS
        if seed.slug in ("o-nhiem", "vi-pham-dat-dai")
    ]
    by_id = {agency.id: agency.slug for agency in AGENCIES}
    before = [by_id[number] for number in usual_on(lists, AGENCIES, date(2023, 3, 31))]
    assert before == ["so-tnmt", "ubnd-huyen", "ubnd-xa", "bql-kcn"]
    learnt = {AGENCY["cong-an-tinh"].id: 7, AGENCY["so-xd"].id: 9, AGENCY["so-tnmt"].id: 30}
    after = [by_id[number] for number in usual_on(lists, AGENCIES, date(2025, 8, 1), learnt)]
    assert after == ["so-nnmt", "ubnd-xa", "ubnd-tinh", "bql-kcn", "so-xd", "cong-an-tinh"]


PROBLEMS = """
tiến độ giải phóng mặt bằng: gpmb-cham
thi công một số công trình, dự án còn chậm: thi-cong-cham
một số công trình, dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm: vi-pham-nhieu-nam
tỷ lệ giải ngân vốn đầu tư công đạt thấp: giai-ngan-thap
tình trạng vi phạm về quản lý đất đai: vi-pham-dat-dai
xây dựng trái phép: xd-trai-phep
ô nhiễm môi trường còn xảy ra ở một số địa phương: o-nhiem
tỷ lệ sử dụng dịch vụ công trực tuyến còn chưa cao: dvc-truc-tuyen
"""


@pytest.mark.parametrize(("passage", "slug"), cases(PROBLEMS))
def test_a_passage_names_its_issue_type(passage: str, slug: str) -> None:
    named = PhraseFinder(TAGS).find(passage)
    rows = TAG_INDEX.rank("", PickerContext(named=named))
    assert (rows[0].entry.slug, rows[0].reason) == (slug, Reason.NAMED)


def test_a_clause_with_three_problems_names_all_three_first() -> None:
    clause = (
        "tình trạng vi phạm về quản lý đất đai, xây dựng trái phép, ô nhiễm môi trường còn xảy ra"
        " ở một số địa phương"
    )
    by_id = {tag.id: tag.slug for tag in TAGS}
    named = [by_id[number] for number in PhraseFinder(TAGS).find(clause)]
    assert set(named[:3]) == {"vi-pham-dat-dai", "xd-trai-phep", "o-nhiem"}
    assert PhraseFinder(TAGS).find("Thời tiết hôm nay nắng ráo.") == []


def test_marks_of_phrases() -> None:
    assert read_phrase("nợ thuế!") == read_phrase("nợ thuế !")
    assert read_phrase("nợ thuế!").kind is PhraseKind.PROBLEM
    assert (read_phrase("~tồn đọng").text, read_phrase("~tồn đọng").kind) == ("tồn đọng", PhraseKind.CUE)
    assert read_phrase("đất đai").kind is PhraseKind.TOPIC


def test_the_nine_digits_stand_for_the_nine_most_useful() -> None:
    digits = {tag.digit: tag.slug for tag in TAGS if tag.digit}
    assert [digits[number] for number in range(1, 9)] == [slug for _, slug in _in_order()]
    assert len(digits) == 9
    assert find_tag(TAGS, digits[9]) and find_agency(AGENCIES, SEEDS[1].agencies[0])


def _in_order() -> list[tuple[int, str]]:
    order = "gpmb-cham thi-cong-cham vi-pham-nhieu-nam giai-ngan-thap vi-pham-dat-dai xd-trai-phep o-nhiem"
    return list(enumerate([*order.split(), "dvc-truc-tuyen"], 1))


def test_the_shipped_data_is_in_the_package() -> None:
    import annotations

    assert (Path(annotations.__file__).parent / "data" / "codebook.csv").exists()
