"""What AIProxy counted is what the platforms counted themselves. Runs last, over everything before it."""

import csv
import io
import time
import urllib.parse
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from upstream import get_json, get_text

TOKENS = ("tokens_in", "tokens_out", "tokens_cached", "tokens_reasoning")
DAY = timedelta(days=1)


def counted(rows, name, value=lambda row, total: row[total]):
    """Sums by one member of the rows."""
    sums = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for total in ("requests", "success", *TOKENS):
            sums[row[name]][total] += value(row, total)
    return {group: dict(totals) for group, totals in sums.items()}


def of_witness(seen, total):
    if total == "requests":
        return 1
    if total == "success":
        return int(seen["ending"] == "answered" and seen["status"] < 400)
    return seen["usage"][total] or 0


@pytest.fixture
def ask(setup):
    """Asks the admin API for statistics since yesterday."""
    now = datetime.now(UTC)
    times = {"start_time": (now - DAY).isoformat(), "end_time": (now + DAY).isoformat()}

    def statistics(resource, get=get_json, **query):
        asked = urllib.parse.urlencode({**times, **query}, doseq=True)
        return get(f"{setup.console}/api/v1/statistics/{resource}?{asked}", setup.admin_token)

    return statistics


@pytest.fixture
def witnessed(upstream, ask):
    """All that the platforms saw, once AIProxy has recorded as much: it does so behind the answers."""
    upstream.nothing()
    seen = upstream.everything() + upstream.proxied_sessions()
    assert len({one["channel"] for one in seen}) > 0, "nothing has happened before"
    channels = sorted({one["channel"] for one in seen})
    deadline = time.monotonic() + 30
    while ask("summary", channel=channels)["total"]["requests"] < len(seen) and time.monotonic() < deadline:
        time.sleep(0.1)
    return seen, channels


@pytest.mark.parametrize("group", ["channel", "user"])
def test_the_statistics_agree_with_the_platforms(witnessed, ask, group):
    seen, channels = witnessed
    items = ask(f"{group}s", channel=channels)["items"]
    assert counted(items, group) == counted(seen, group, of_witness)


def test_an_export_agrees_with_the_platforms(witnessed, ask):
    seen, channels = witnessed
    text = ask("export", get=get_text, channel=channels, by="user,channel,model,day", format="csv")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert counted(rows, "user", lambda row, total: int(row[total])) == counted(seen, "user", of_witness)


def test_the_public_statistics_count_the_same_tokens(witnessed, setup):
    seen, _ = witnessed
    tokens = get_json(f"{setup.proxy}/stats")["tokens"]
    assert tokens == {side: sum(of_witness(one, f"tokens_{side}") for one in seen) for side in ("in", "out")}
