"""A desk that others can reach: who comes in, by which proof, how often they may try."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from evaluation.guarantees.g23 import plain, routes_of
from sayso.errors import UsageError
from sayso.ledger import create, open_ledger, people, schema
from sayso.settings import load_project
from sayso.web import passwords
from sayso.web.app import application, make_app
from sayso.web.desk import COOKIE, Desk
from sayso.web.limits import FREE, LOGINS, Limits, Rate
from sayso.web.rights import RIGHTS

PASSWORD = "four quiet herons"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with little memory: that it takes long is not what is tested."""
    monkeypatch.setattr(passwords, "_hasher", lambda: PasswordHasher(1, 8, 1))
    passwords.nobody.cache_clear()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with create(tmp_path / "desk") as ledger, ledger.derived() as connection:
        for role in people.ROLES:
            people.add_person(connection, role, role, passwords.hashed(PASSWORD))
    return tmp_path / "desk"


@pytest.fixture
def visit(project: Path) -> Iterator[Callable[..., TestClient]]:
    """Return a function that gives a browser of its own at the desk."""
    desks: list[Desk] = []

    def client(**how: Any) -> TestClient:
        desks.append(Desk(load_project(project), login=True, **how))
        base = "https://127.0.0.1" if how.get("secure") else "http://127.0.0.1"
        return TestClient(make_app(desks[-1]), base_url=base, follow_redirects=False)

    yield client
    for desk in desks:
        desk.close()


def token_on(page: str) -> str:
    return re.findall(r'name="token" value="(\w+)"', page)[0]


def log_in(client: TestClient, name: str = "analyst", password: str = PASSWORD, **fields: str) -> Any:
    token = token_on(client.get("/login").text)
    return client.post("/login", data={"name": name, "password": password, "token": token, **fields})


def desk_of(client: TestClient) -> Desk:
    desk = client.app.app.state.desk  # type: ignore[attr-defined]
    assert isinstance(desk, Desk)
    return desk


def test_strangers_are_shown_the_door_and_then_the_page_they_came_for(visit: Callable[..., TestClient]) -> None:
    client = visit()
    door = client.get("/incidents?place=Mali")
    assert (door.status_code, door.headers["location"]) == (303, "/login?next=%2Fincidents%3Fplace%3DMali")
    assert "Incidents</a>" not in client.get("/login").text
    answer = log_in(client, next="/incidents?place=Mali")
    assert (answer.status_code, answer.headers["location"]) == (303, "/incidents?place=Mali")
    assert client.get("/incidents?place=Mali").status_code == 200
    assert client.get("/login").status_code == 303  # whoever is in is not asked again


@pytest.mark.parametrize("path", ["/incidents.json", "/incidents.csv", "/openapi.json", "/settings.json"])
def test_programs_are_told_with_a_status(visit: Callable[..., TestClient], path: str) -> None:
    answer = visit().get(path)
    assert answer.status_code == 401 or answer.headers["location"].startswith("/login")
    assert visit().get(path, headers={"authorization": "Bearer sayso_none"}).status_code == 401
    assert visit().get(path, headers={"authorization": "Basic YTpi"}).headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "there", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\n/x"]
)
def test_a_login_leads_to_this_desk_only(visit: Callable[..., TestClient], there: str) -> None:
    assert log_in(visit(), next=there).headers["location"] == "/"


def test_the_secret_is_new_with_every_login_and_nowhere_kept(visit: Callable[..., TestClient], project: Path) -> None:
    client = visit()
    client.get("/login")
    before = client.cookies[COOKIE]
    log_in(client)
    first = client.cookies[COOKIE]
    assert first != before
    with open_ledger(project) as ledger, ledger.snapshot() as connection:
        kept = connection.execute(sa.select(schema.sessions.c.digest)).scalars().all()
    assert kept == [people.digest_of(first)]
    assert first.encode() not in (project / "ledger.db").read_bytes()
    client.cookies.clear()
    client.cookies.set(COOKIE, before)
    assert client.get("/incidents").status_code == 303  # what was there before the login opens nothing


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_connections(visit: Callable[..., TestClient]) -> None:
    plain = log_in(visit()).headers["set-cookie"].lower()
    assert "httponly" in plain
    assert "samesite=lax" in plain
    assert "secure" not in plain
    client = visit(secure=True)
    secure = log_in(client).headers["set-cookie"]
    assert secure.startswith(f"__Host-{COOKIE}=")
    assert "Secure" in secure
    assert "max-age=31536000" in client.get("/login").headers["strict-transport-security"]


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(visit: Callable[..., TestClient]) -> None:
    pages = []
    for name, password in (("analyst", "wrong wrong wrong"), ("nobody", PASSWORD), ("", ""), ("a" * 5000, "x" * 5000)):
        answer = log_in(visit(), name, password)
        assert answer.status_code == 401
        pages.append(re.sub(r'value="[^"]*"| autofocus', "", answer.text))
    assert len(set(pages)) == 1


def test_an_unknown_name_costs_as_much_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    hasher = PasswordHasher(1, 8, 1)

    class Counting:
        def verify(self, kept: str, given: str) -> bool:
            checked.append(kept)
            return hasher.verify(kept, given)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    monkeypatch.setattr(passwords, "_hasher", Counting)
    passwords.nobody.cache_clear()
    assert passwords.is_right(passwords.hashed(PASSWORD), PASSWORD)
    assert not passwords.is_right(None, "nobody has this password")
    assert [each.split("$")[1:4] for each in checked] == [["argon2id", "v=19", "m=8,t=1,p=1"]] * 2


def test_a_login_needs_a_form_of_this_desk(visit: Callable[..., TestClient]) -> None:
    client = visit()
    assert client.post("/login", data={"name": "analyst", "password": PASSWORD}).status_code == 403
    client.get("/login")
    assert client.post("/login", data={"name": "analyst", "password": PASSWORD, "token": "x"}).status_code == 403


def test_wrong_passwords_bring_pauses_that_grow_and_shut_out_only_who_guesses(visit: Callable[..., TestClient]) -> None:
    client, clock = visit(proxied=True), [0.0]
    desk_of(client).limits = Limits(clock=lambda: clock[0])

    def guess(
        client_address: str, password: str = "wrong wrong wrong", name: str = "analyst", seconds: float = 10.0
    ) -> int:
        clock[0] += seconds
        client.cookies.clear()
        token = token_on(client.get("/login").text)
        sent = {"name": name, "password": password, "token": token}
        status: int = client.post("/login", data=sent, headers={"x-forwarded-for": client_address}).status_code
        return status

    assert [guess("192.0.2.1") for _ in range(FREE)] == [401] * FREE
    assert [guess("192.0.2.1", name="nobody") for _ in range(FREE)] == [401] * FREE
    while guess("192.0.2.1") == 401:
        pass
    assert guess("192.0.2.1", PASSWORD, seconds=0.1) == 429  # the right one is not looked at either
    assert guess("198.51.100.7", PASSWORD, seconds=0.0) == 303
    clock[0] += 400.0
    assert guess("192.0.2.1", PASSWORD) == 303


def test_one_address_may_try_only_so_often_under_any_names(visit: Callable[..., TestClient]) -> None:
    client = visit()
    statuses = [log_in(client, f"name{number}").status_code for number in range(int(LOGINS.burst) + 2)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


def test_buckets_fill_with_time() -> None:
    clock = [0.0]
    limits, rate = Limits(clock=lambda: clock[0]), Rate("x", 2, 0.5)
    assert [limits.wait(rate, "a") for _ in range(3)] == [0, 0, 2.0]
    assert limits.wait(rate, "b") == 0
    clock[0] = 2.0
    assert [limits.wait(rate, "a") for _ in range(2)] == [0, 2.0]


def test_whoever_asks_too_often_is_told_when_to_come_again(visit: Callable[..., TestClient]) -> None:
    client = visit()
    log_in(client)
    desk_of(client).limits = Limits(clock=lambda: 0.0)
    answers = [client.get("/settings.json") for _ in range(130)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_going_out_ends_the_session_for_whoever_has_a_copy_of_it(visit: Callable[..., TestClient]) -> None:
    client = visit()
    log_in(client)
    copied = client.cookies[COOKIE]
    assert client.post("/logout", data={}).status_code == 403
    assert client.post("/logout", data={"token": desk_of(client).token(copied)}).status_code == 303
    client.cookies.clear()
    client.cookies.set(COOKIE, copied)
    assert client.get("/incidents").status_code == 303


@pytest.mark.parametrize("sort", ["idle", "old"])
def test_sessions_are_over_after_a_while(visit: Callable[..., TestClient], project: Path, sort: str) -> None:
    client = visit()
    log_in(client)
    with open_ledger(project, "write") as ledger, ledger.derived() as connection:
        past = people.written(people.now() - people.LONGEST)
        connection.execute(sa.update(schema.sessions).values({"seen" if sort == "idle" else "ends": past}))
    assert client.get("/incidents").status_code == 303


def test_the_use_of_a_session_is_written_down_now_and_then(visit: Callable[..., TestClient], project: Path) -> None:
    client = visit()
    log_in(client)
    past = people.written(people.now() - 2 * people.NOTED)
    with open_ledger(project, "write") as ledger, ledger.derived() as connection:
        connection.execute(sa.update(schema.sessions).values(seen=past))
    client.get("/settings")
    with open_ledger(project) as ledger, ledger.snapshot() as connection:
        assert connection.execute(sa.select(schema.sessions.c.seen)).scalar_one() > past


def test_a_new_role_and_a_closed_account_take_effect_at_once(visit: Callable[..., TestClient]) -> None:
    analyst, admin = visit(), visit()
    log_in(analyst, "analyst")
    log_in(admin, "admin")
    token = token_on(admin.get("/settings").text)
    assert admin.post("/settings/role", data={"token": token, "name": "analyst", "role": "reader"}).status_code == 303
    own = token_on(analyst.get("/settings").text)
    assert analyst.post("/judge", data={"token": own, "decision": "note", "about": "x"}).status_code == 403
    assert admin.post("/settings/disable", data={"token": token, "name": "analyst"}).status_code == 303
    assert analyst.get("/settings").status_code == 303
    assert log_in(visit(), "analyst").status_code == 401


def test_a_token_is_shown_once_does_no_more_than_its_role_and_can_be_taken_back(
    visit: Callable[..., TestClient],
) -> None:
    client = visit()
    log_in(client, "analyst")
    form = {"token": token_on(client.get("/settings").text), "label": "nightly", "role": "reader"}
    page = client.post("/settings/token", data=form).text
    secret = re.findall(r'value="(sayso_[\w-]+)"', page)[0]
    assert secret not in client.get("/settings").text
    assert client.post("/settings/token", data=form | {"role": "admin"}).status_code == 403
    program, header = visit(), {"authorization": f"Bearer {secret}"}
    assert program.get("/incidents.json", headers=header).status_code == 200
    assert program.post("/judge.json", data={"decision": "note", "about": "x"}, headers=header).status_code == 403
    number = re.findall(r"to_\w+", client.get("/settings").text)[0]
    assert client.post("/settings/revoke", data={"token": form["token"], "number": number}).status_code == 303
    assert program.get("/incidents.json", headers=header).status_code == 401


def test_a_token_that_is_none_is_not_helped_by_a_cookie(visit: Callable[..., TestClient]) -> None:
    client = visit()
    log_in(client)
    assert client.get("/incidents.json", headers={"authorization": "Bearer x"}).status_code == 401


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(visit: Callable[..., TestClient]) -> None:
    here, there = visit(), visit()
    log_in(here)
    log_in(there)
    token, new = token_on(here.get("/settings").text), "seven loud magpies"
    for old, given in (("wrong wrong wrong", new), (PASSWORD, "short"), (PASSWORD, "aaaaaaaaaaaaaaaa")):
        sent = {"token": token, "old": old, "new": given}
        assert here.post("/settings/password", data=sent).status_code == 400
    assert here.post("/settings/password", data={"token": token, "old": PASSWORD, "new": new}).status_code == 303
    assert here.get("/incidents").status_code == 200
    assert there.get("/incidents").status_code == 303
    assert log_in(visit()).status_code == 401
    assert log_in(visit(), "analyst", new).status_code == 303


def test_the_only_admin_stays_one(visit: Callable[..., TestClient]) -> None:
    client = visit()
    log_in(client, "admin")
    token = token_on(client.get("/settings").text)
    for path, fields in (("role", {"role": "reader"}), ("disable", {})):
        answer = client.post(f"/settings/{path}", data={"token": token, "name": "admin", **fields})
        assert answer.status_code == 400
        assert "only admin" in answer.text


def test_every_address_stands_in_the_table_of_rights_and_the_table_names_no_other(project: Path) -> None:
    desk = Desk(load_project(project))
    there = {plain(route) for route in routes_of(application(desk))}
    desk.close()
    assert there == {f"{method} {path}" for method in RIGHTS for path in RIGHTS[method]}


@pytest.mark.parametrize(
    ("password", "problem"),
    [("short", "12 to"), ("x" * 1001, "12 to"), ("anaanaanaana", "guessed"), ("ababababababab", "guessed")],
)
def test_error_passwords_that_are_easily_guessed(password: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        passwords.check(password, "ana")
