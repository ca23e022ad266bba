"""``sayso accounts``: who may come to a desk that others can reach."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.project import open_project, project_option
from sayso.cli.streams import put, say

if TYPE_CHECKING:
    from sayso.ledger.people import Role

ROLES = ("reader", "analyst", "reviewer", "admin")  # as in `ledger.people`, which is imported when it is needed


@click.group()
def accounts() -> None:
    r"""Say who may come to the desk, and what they may do.

    \b
    reader    reads everything, and texts of their own
    analyst   judges values, and takes back what they judged
    reviewer  grades holders and outlets, and takes back what others judged
    admin     makes accounts

    A change takes effect at once, also in a desk that is being served.
    """


role_option = click.option(
    "--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What they may do."
)


@accounts.command()
@click.argument("name", help="Name of the account.")
@role_option
@click.option("--generate", is_flag=True, help="Make a password and print it, instead of asking for one.")
@project_option
def add(name: str, role: Role, generate: bool, project: str | None) -> int:
    """Make an account.

    The password is asked for on a terminal; else it is the first line of standard input.
    """
    from sayso.ledger import people
    from sayso.web import passwords

    password = _password(generate)
    kept = passwords.hashed(passwords.check(password, name.strip()))
    with open_project(project, writing=True) as ledger, ledger.derived() as connection:
        made = people.add_person(connection, name, role, kept)
    put(f"{made.name}  {made.role}\n")
    if generate:
        put(f"{password}\n")
        say("the password is shown this once; it can be changed under Settings")
    return 0


@accounts.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@project_option
def list_(as_json: bool, project: str | None) -> int:
    """List the accounts, and their tokens."""
    from sayso.ledger import people

    with open_project(project) as ledger, ledger.snapshot() as connection:
        everybody, tokens = people.all_people(connection), people.tokens_of(connection)
    rows: list[dict[str, Any]] = [
        {
            "name": each.name,
            "role": each.role,
            "disabled": each.disabled,
            "made": each.made,
            "tokens": [dict(token) for token in tokens if token["person"] == each.name],
        }
        for each in everybody
    ]
    if as_json:
        import json

        put(json.dumps(rows, ensure_ascii=False, sort_keys=True) + "\n")
    else:
        put("".join(_lines(rows)))
    if not rows:
        say("nobody: `sayso accounts add NAME --role admin` makes the first account")
    return 0


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    lines = []
    for row in rows:
        since = f"  disabled since {row['disabled'][:10]}" if row["disabled"] else ""
        lines.append(f"{row['name']:<20}  {row['role']:<8}{since}\n")
        for token in row["tokens"]:
            used = f"used {token['seen'][:10]}" if token["seen"] else "never used"
            lines.append(f"  {token['id']}  {token['role']:<8}  {used}  {token['label']}\n")
    return lines


@accounts.command()
@click.argument("name", help="Name of the account.")
@click.argument("role", type=click.Choice(ROLES), help="What the account may do.")
@project_option
def role(name: str, role: Role, project: str | None) -> int:
    """Give somebody another role."""
    from sayso.ledger import people

    with open_project(project, writing=True) as ledger, ledger.derived() as connection:
        people.set_role(connection, name, role)
    put(f"{name.lower()}  {role}\n")
    return 0


@accounts.command()
@click.argument("name", help="Name of the account.")
@click.option("--generate", is_flag=True, help="Make a password and print it, instead of asking for one.")
@project_option
def password(name: str, generate: bool, project: str | None) -> int:
    """Give somebody another password; their sessions end."""
    from sayso.ledger import people
    from sayso.web import passwords

    given = _password(generate)
    kept = passwords.hashed(passwords.check(given, name))
    with open_project(project, writing=True) as ledger, ledger.derived() as connection:
        people.set_password(connection, name, kept)
    put(f"{given}\n" if generate else "")
    return 0


@accounts.command()
@click.argument("name", help="Name of the account.")
@click.option("--again", is_flag=True, help="Let them in again.")
@project_option
def disable(name: str, again: bool, project: str | None) -> int:
    """Let somebody in no more: sessions end, tokens are taken back; their judgements stay."""
    from sayso.ledger import people

    with open_project(project, writing=True) as ledger, ledger.derived() as connection:
        people.disable(connection, name, again=again)
    put(f"{name.lower()}  {'enabled' if again else 'disabled'}\n")
    return 0


@accounts.command()
@click.argument("name", help="Name of the account.")
@click.option("--label", metavar="WORDS", default="", help="What it is for.")
@click.option("--revoke", metavar="ID", help="Take a token back instead; `list` names them.")
@role_option
@project_option
def token(name: str, label: str, revoke: str | None, role: Role, project: str | None) -> int:
    """Make a token for a program, and print it.

    Programs send it as a header: `Authorization: Bearer TOKEN`. It may do no more than --role, nor than NAME may at the
    time. It is printed this once.
    """
    from sayso.ledger import people

    with open_project(project, writing=True) as ledger, ledger.derived() as connection:
        if revoke:
            people.revoke(connection, revoke, of=name.lower())
            return 0
        number, secret = people.make_token(connection, name, label or "no label", role)
    say(f"{number} may do what a {role} may; it is shown this once")
    put(f"{secret}\n")
    return 0


def _password(generate: bool) -> str:
    """Return a new password: made, asked for on a terminal, or the first line of standard input."""
    if generate:
        return secrets.token_urlsafe(15)
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
