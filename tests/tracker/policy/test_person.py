from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.tracker.policy.catalogues import small_catalogue
from tracker.policy.load import load_or_raise
from tracker.policy.person import PersonLookup, current_person, groups_of
from tracker.policy.select import shipped_policy
from tracker.policy.types import ANY, Group, Person, Policy


def policy() -> Policy:
    data = shipped_policy("nordisk-konsult.toml")
    return load_or_raise(data, "test", small_catalogue(), date(2026, 11, 23))


class Directory:
    """A directory service that can be away."""

    def __init__(self) -> None:
        self.user: str | None = "karin"
        self.ids: tuple[int, ...] | None = (100, 200)
        self.names = {100: "users", 200: "sales"}

    def user_name(self) -> str:
        if self.user is None:
            raise KeyError("uid not found")
        return self.user

    def group_ids(self) -> tuple[int, ...]:
        if self.ids is None:
            raise OSError("no answer")
        return self.ids

    def lookup(self) -> PersonLookup:
        return PersonLookup(self.user_name, self.group_ids, lambda number: self.names[number])


def test_a_person_belongs_to_a_group_when_user_or_system_group_is_a_member() -> None:
    assert groups_of(policy(), Person("karin")) == {"salj"}
    assert groups_of(policy(), Person("KARIN")) == {"salj"}
    assert groups_of(policy(), Person("anders", frozenset({"Sales"}))) == {"salj"}
    written = replace(policy(), groups=(Group("a", ("user:Karin", "os-group:SALES")),))
    assert groups_of(written, Person("karin")) == {"a"}
    assert groups_of(written, Person("b", frozenset({"sales"}))) == {"a"}
    assert groups_of(policy(), Person("sales", frozenset({"karin"}))) == frozenset()


def test_everybody_belongs_to_a_group_when_its_member_is_a_star() -> None:
    everybody = replace(policy(), groups=(Group("all", (ANY,)),))
    assert groups_of(everybody, Person("")) == {"all"}


def test_the_person_is_told_by_names_when_the_system_answers() -> None:
    assert Directory().lookup().current() == Person("karin", frozenset({"users", "sales"}))


def test_the_last_answer_holds_when_a_look_up_fails() -> None:
    directory = Directory()
    lookup = directory.lookup()
    known = lookup.current()
    directory.user, directory.ids, directory.names = None, None, {}
    assert lookup.current() == known


def test_a_group_is_left_when_the_system_says_so() -> None:
    directory = Directory()
    lookup = directory.lookup()
    lookup.current()
    directory.ids = (100,)
    assert lookup.current().os_groups == {"users"}


def test_a_group_counts_when_its_name_is_known_at_last() -> None:
    directory = Directory()
    directory.names = {100: "users"}
    lookup = directory.lookup()
    assert lookup.current().os_groups == {"users"}
    directory.names[200] = "sales"
    assert lookup.current().os_groups == {"users", "sales"}


def test_nobody_is_named_when_the_system_never_answered() -> None:
    directory = Directory()
    directory.user, directory.ids = None, None
    assert directory.lookup().current() == Person("", frozenset())


def test_this_process_has_a_user_when_it_is_asked() -> None:
    assert current_person().user
