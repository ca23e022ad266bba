"""What news pages have around their text: two coats to put around a made page, a light one and that of a large outlet.

All lines that a reader would see have the word ``SENTINEL``, so a page in its coat can be checked like the page alone.
"""

from __future__ import annotations

import json
import random
from typing import Final

from evaluation.intake.site import SENTINEL

_MENU_ITEMS: Final = 160
_CARDS: Final = 36


def scripts(raw: bytes) -> bytes:
    """Return a page with 45 KB of script and style and a menu of 200 links in front of its text."""
    script = b"<script>" + b"window.x=window.x||[];function f(a){return a+1};" * 500 + b"</script>"
    style = b"<style>" + b".menu .item{margin:0 1px;color:#123456}" * 500 + b"</style>"
    menu = (
        b"<nav><ul>"
        + b"".join(b"<li class='item'><a href='/s/%d'>Section %d</a></li>" % (n, n) for n in range(200))
        + b"</ul></nav>"
    )
    return raw.replace(b"<body>", b"<body>" + script + style + menu, 1)


def outlet(raw: bytes, seed: int = 0) -> bytes:
    """Return a page as a large outlet would serve it: 140 KB and 1,400 elements around the same text.

    Preloads and meta tags, trackers, the state of the application as JSON, drawings, a menu of nested boxes, places for
    advertisements, cards that lead to other reports, comments, a cookie notice, a footer.
    """
    dice = random.Random(seed)
    before, after = _before(dice), _after(dice)
    raw = raw.replace(b"</head>", _head(dice).encode() + b"</head>", 1)
    opens = b"<body>" if b"<body>" in raw else b"<body "
    at = raw.index(b">", raw.index(opens)) + 1
    end = raw.rindex(b"</body>")
    return raw[:at] + before.encode() + raw[at:end] + after.encode() + raw[end:]


def _head(dice: random.Random) -> str:
    metas = "".join(f'<meta name="app:{n}" content="{_token(dice, 30)}">' for n in range(40))
    links = "".join(f'<link rel="preload" href="/a/{_token(dice, 20)}.js" as="script" crossorigin>' for _ in range(30))
    styles = "".join(
        f".{_token(dice, 6)}__{_token(dice, 8)}{{display:flex;margin:0 {n}px;color:#{n:06x}}}" for n in range(200)
    )
    return f"{metas}{links}<style>{styles}</style>{_script(dice, 6)}"


def _before(dice: random.Random) -> str:
    icons = "".join(
        f'<symbol id="{n}" viewBox="0 0 24 24"><path d="M{_token(dice, 160)}z"/></symbol>' for n in range(12)
    )
    items = "".join(
        f'<li class="{_classes(dice)}"><div class="{_classes(dice)}"><a class="{_classes(dice)}" href="/s/{n}">'
        f"<span>{SENTINEL} section {n}</span></a></div></li>"
        for n in range(_MENU_ITEMS)
    )
    return (
        f"{_script(dice, 4)}<svg style='display:none'>{icons}</svg><div class='cookie-banner'><p>{SENTINEL}: this page"
        f" keeps small files on your machine, and its partners do so too, to count its readers.</p></div>"
        f"<header class='{_classes(dice)}'><nav aria-label='main'><ul>{items}</ul></nav></header>"
    )


def _after(dice: random.Random) -> str:
    state = {
        _token(dice, 12): [{"id": _token(dice, 24), "slug": _token(dice, 40), "n": n, "on": True} for n in range(8)]
        for _ in range(24)
    }
    cards = "".join(_card(dice, n) for n in range(_CARDS))
    remarks = "".join(
        f"<li id='comment-{n}'><div class='{_classes(dice)}'><b>{SENTINEL} reader {n}</b><p>{SENTINEL}: a remark by a"
        f" reader, with an opinion on what should be done about it.</p><button>{SENTINEL}</button></div></li>"
        for n in range(25)
    )
    lines = "".join(f"<li><a href='/f/{n}'>{SENTINEL} about us {n}</a></li>" for n in range(80))
    return (
        f"<div class='ad-slot' id='ad-{dice.randrange(999)}'></div><section class='related-stories'>{cards}</section>"
        f"<section class='comments'><ul>{remarks}</ul></section><footer><ul>{lines}</ul></footer>"
        f"<script id='state' type='application/json'>{json.dumps(state)}</script>{_script(dice, 5)}"
    )


def _card(dice: random.Random, number: int) -> str:
    sizes = ", ".join(f"/i/{_token(dice, 16)}-{width}.jpg {width}w" for width in (240, 480, 800, 1200))
    return (
        f"<div class='{_classes(dice)}'><a href='/r/{number}'><div class='{_classes(dice)}'><picture><img"
        f" loading='lazy' srcset='{sizes}' alt=''></picture></div><div><h3><span>{SENTINEL}: another report {number}"
        f"</span></h3><div><time datetime='2019-03-{1 + number % 28:02}T10:00:00Z'>{number} March</time></div></div>"
        f"</a></div>"
    )


def _script(dice: random.Random, number: int) -> str:
    body = "(function(w,d){var q=w.q=w.q||[];q.push({k:'%s',v:%d});if(q.length>9&&q[0]<d.length){q.shift()}})(window);"
    return "".join(
        f"<script>{''.join(body % (_token(dice, 16), n) for n in range(20))}</script>" for _ in range(number)
    )


def _classes(dice: random.Random) -> str:
    return " ".join(f"{_token(dice, 5)}-{dice.randrange(99)}" for _ in range(3))


def _token(dice: random.Random, size: int) -> str:
    return f"{dice.getrandbits(4 * size):0{size}x}"
