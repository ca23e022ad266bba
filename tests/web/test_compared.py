from __future__ import annotations

from pathlib import Path

from sayso.ledger import create
from sayso.ledger.asking.gathering import gather
from sayso.web.charts import KINDS, kind_rows
from sayso.web.compared import Agreement, agreements
from tests.ledger.foretold import QuickLinker, capture_of, put, text_of


def test_kinds_share_one_scale_and_the_commonest_stand_first() -> None:
    counted = [
        ("2031-05-14", "bombing", 4),
        ("2031-05-15", "bombing", 2),
        ("2031-05-14", "clash", 2),
        (None, "clash", 9),
    ]
    rows = kind_rows(counted)
    assert rows is not None
    assert [(row.kind, row.total, [bar.count for bar in row.bars]) for row in rows.rows] == [
        ("bombing", 6, [4, 2]),
        ("clash", 2, [2, 0]),
    ]
    assert rows.most == 4
    assert rows.rows[1].bars[0].height * 2 == rows.rows[0].bars[0].height


def test_rare_kinds_are_left_out_and_counted() -> None:
    rows = kind_rows([("2031-05-14", f"kind{number:02}", 20 - number) for number in range(KINDS + 3)])
    assert rows is not None
    assert (len(rows.rows), rows.left) == (KINDS, 3)
    assert kind_rows([(None, "clash", 1)]) is None


def test_holders_meet_where_both_speak_and_are_against_each_other_where_both_cannot_be_right(tmp_path: Path) -> None:
    with create(tmp_path / "desk", linker=QuickLinker()) as ledger:
        put(ledger, [capture_of(text_of(killed=7)), capture_of(text_of(killed=9, by="mayor"))])
        ids = [each.id for each in ledger.incidents()]
        with ledger.snapshot() as connection:
            found = agreements(gather(connection, ids))
    assert [(each.both, each.against) for each in found] == [(1, 1)]
    assert found == [Agreement(*sorted((found[0].one, found[0].other)), 1, 1)]
