"""Invented news in English, Arabic and Russian, put together from our own sentences by a seeded generator."""

# ruff: noqa: E501 - pages are written as they are
from __future__ import annotations

import random
from typing import Final

PLACES: Final = ("Tarsk", "Velm", "Port Selm", "Orra", "Sidra Bay", "Kara Dal", "Nesh", "Upper Tamar")
GROUPS: Final = ("the Northern Front", "the Hill Brigade", "the Army of the Coast", "unknown gunmen", "a militia")
OFFICES: Final = ("police", "the interior ministry", "a hospital official", "the governor", "the fire service")
NAMES: Final = ("Ana Ruiz", "Karim Odeh", "Lena Moro", "Tom Brandt", "Ivo Saric", "Mina Farah")
_ENGLISH: Final = (
    "{n} people were killed when a bomb went off near the market in {place} on {day}, {office} said.",
    "{office_} put the number of wounded at {m} and said that it might rise in the coming hours.",
    "Officials blamed {group}, which denied it and said that its men had left the town {n} days before.",
    "“We heard two blasts and then people were running,” said a shopkeeper who gave only his first name.",
    "The road between {place} and {other} was closed until the evening, and schools stayed shut.",
    "No group had claimed the attack by {day}, and {office} gave no further details.",
    "It was the second attack in {place} within {n} weeks, after a rocket had hit a depot on its edge.",
    "A spokesman for the city said that {m} families had been moved to a sports hall for the night.",
    "Soldiers searched houses in the east of {place} and led away {n} men, witnesses said.",
    "{office_} said later that one of the wounded, a driver from {other}, had died.",
    "The governor called the attack a crime and promised that those behind it would be found.",
    "Aid workers said that medicine was running short and asked for the crossing at {other} to be opened.",
)
_ARABIC: Final = (
    "قالت الشرطة إن {n} أشخاص قتلوا في انفجار قرب السوق في المدينة يوم الاثنين.",
    "وأضافت وزارة الداخلية أن عدد الجرحى بلغ {m} وأنه قد يرتفع في الساعات المقبلة.",
    "ولم تعلن أي جماعة مسؤوليتها عن الهجوم حتى مساء اليوم.",
    "وأغلقت السلطات الطريق المؤدي إلى الميناء وبقيت المدارس مغلقة.",
    "وقال شاهد إنه سمع انفجارين ثم رأى الناس يركضون في الشارع.",
)
_RUSSIAN: Final = (
    "Полиция сообщила, что {n} человек погибли при взрыве возле рынка в понедельник.",
    "По данным министерства внутренних дел, число раненых достигло {m} и может вырасти.",
    "Ответственность за нападение к вечеру никто на себя не взял.",
    "Дорога к порту была закрыта до вечера, школы в городе не работали.",
    "Свидетель рассказал, что услышал два взрыва и увидел бегущих людей.",
)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SENTENCES: Final = {"en": _ENGLISH, "ar": _ARABIC, "ru": _RUSSIAN}
TITLES: Final = {
    "en": ("{n} killed in blast near market in {place}", "Rocket hits depot in {place}, {n} wounded", "{place}: {n} held after attack on patrol"),
    "ar": ("مقتل {n} أشخاص في انفجار قرب السوق", "هجوم صاروخي على مستودع يوقع {m} جرحى"),
    "ru": ("При взрыве у рынка погибли {n} человек", "Ракета попала в склад, ранены {m} человек"),
}  # fmt: skip


def fill(sentence: str, dice: random.Random) -> str:
    """Return a sentence with names and numbers in its gaps."""
    place, other = dice.sample(PLACES, 2)
    office = dice.choice(OFFICES)
    return sentence.format(
        n=dice.randint(2, 30),
        m=dice.randint(5, 90),
        place=place,
        other=other,
        office=office,
        office_=office[0].upper() + office[1:],
        group=dice.choice(GROUPS),
        day=dice.choice(DAYS),
    )


def paragraphs(language: str, dice: random.Random, number: int) -> list[str]:
    """Return paragraphs of two or three sentences each, no two of which begin alike."""
    stock = SENTENCES[language]
    out: list[str] = []
    while len(out) < number:
        size = dice.randint(2, 3)
        chosen = dice.sample(stock, size)
        words = " ".join(fill(sentence, dice) for sentence in chosen)
        if not any(words[:40] == each[:40] for each in out):  # what begins alike is a text printed twice
            out.append(words)
    return out
