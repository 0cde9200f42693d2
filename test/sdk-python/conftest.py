"""What every test has: the program's addresses, the keys, and the witness at the platforms."""

import asyncio
import json
import os
import socket
from types import SimpleNamespace

import pytest

from upstream import Upstream

FAILED_BEFORE = pytest.StashKey[int]()
TOTALS = ("test_metrics.py", "test_statistics.py")

_resolve = socket.getaddrinfo
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _resolve_loopback_only(host, *rest, **more):
    name = host.decode() if isinstance(host, bytes) else host
    if name not in _LOOPBACK:
        raise AssertionError(f"an SDK wants to go to {name}")
    return _resolve(host, *rest, **more)


socket.getaddrinfo = _resolve_loopback_only


@pytest.fixture(scope="session")
def setup() -> SimpleNamespace:
    return SimpleNamespace(**json.loads(os.environ["SDK_TEST"]))


@pytest.fixture(scope="session")
def keys(setup) -> SimpleNamespace:
    return SimpleNamespace(**setup.keys)


@pytest.fixture(autouse=True)
def upstream(setup, request):
    """Every test says what the platforms must have seen; one that passes without proves nothing."""
    seen = Upstream(setup.witness)
    yield seen
    assert seen.looked_at or request.session.testsfailed > request.node.stash[FAILED_BEFORE]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    item.stash[FAILED_BEFORE] = item.session.testsfailed


@pytest.fixture
def run():
    """Runs a coroutine with an event loop of its own."""
    return asyncio.run


def pytest_collection_modifyitems(items):
    """The totals are asked for when everything else has happened."""
    items.sort(key=lambda item: item.path.name in TOTALS)
