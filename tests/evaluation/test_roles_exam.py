"""The exam ``roles``: what counts as right, and which words of a constructed sentence fill which argument."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.roles import compare, exam, f1
from evaluation.roles.fill import entry_of, mapping
from evaluation.roles.training_texts import training
from sayso.language.model import find

needs_model = pytest.mark.skipif(find() is None, reason="no model is installed")


def test_an_argument_is_right_where_trigger_name_and_head_agree() -> None:
    tally = compare({(0, "Victim", 3), (0, "Place", 7)}, {(0, "Victim", 3), (1, "Place", 7)})
    assert f1(tally, "victim") == 100
    assert f1(tally, "place") == 0
    assert f1(tally, "all") == 50


def test_nothing_wanted_and_nothing_found_is_no_division_by_zero() -> None:
    assert f1(compare(set(), set()), "target") == 0


def test_a_type_of_three_levels_takes_its_own_entry_before_that_of_two() -> None:
    broadcast, meeting = entry_of("Contact.Contact.Broadcast"), entry_of("Contact.Contact.Meet")
    assert broadcast is not None
    assert meeting is not None
    assert (broadcast["agent"], meeting["agent"]) == ("Communicator", "Participant")
    assert entry_of("Weather.Rain.Unspecified") is None


def test_every_entry_of_the_mapping_fills_something() -> None:
    assert all(entry.get("agent") or entry.get("theme") for entry in mapping().values())


def test_a_training_argument_is_its_nearest_occurrence_in_the_sentence_of_its_trigger(tmp_path: Path) -> None:
    text = "A shop burnt . Later a man robbed people in a bank near another shop and fled ."
    event = {"event_type": "Conflict.Attack", "trigger": {"start_idx": 7, "end_idx": 8}}
    told = [("Target", "shop"), ("Attacker", "a man"), ("Place", "Orve")]
    arguments = [{"role": role, "text": text} for role, text in told]
    twice = [{**event, "arguments": arguments[:1]}, {**event, "arguments": arguments[1:]}]
    path = tmp_path / "train.jsonl"
    path.write_text(json.dumps({"tokens": text.split(), "event_mentions": twice}), encoding="utf-8")
    (record,) = training(path)
    (one,) = record["event_mentions"]
    assert [len(sentence) for sentence, _ in record["sentences"]] == [4, 14]
    assert [(a["role"], a["entity_id"]) for a in one["arguments"]] == [("Target", "14-15"), ("Attacker", "5-7")]


# note, sentence, trigger, type, (name, head word) of every argument
SENTENCES = [
    ("an active attack", "Gunmen attacked a convoy in Orve .", 1, "Conflict.Attack.Unspecified",
     {("Attacker", "Gunmen"), ("Target", "convoy"), ("Place", "Orve")}),
    ("what goes off is the device", "A bomb exploded in Baghdad .", 2, "Conflict.Attack.DetonateExplode",
     {("ExplosiveDevice", "bomb"), ("Place", "Baghdad")}),
    ("lists are taken apart", "The blast killed two policemen and a child .", 2, "Life.Die.Unspecified",
     {("Victim", "policemen"), ("Victim", "child")}),
    ("who is counted, not the count", "Hundreds of protesters were arrested .", 4,
     "Justice.ArrestJailDetain.Unspecified", {("Detainee", "protesters")}),
    ("who comes is the transporter", "The minister arrived .", 2, "Movement.Transportation.Unspecified",
     {("Transporter", "minister")}),
    ("both ends of a journey", "The minister flew from Orve to Lunda .", 2, "Movement.Transportation.Unspecified",
     {("Transporter", "minister"), ("Origin", "Orve"), ("Destination", "Lunda")}),
    ("a vehicle is no passenger", "The man drove the lorry to Lunda .", 2, "Movement.Transportation.Unspecified",
     {("Transporter", "man"), ("Vehicle", "lorry"), ("Destination", "Lunda")}),
    ("who reaches, and what", "Soldiers reached the village .", 1, "Movement.Transportation.Unspecified",
     {("Transporter", "Soldiers"), ("Destination", "village")}),
    ("who suffers an injury", "Two nurses suffered injuries .", 3, "Life.Injure.Unspecified",
     {("Victim", "nurses")}),
    ("shot dead", "Gunmen shot a judge dead .", 4, "Life.Die.Unspecified", {("Victim", "judge")}),
    ("who is killed in an attack is not its target", "Three people were killed in an attack on a market .", 6,
     "Conflict.Attack.Unspecified", {("Target", "market")}),
    ("a bomb is the device of its attack", "A bomb attack damaged the bridge .", 2, "Conflict.Attack.Unspecified",
     {("ExplosiveDevice", "bomb"), ("Target", "bridge")}),
    ("who raids", "The police raid failed .", 2, "Conflict.Attack.Unspecified", {("Attacker", "police")}),
    ("whom a crash hits", "The van crashed into a patrol .", 2, "Conflict.Attack.Unspecified",
     {("Instrument", "van"), ("Target", "patrol")}),
    ("every place of a list", "There were attacks in Baghdad and Mosul .", 2, "Conflict.Attack.Unspecified",
     {("Place", "Baghdad"), ("Place", "Mosul")}),
    ("who sells gives", "The dealer sold a rifle .", 2, "Transaction.ExchangeBuySell.Unspecified",
     {("Giver", "dealer"), ("AcquiredEntity", "rifle")}),
    ("from whom it was bought", "The man bought a rifle from a dealer .", 2, "Transaction.ExchangeBuySell.Unspecified",
     {("Recipient", "man"), ("AcquiredEntity", "rifle"), ("Giver", "dealer")}),
    ("who is in custody", "The suspect is in custody .", 4, "Justice.ArrestJailDetain.Unspecified",
     {("Detainee", "suspect")}),
    ("who faces charges", "The mayor faces charges .", 3, "Justice.ChargeIndict.Unspecified",
     {("Defendant", "mayor")}),
    ("who investigates", "A police investigation began .", 2, "Justice.InvestigateCrime.Unspecified",
     {("Investigator", "police")}),
    ("to whom it is said", "The mayor spoke to reporters .", 2, "Contact.Contact.Broadcast",
     {("Communicator", "mayor"), ("Recipient", "reporters")}),
]  # fmt: skip


@needs_model
@pytest.mark.parametrize(("note", "text", "trigger", "kind", "wanted"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_arguments_of_a_sentence(
    tmp_path: Path, note: str, text: str, trigger: int, kind: str, wanted: set[tuple[str, str]]
) -> None:
    words = text.split()
    mentions = [
        {"id": word, "start": words.index(word), "end": words.index(word) + 1}
        for word in sorted({w for _, w in wanted})
    ]
    event = {
        "event_type": kind,
        "trigger": {"start": trigger, "end": trigger + 1},
        "arguments": [{"entity_id": word, "role": name} for name, word in sorted(wanted)],
    }
    record = {
        "doc_id": "d",
        "tokens": words,
        "sentences": [[words, []]],
        "entity_mentions": mentions,
        "event_mentions": [event],
    }
    (tmp_path / "wikievents").mkdir()
    (tmp_path / "wikievents" / "dev.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert exam(tmp_path).figures["all.f"] == 100, note
