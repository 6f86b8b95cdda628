"""What parts of a policy are called."""

from __future__ import annotations

from tests.made_up import made_up_policy
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.notices.names import Names

NAMES = Names(made_up_policy(), Language("en"))


def test_error_speaks_by_names_when_the_policy_has_them() -> None:
    error = OutsideError(ErrorCode.NO_NOTE, purpose="leads", channel="linkedin", line=5)
    named = NAMES.in_error(error)
    assert named.code is ErrorCode.NO_NOTE
    assert named.fields == {"purpose": "Win leads", "channel": "LinkedIn", "line": 5}


def test_error_keeps_the_id_when_the_policy_has_no_name_for_it() -> None:
    error = OutsideError(ErrorCode.EXTENSION_REFUSED, limit="gone", reason="too_early")
    assert NAMES.in_error(error).fields == {"limit": "gone", "reason": "too_early"}
