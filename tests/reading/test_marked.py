"""What the model marks adds to the rules and doubts them: with marks made by hand, so that no weights decide."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sayso.language.analysis import Analysis
from sayso.language.engine import analyse
from sayso.reading.account import Accounts, read_account
from sayso.reading.marked.doubted import DOUBTED
from sayso.reading.marked.incidents import LOUD, QUIET
from sayso.reading.marked.marked import SURE
from sayso.reading.marked.tied import ARMED
from sayso.reading.statements.statements import find_statements
from sayso.reading.where.sites import HINTED
from sayso.vocab.gazetteer import Gazetteer
from tests.reading.claim_helpers import line, report_of, with_marks

TEXT = (
    "Gunmen killed nine guards at a checkpoint near Gao on Monday. The Falcon Brigade was at the bridge with lorries. "
    "Two shepherds are in the clinic of the town."
)
KINDS = ("kind.shooting", "kind.arson")
LABELS = (
    "perpetrator",
    "cleared",
    "target",
    "killed",
    "injured",
    "where",
    "when",
    "weapon",
    "claimed",
    "arrested",
    "abducted",
    "motive",
    *KINDS,
)


def marked(text: str, *told: tuple[str, str, int], loud: int = LOUD, others: int = DOUBTED["target"]) -> Analysis:
    """Return a text's analysis whose words are marked as told (words, label, per cent); all others a little."""
    analysis = next(iter(analyse([report_of(text)])))
    shares = np.full((len(analysis.tokens), len(LABELS)), others, np.uint8)
    shares[:, [LABELS.index(kind) for kind in KINDS]] = 0
    shares[:, LABELS.index(KINDS[0])] = loud
    return with_marks(analysis, LABELS, shares, told)


def account(analysis: Analysis) -> Accounts:
    world = Gazetteer.default()
    return read_account(analysis, find_statements(analysis, world), world)


def claims(analysis: Analysis, field: str) -> list[str]:
    return sorted(line(claim) for claim in account(analysis).claims if claim.field == field)


def test_a_mark_adds_an_author_and_quotes_the_clause() -> None:
    text = TEXT.replace("was at the bridge", "had come to the bridge with explosives")
    analysis = marked(text, ("Falcon Brigade", "perpetrator", SURE["perpetrator"]))
    assert claims(analysis, "perpetrator") == ["perpetrator Falcon Brigade", "perpetrator Gunmen"]
    [claim] = [one for one in account(analysis).claims if line(one) == "perpetrator Falcon Brigade"]
    assert claim.evidence.text == "The Falcon Brigade had come to the bridge with explosives with lorries"


UNTIED = (
    "The Falcon Brigade closed the road to the bridge",
    "Raiders went on to ambush the Falcon Brigade at the bridge",
    "Shops at the bridge belong to the Falcon Brigade",
    "A dealer at the bridge had lodged with the Falcon Brigade",
    "The mayor told the Falcon Brigade of the bridge",
    "The Falcon Brigade would shoot whoever crossed the bridge",
    "A flag of the Falcon Brigade was found at the bridge",
    "The Falcon Brigade was at the bridge",
    "Officers of the Falcon Brigade arrested a man over the attack",
    "The lawyer asked the Falcon Brigade for its papers",
    "A herder was killed on his way to a meeting of the Falcon Brigade",
)


@pytest.mark.parametrize("words", UNTIED)
def test_a_mark_on_who_does_no_violence_by_the_grammar_adds_nothing(words: str) -> None:
    text = TEXT.replace("The Falcon Brigade was at the bridge with lorries", words)
    assert "Falcon Brigade" not in str(claims(marked(text, ("Falcon Brigade", "perpetrator", 60)), "perpetrator"))


def test_a_sure_mark_on_an_armed_group_needs_no_grammar() -> None:
    analysis = marked(TEXT, ("Falcon Brigade", "perpetrator", ARMED))
    assert "Falcon Brigade" in str(claims(analysis, "perpetrator"))


TIED = (
    "Two men who had set off a mine at the bridge fled",
    "The hunt for the bomber at the bridge goes on",
    "The shooter at the bridge was named as Red Falcon",
    "Everything at the bridge points to Red Falcon",
    "Red Falcon walked to the bridge and used a rifle",
    "Prosecutors at the bridge charged Red Falcon with the attack",
    "The hunt for Red Falcon, accused of killing guards, goes on",
    "The killing was carried out by men of Red Falcon",
    "The shells came from Red Falcon",
    "The police attributed the attack to Red Falcon",
    "The attack bore the hallmarks of Red Falcon",
)


@pytest.mark.parametrize("words", TIED)
def test_a_mark_on_who_does_violence_or_is_blamed_for_it_adds_an_author(words: str) -> None:
    text = TEXT.replace("The Falcon Brigade was at the bridge with lorries", words)
    name = next(one for one in ("Two men", "bomber", "Red Falcon") if one in words)
    assert name in str(claims(marked(text, (name, "perpetrator", 90)), "perpetrator"))


def test_a_weak_mark_adds_nothing() -> None:
    analysis = marked(TEXT, ("Falcon Brigade", "perpetrator", SURE["perpetrator"] - 1))
    assert claims(analysis, "perpetrator") == ["perpetrator Gunmen"]


def test_an_author_without_any_mark_is_dropped() -> None:
    assert claims(marked(TEXT, ("Gunmen", "perpetrator", 0), ("Gunmen", "cleared", 0)), "perpetrator") == []


def test_a_count_is_marked_where_the_rules_know_no_word() -> None:
    analysis = marked(TEXT, ("Two shepherds", "injured", SURE["injured"]))
    assert claims(analysis, "injured") == ["injured 2 of shepherds"]


def test_whom_a_rule_counts_no_mark_counts_again() -> None:
    analysis = marked(TEXT, ("nine guards", "injured", 100))
    assert claims(analysis, "injured") == []
    assert claims(analysis, "killed") == ["killed 9 of guards"]


def test_who_speaks_is_not_the_author_of_what_he_tells() -> None:
    text = TEXT + " The ministry said nine guards were killed."
    assert claims(marked(text, ("The ministry", "perpetrator", 90)), "perpetrator") == ["perpetrator Gunmen"]


def test_whoever_the_grammar_makes_no_doer_is_only_suspected() -> None:
    text = TEXT.replace("The Falcon Brigade was at the bridge", "Troops hunted a suspect at the bridge")
    analysis = marked(text, ("suspect", "perpetrator", 90))
    assert "perpetrator suspect (suspects)" in claims(analysis, "perpetrator")


def test_who_kills_is_not_among_the_dead() -> None:
    text = TEXT.replace("The Falcon Brigade was at the bridge with lorries", "A shepherd killed a leopard by the town")
    assert claims(marked(text, ("A shepherd", "killed", 99)), "killed") == ["killed 9 of guards"]


def test_a_group_that_only_tells_who_speaks_is_not_suspected() -> None:
    text = TEXT.replace("was at the bridge with lorries", "had its picture in an organ of the Grey League")
    assert "Grey League" not in str(claims(marked(text, ("Grey League", "perpetrator", 90)), "perpetrator"))


IDLE = (
    "the accusations of the Grey League",
    "the victories of the heroes of the Grey League",
    "slogans in support of the Grey League",
)


@pytest.mark.parametrize("words", IDLE)
def test_who_tells_or_gains_is_no_author(words: str) -> None:
    text = TEXT.replace("The Falcon Brigade was at the bridge with lorries", f"The mayor said he heard {words}")
    assert "Grey League" not in str(claims(marked(text, ("Grey League", "perpetrator", 90)), "perpetrator"))


def test_where_the_fire_came_from_is_not_what_it_hit() -> None:
    for verb, expected in (("fired from", []), ("fired at", ["target militia posts"])):
        text = f"Shelling killed nine guards near Gao. Ten shells were {verb} militia posts, police said. It rained."
        found = [
            one for one in claims(marked(text, ("militia posts", "target", SURE["target"])), "target") if "posts" in one
        ]
        assert [one.split(" <")[0] for one in found] == expected, verb


def test_what_a_deed_that_is_denied_would_have_hit_is_denied_too() -> None:
    text = (
        "Neither Malian nor Nigerien planes struck a gasworks in Gao, the army said, rejecting a charity’s charges. "
        "Fog lay over the town. The charity gave no answer."
    )
    assert claims(marked(text, ("gasworks", "target", SURE["target"])), "target") == ["target gasworks < army (denies)"]


def test_who_is_marked_as_owning_up_owns_up() -> None:
    text = TEXT.replace("was at the bridge with lorries", "wasted no time in taking the credit")
    analysis = marked(text, ("wasted no time in taking the credit", "claimed", SURE["claimed"]))
    assert claims(analysis, "responsibility_claim") == [
        "responsibility_claim True < Falcon Brigade (claims_own)",
    ]
    assert "perpetrator Falcon Brigade < Falcon Brigade (claims_own)" in claims(analysis, "perpetrator")


def test_a_marked_building_is_a_place_without_a_name() -> None:
    analysis = marked(TEXT, ("clinic", "where", SURE["where"]))
    assert "where clinic of the town" in claims(analysis, "where")
    [place] = [one.value for one in account(analysis).claims if line(one) == "where clinic of the town"]
    assert place.name is None  # type: ignore[union-attr]


def test_a_marked_target_needs_no_word_of_a_list() -> None:
    text = TEXT.replace("was at the bridge with lorries", "had explosives for the town's gasworks")
    assert "target town's gasworks" in claims(marked(text, ("gasworks", "target", SURE["target"])), "target")


def test_a_building_that_the_grammar_makes_a_scene_needs_less_of_a_mark() -> None:
    assert "where checkpoint" in claims(marked(TEXT, ("checkpoint", "where", HINTED)), "where")
    assert claims(marked(TEXT, ("checkpoint", "where", HINTED - 1), others=HINTED - 1), "where") == ["where Gao"]
    assert claims(marked(TEXT, ("clinic", "where", HINTED), others=HINTED - 1), "where") == ["where Gao"]


def test_nobody_owns_up_where_the_words_deny_it() -> None:
    text = TEXT.replace("was at the bridge with lorries", "did not take the credit")
    assert claims(marked(text, ("did not take the credit", "claimed", 90)), "responsibility_claim") == []


def test_a_report_whose_sentences_are_not_marked_tells_of_no_incident() -> None:
    assert account(marked(TEXT)).incidents
    assert account(marked(TEXT, loud=QUIET - 1)).incidents == ()


def test_a_happening_that_no_word_names_is_read_at_its_verb() -> None:
    text = "The mayor of Orve opened a fair on Monday. People came from all around. It ended at noon."
    assert [incident.kind for incident in account(marked(text, loud=LOUD)).incidents] == ["shooting"]
    assert account(marked(text, loud=QUIET - 1)).incidents == ()


@pytest.mark.parametrize("text", ["Gunmen killed nine guards near Gao on Monday.", "A fair was opened. People came."])
def test_marks_of_a_text_too_short_for_the_layer_change_nothing(text: str) -> None:
    plain = replace(marked(text), marks={})
    assert account(marked(text, loud=0, others=0)) == account(plain)


def test_without_marks_the_rules_read_alone() -> None:
    analysis = replace(marked(TEXT), marks={})
    assert claims(analysis, "perpetrator") == ["perpetrator Gunmen"]
    assert claims(analysis, "killed") == ["killed 9 of guards"]


def test_whom_something_is_done_to_is_not_its_author() -> None:
    text = TEXT + " Shops shut for fear of more attacks on Falcons."
    assert claims(marked(text, ("Falcons", "perpetrator", 100)), "perpetrator") == ["perpetrator Gunmen"]


def test_a_time_without_any_mark_goes_where_another_has_one() -> None:
    text = TEXT + " The bridge was bombed on Friday."
    unmarked = ("Friday", "when", 0)
    assert len(claims(marked(text, unmarked, ("Monday", "when", 90)), "when")) == 1
    assert len(claims(marked(text, unmarked), "when")) == 2


UNWORDED = (
    ("Two men rode past the bridge on bicycles.", "Two men", "arrested", []),
    ("Two men were led to the bridge and kept in custody.", "Two men", "arrested", ["arrested 2 of men"]),
    ("Detectives took five drivers to an office near the bridge.", "five drivers", "abducted", []),
    ("The mayor kept the values of the town in the face of threats.", "in the face of threats", "motive", []),
    ("It was a protest against the toll on the bridge.", "protest against the toll", "motive", ["motive"]),
    ("They fired flares at the bridge to express their anger.", "to express their anger", "motive", ["motive"]),
)


@pytest.mark.parametrize(("sentence", "words", "field", "expected"), UNWORDED)
def test_a_mark_of_people_held_or_of_a_reason_needs_a_word_for_it(
    sentence: str, words: str, field: str, expected: list[str]
) -> None:
    found = claims(marked(f"{TEXT} {sentence}", (words, field, 90)), field)
    assert [one if field == "arrested" else one.split()[0] for one in found] == expected


NOT_HIT = (
    ("The suspect left a bag at the bridge.", "bag"),
    ("The mayor lives above the bakery in the lane.", "bakery"),
    ("Red Falcon was found asleep at the bridge.", "Red Falcon"),
)


@pytest.mark.parametrize(("sentence", "words"), NOT_HIT)
def test_what_no_deed_is_beside_by_the_grammar_is_no_target(sentence: str, words: str) -> None:
    text = f"{TEXT} {sentence} Police said Red Falcon planted a bomb."
    assert words not in str(claims(marked(text, (words, "target", 60)), "target"))


def test_what_was_damaged_is_a_target_by_a_mark() -> None:
    text = f"{TEXT} A gasworks was damaged that day."
    assert "target gasworks" in claims(marked(text, ("gasworks", "target", 60)), "target")


def test_who_is_only_feared_is_no_author() -> None:
    text = TEXT + " Shops shut for fear of an attack by Falcons."
    assert claims(marked(text, ("Falcons", "perpetrator", 100)), "perpetrator") == ["perpetrator Gunmen"]


def test_the_same_mark_on_who_attacks_is_an_author() -> None:
    text = f"{TEXT} Shops were attacked by Falcons."
    assert "perpetrator Falcons" in claims(marked(text, ("Falcons", "perpetrator", 100)), "perpetrator")


def test_a_marked_author_may_be_the_last_word_of_a_sentence() -> None:
    text = f"{TEXT} Behind it stood Red Falcon"
    assert "perpetrator Red Falcon" in " ".join(
        line(claim) for claim in account(marked(text, ("Red Falcon", "perpetrator", 95))).claims
    )
