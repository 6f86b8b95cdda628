"""A made-up policy and a day under it, on which every level and each kind of row is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from tracker.limits.types import Level, Period, Standing
from tracker.model import Device, Gap, GapKind, Source, Span, Window
from tracker.policy.types import (
    Channel,
    ChannelKind,
    Consulted,
    Contact,
    DayAllowance,
    Ladder,
    Limit,
    LimitWindow,
    Mark,
    MarkKind,
    Match,
    Monitoring,
    Policy,
    Purpose,
    Step,
    StepKind,
    Text,
)
from tracker.reports.day import ChannelTime, DayReport

NOW = datetime(2026, 11, 23, 13, 12, tzinfo=UTC)
MINUTE_MS = 60_000


def made_up_policy(**changes: Any) -> Policy:
    """Return a policy in Swedish and English, with limits of each form."""

    def channel(key: str, name: str, kind: ChannelKind) -> Channel:
        return Channel(key, text(name), kind, (Match(host=f"{key}.example"),))

    def text(sv: str, en: str | None = None) -> Text:
        return Text((("sv", sv), ("en", en or sv)))

    def day(minutes: int) -> DayAllowance:
        return DayAllowance((minutes,) * 7)

    steps = (
        Step(Mark(MarkKind.SHARE, 80, "80%"), StepKind.NOTIFY),
        Step(Mark(MarkKind.SHARE, 100, "100%"), StepKind.NOTIFY),
    )
    policy = Policy(
        id="made-up",
        version="1",
        languages=("sv", "en"),
        timezone="Europe/Stockholm",
        title=text("Policy för sociala medier", "Social media policy"),
        hash="0" * 64,
        text="",
        monitoring=Monitoring(
            text("Visa dig din egen tid mot policyns tak.",
                 "Show you your own time against the policy's limits."),
            legal_basis="legitimate_interest", dpia="DPIA-2026-03",
            consulted=Consulted("Unionen", "MBL 11 §", date(2026, 8, 11)), contact="komm",
        ),
        approved_by="Ledningsgruppen, § 14",
        day_start=time(4),
        contacts=(
            Contact("komm", text("Kommunikationsansvarig", "Head of communications"),
                    "press@example.se", "+46 8 123 45 67"),
        ),
        channels=(
            channel("linkedin", "LinkedIn", ChannelKind.SOCIAL),
            channel("x", "X", ChannelKind.SOCIAL),
            channel("instagram", "Instagram", ChannelKind.SOCIAL),
            channel("facebook", "Facebook", ChannelKind.SOCIAL),
            channel("youtube", "YouTube", ChannelKind.VIDEO),
            channel("blogs", "Bloggar", ChannelKind.BLOG),
            channel("branschforum", "Branschforumet", ChannelKind.FORUM),
        ),
        purposes=(
            Purpose("leads", text("Få in leads", "Win leads"), ("linkedin",), result="leads"),
            Purpose("varumarke", text("Stärka varumärket", "Build the brand")),
        ),
        limits=(
            Limit("salj-linkedin", Text(()), purposes=("leads", "varumarke"),
                  channels=("linkedin",), day=day(60)),
            Limit("arbete", text("Sociala medier i arbetet", "Social media for work"),
                  purposes=("varumarke",), shared=True, day=day(45)),
            Limit("privat", text("Privat i arbetstid", "Private during working hours"),
                  purposes=("private",), shared=True, day=day(15)),
            Limit("rast", Text(()), purposes=("private",), shared=True,
                  window=LimitWindow.BREAKS, unlimited=True),
        ),
        ladders=(Ladder("default", steps),),
    )  # fmt: skip
    return replace(policy, **changes)


def made_up_standing(
    limit: str = "salj-linkedin",
    used_min: float = 48,
    allowed_min: int | None = 60,
    level: Level = Level.NEAR,
    channel: str | None = "linkedin",
    *,
    extended_min: int = 0,
) -> Standing:
    """Return a standing, in minutes."""
    return Standing(
        limit=limit,
        channel=channel,
        period=Period.DAY,
        used_ms=int(used_min * MINUTE_MS),
        allowed_ms=None if allowed_min is None else allowed_min * MINUTE_MS,
        extended_ms=extended_min * MINUTE_MS,
        level=level,
    )


def made_up_report(**changes: Any) -> DayReport:
    """Return a day on which each level is there."""

    def time_of(channel: str, uncertain: float = 0, **purposes: float) -> ChannelTime:
        by_purpose = {name: int(minutes * MINUTE_MS) for name, minutes in purposes.items()}
        total = sum(by_purpose.values())
        return ChannelTime(channel, total, int(uncertain * MINUTE_MS), by_purpose)

    report = DayReport(
        day=date(2026, 11, 23),
        policy_id="made-up",
        policy_version="1",
        device=Device("made-up"),
        measuring=True,
        channels=(
            time_of("linkedin", leads=34, varumarke=14, private=3),
            time_of("youtube", uncertain=4, varumarke=24, private=8),
            time_of("x", varumarke=14, private=4),
            time_of("branschforum", varumarke=0.75),
        ),
        limits=(
            made_up_standing(),
            made_up_standing("arbete", 52, 45, Level.OVER, None),
            made_up_standing("privat", 15, 15, Level.REACHED, None),
            made_up_standing("rast", 9, None, Level.OK, None),
        ),
        not_measured_ms=38 * MINUTE_MS,
        paused_ms=15 * MINUTE_MS,
    )
    return replace(report, **changes)


def empty_day(day: date, **changes: Any) -> DayReport:
    """Return a day of nothing."""
    report = DayReport(day, "made-up", "1", Device("made-up"), False, (), (), 0, 0)
    return replace(report, **changes)


def _clock(text: str) -> datetime:
    hour, minute = text.split(":")
    return datetime(2026, 11, 23, int(hour), int(minute), tzinfo=UTC)


def made_up_spans() -> tuple[Span, ...]:
    """Return the spans of the made-up day, which begins at 8 in Stockholm."""
    rows = [
        ("07:05", "07:17", "linkedin", "leads", True),
        ("07:17", "07:21", "x", "varumarke", True),
        ("07:48", "07:56", "youtube", "varumarke", True),
        ("08:30", "08:52", "linkedin", "leads", True),
        ("08:52", "08:53", "linkedin", "private", True),
        ("08:54", "08:57", "youtube", "private", False),
        ("09:20", "09:34", "linkedin", "varumarke", True),
        ("09:34", "09:35", "branschforum", "varumarke", True),
        ("11:10", "11:26", "youtube", "varumarke", True),
        ("11:40", "11:54", "x", "varumarke", True),
        ("12:30", "12:34", "youtube", "private", False),
        ("13:10", "13:12", "linkedin", "leads", True),
    ]
    return tuple(
        Span(
            Device("made-up"), seq, date(2026, 11, 23), _clock(start), _clock(end), channel,
            purpose, Window.WORK, Source.TAB if certain else Source.TITLE, certain,
        )
        for seq, (start, end, channel, purpose, certain) in enumerate(rows)
    )  # fmt: skip


def made_up_gaps() -> tuple[Gap, ...]:
    """Return the gaps of the made-up day."""
    rows = [("10:00", "10:38", GapKind.NOT_MEASURED), ("12:05", "12:20", GapKind.PAUSED)]
    return tuple(
        Gap(Device("made-up"), 100 + seq, date(2026, 11, 23), _clock(start), _clock(end), kind)
        for seq, (start, end, kind) in enumerate(rows)
    )
