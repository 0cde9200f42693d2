"""What the platforms saw, asked of the witness that the runner started."""

import json
import urllib.request
from typing import Any

Seen = dict[str, Any]

# Nothing on the way to the witness may be taken for traffic of an SDK, or go through a proxy of the environment.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get_text(url: str, token: str | None = None) -> str:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    with _opener.open(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return answer.read().decode()


def get_json(url: str, token: str | None = None) -> Any:
    return json.loads(get_text(url, token))


class Upstream:
    """The requests that arrived since it was made."""

    def __init__(self, witness: str):
        self._witness = witness
        self._before = len(self.everything())
        self._sessions_before = {one["channel"]: 0 for one in self.sessions()}
        for one in self.sessions():
            self._sessions_before[one["channel"]] += 1
        self.looked_at = False

    def everything(self) -> list[Seen]:
        return get_json(f"{self._witness}/requests")

    def sessions(self) -> list[Seen]:
        """All WebSocket sessions, those of a channel in their order."""
        return get_json(f"{self._witness}/sessions")

    def proxied_sessions(self) -> list[Seen]:
        return [one for one in self.sessions() if one["proxied"]]

    def session(self, channel: str) -> Seen:
        """The first one since then; each of the channel's came with the channel's key alone."""
        self.looked_at = True
        before = self._sessions_before.get(channel, 0)
        seen = [one for one in self.sessions() if one["channel"] == channel][before:]
        for one in seen:
            assert len(one["channel_key_places"]) == 1, one
            assert one["proxy_key_places"] == [], one
        return seen[0]

    def no_session(self) -> None:
        self.looked_at = True
        assert len(self.sessions()) == sum(self._sessions_before.values())

    def files(self, channel: str) -> list[Seen]:
        return get_json(f"{self._witness}/files")[channel]

    def requests(self, channel: str, count: int) -> list[Seen]:
        """Exactly so many arrived, all at this channel, each with the channel's key alone."""
        self.looked_at = True
        seen = self.everything()[self._before :]
        assert [one["channel"] for one in seen] == [channel] * count
        for one in seen:
            assert len(one["channel_key_places"]) == 1, one
            assert one["channel_key_places"][0].startswith("header "), one
            assert one["proxy_key_places"] == [], one
        return seen

    def only(self, channel: str) -> Seen:
        return self.requests(channel, 1)[0]

    def nothing(self) -> None:
        self.looked_at = True
        assert self.everything()[self._before :] == []


def body_of(seen: Seen) -> Any:
    return json.loads(seen["body"]["text"])
