"""What Prometheus' own parser reads is what the platforms counted. Runs when everything else has happened."""

import time
from collections import Counter

from prometheus_client.parser import text_string_to_metric_families

from upstream import get_text

TOKENS = {"input": "tokens_in", "output": "tokens_out", "cached": "tokens_cached", "reasoning": "tokens_reasoning"}


def scraped(setup):
    return {family.name: family for family in text_string_to_metric_families(get_text(f"{setup.proxy}/metrics"))}


def by(family, label, **where):
    """Sums of a family's samples by one label; Prometheus takes an empty one for none."""
    sums = Counter()
    for sample in family.samples:
        if sample.labels[label] and all(sample.labels[name] == value for name, value in where.items()):
            sums[sample.labels[label]] += sample.value
    return sums


def test_are_what_the_platforms_counted(setup, upstream):
    upstream.nothing()
    seen = upstream.everything() + upstream.proxied_sessions()
    assert len(seen) > 0, "nothing has happened before"
    expected = Counter(one["channel"] for one in seen)
    deadline = time.monotonic() + 30
    metrics = scraped(setup)
    while by(metrics["aiproxy_requests"], "channel").total() < len(seen) and time.monotonic() < deadline:
        time.sleep(0.1)
        metrics = scraped(setup)
    assert by(metrics["aiproxy_requests"], "channel") == expected
    for kind, member in TOKENS.items():
        tokens = Counter()
        for one in seen:
            tokens[one["channel"]] += one["usage"][member] or 0
        assert by(metrics["aiproxy_tokens"], "channel", kind=kind) == tokens, kind


def test_have_histograms_that_count_every_request(setup, upstream):
    upstream.nothing()
    metrics = scraped(setup)
    durations = metrics["aiproxy_request_duration_seconds"]
    assert durations.type == "histogram"
    counts = Counter()
    for sample in durations.samples:
        if sample.name.endswith("_bucket") and sample.labels["le"] == "+Inf":
            counts[sample.labels["channel"]] += sample.value
    requests = Counter()
    for sample in metrics["aiproxy_requests"].samples:
        requests[sample.labels["channel"]] += sample.value
    assert counts == requests
