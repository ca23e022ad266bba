"""G5: flip one random bit in each stored blob and in one column of each row; every flip must be found."""

from __future__ import annotations

import random
from pathlib import Path

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import capture_of
from evaluation.guarantees.killing import THREE, add_all, project
from evaluation.guarantees.tampering import detected, flip, put_back, rows_of, unguarded

PROMISE = "Evidence and rows never change unseen"


def prove(folder: Path, full: bool) -> Proof:
    """Flip, check, put back; the long form flips each blob and row twenty times."""
    work = project(folder / "project")
    add_all(work, [*THREE, capture_of("\0\1\2\3" * 99)])
    chance = random.Random(1)
    turns = 20 if full else 1
    flips = found = 0
    for file in sorted((work / "evidence").rglob("*.z")) * turns:
        whole = file.read_bytes()
        raw = bytearray(whole)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        file.write_bytes(raw)
        flips, found = flips + 1, found + detected(work, ("evidence",))
        file.write_bytes(whole)
    with unguarded(work) as connection:
        for table, row in list(rows_of(connection)) * turns:
            name = chance.choice([name for name, value in row.items() if name != "rowid_" and value not in {None, ""}])
            changed = f'UPDATE {table} SET "{name}" = ? WHERE rowid = ?'
            other = flip(chance, row[name])
            connection.execute(changed, (other, row["rowid_"]))
            flips, found = flips + 1, found + detected(work)
            if (table, name) == ("log", "seq"):  # the key of the row itself
                connection.execute("DELETE FROM log WHERE seq = ?", (other,))
            put_back(connection, table, row)
    whole_again = not detected(work, ("log", "rows", "evidence"))
    return Proof(
        found == flips and whole_again, {"flips": flips, "detected": found}, f"{found} of {flips} flipped bits detected"
    )
