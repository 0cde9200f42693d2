"""Anthropic's own client."""

import asyncio
import hashlib

import anthropic
import pytest
from anthropic import Anthropic, AsyncAnthropic

from replies import LARGE_BYTES, PROMPT, UNICODE, reply_to
from upstream import body_of

MODEL = "claude-stand-in"
ASK = {"model": MODEL, "max_tokens": 1000, "messages": [{"role": "user", "content": PROMPT}]}
TOOL = {"name": "count_words", "input_schema": {"type": "object", "properties": {"words": {"type": "integer"}}}}


@pytest.fixture
def client():
    """As the environment says, which `aiproxy env` has printed."""
    with Anthropic(max_retries=0) as opened:
        yield opened


def total_in(usage) -> int:
    """Anthropic counts what it cached apart."""
    return usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens


def test_a_message_is_answered_by_the_platform(client, upstream):
    message = client.messages.create(**ASK)
    assert message.content[0].text == reply_to(PROMPT).text
    assert (total_in(message.usage), message.usage.output_tokens) == (
        reply_to(PROMPT).tokens_in,
        reply_to(PROMPT).tokens_out,
    )
    seen = upstream.only("anthropic")
    assert (seen["method"], seen["path"]) == ("POST", "/v1/messages")
    assert body_of(seen) == ASK
    assert seen["headers"]["anthropic-version"]
    assert seen["usage"]["tokens_in"] == total_in(message.usage)


def test_a_stream_brings_every_delta_and_the_usage(client, upstream):
    with client.messages.stream(**ASK) as stream:
        pieces = list(stream.text_stream)
        final = stream.get_final_message()
    assert pieces == reply_to(PROMPT).pieces
    assert final.stop_reason == "end_turn"
    assert final.usage.output_tokens == reply_to(PROMPT).tokens_out
    assert upstream.only("anthropic")["ending"] == "answered"


def test_every_event_of_a_stream_arrives_in_order(client, upstream):
    kinds = [event.type for event in client.messages.create(**ASK, stream=True)]
    deltas = ["content_block_delta"] * len(reply_to(PROMPT).pieces)
    before = ["message_start", "content_block_start"]
    behind = ["content_block_stop", "message_delta", "message_stop"]
    assert [kind for kind in kinds if kind != "ping"] == [*before, *deltas, *behind]
    upstream.only("anthropic")


def test_asynchronous_requests_get_each_their_own_answer(run, upstream):
    prompts = [f"Question number {number} of many" for number in range(10)]

    async def ask(client, prompt):
        messages = [{"role": "user", "content": prompt}]
        async with client.messages.stream(**{**ASK, "messages": messages}) as stream:
            return await stream.get_final_text()

    async def ask_all():
        async with AsyncAnthropic(max_retries=0) as client:
            return await asyncio.gather(*(ask(client, prompt) for prompt in prompts))

    assert run(ask_all()) == [reply_to(prompt).text for prompt in prompts]
    upstream.requests("anthropic", 10)


def test_tokens_are_counted_by_the_platform(client, upstream):
    counted = client.messages.count_tokens(model=MODEL, messages=ASK["messages"])
    assert counted.input_tokens == reply_to(PROMPT).tokens_in
    assert upstream.only("anthropic")["path"] == "/v1/messages/count_tokens"


def test_models_are_listed(client, upstream):
    assert [model.id for model in client.models.list()] == [MODEL, "claude-stand-in-small"]
    assert upstream.only("anthropic")["path"] == "/v1/models"


@pytest.mark.parametrize("text", UNICODE)
def test_every_character_arrives(client, upstream, text):
    messages = [{"role": "user", "content": text}]
    with client.messages.stream(**{**ASK, "messages": messages}) as stream:
        answered = stream.get_final_text()
    assert body_of(upstream.only("anthropic"))["messages"] == messages
    assert answered.removeprefix("You said:").split() == text.split()


def test_a_prompt_of_megabytes_arrives_byte_for_byte(upstream):
    sent = []
    hooks = {"request": [lambda request: sent.append(request.content)]}
    with Anthropic(max_retries=0, http_client=anthropic.DefaultHttpxClient(event_hooks=hooks)) as client:
        messages = [{"role": "user", "content": "word " * (LARGE_BYTES // 5)}]
        message = client.messages.create(**{**ASK, "messages": messages})
    assert total_in(message.usage) == LARGE_BYTES // 5 + 8
    body = upstream.only("anthropic")["body"]
    assert body["length"] == len(sent[0]) > LARGE_BYTES - 5
    assert body["sha256"] == hashlib.sha256(sent[0]).hexdigest()


def test_a_tool_is_called_and_its_result_taken(client, upstream):
    asked = client.messages.create(**ASK, tools=[TOOL])
    assert asked.stop_reason == "tool_use"
    call = asked.content[0]
    assert (call.name, call.input) == ("count_words", {"words": 8})
    result = {"type": "tool_result", "tool_use_id": call.id, "content": "eight words"}
    history = [
        *ASK["messages"],
        {"role": "assistant", "content": asked.content},
        {"role": "user", "content": [result]},
    ]
    answered = client.messages.create(**{**ASK, "messages": history}, tools=[TOOL])
    assert answered.content[0].text == reply_to(f"{PROMPT} eight words").text
    assert body_of(upstream.requests("anthropic", 2)[1])["messages"][2]["content"] == [result]


def test_a_tool_call_is_streamed_in_pieces(client, upstream):
    with client.messages.stream(**ASK, tools=[TOOL]) as stream:
        pieces = [event.partial_json for event in stream if event.type == "input_json"]
        final = stream.get_final_message()
    assert "".join(pieces) == '{"words":8}'
    assert final.content[0].input == {"words": 8}
    upstream.only("anthropic")


PLATFORM_ERRORS = [
    (400, anthropic.BadRequestError),
    (403, anthropic.PermissionDeniedError),
    (404, anthropic.NotFoundError),
    (413, anthropic.RequestTooLargeError),
    (429, anthropic.RateLimitError),
    (500, anthropic.InternalServerError),
    (503, anthropic.ServiceUnavailableError),
    (529, anthropic.OverloadedError),
]


@pytest.mark.parametrize(("status", "exception"), PLATFORM_ERRORS)
@pytest.mark.parametrize("stream", [False, True])
def test_an_error_of_the_platform_comes_in_its_own_words(client, upstream, status, exception, stream):
    with pytest.raises(exception) as caught:
        client.messages.create(**{**ASK, "model": f"error-{status}"}, stream=stream)
    assert caught.value.status_code == status
    assert caught.value.body["error"]["message"] == f"The model error-{status} fails."
    assert caught.value.request_id == "req_stand_in"
    headers = caught.value.response.headers
    assert headers["x-aiproxy-error-source"] == "platform"
    assert headers.get("retry-after") == ("7" if status == 429 else None)
    assert upstream.only("anthropic")["status"] == status


REFUSALS = [
    ("unknown", anthropic.AuthenticationError, "authentication_error"),
    ("disabled", anthropic.PermissionDeniedError, "permission_error"),
    ("expired", anthropic.PermissionDeniedError, "permission_error"),
    ("of_disabled_user", anthropic.PermissionDeniedError, "permission_error"),
    ("without_channels", anthropic.NotFoundError, "not_found_error"),
]


@pytest.mark.parametrize(("key", "exception", "kind"), REFUSALS)
def test_a_refused_key_raises_the_right_exception(keys, upstream, key, exception, kind):
    proxy_key = getattr(keys, key, "pk-that-nobody-has")
    with pytest.raises(exception) as caught:
        Anthropic(api_key=proxy_key, max_retries=0).messages.create(**ASK)
    assert caught.value.body["error"]["type"] == kind
    assert caught.value.response.headers["x-aiproxy-error-source"] == "gateway"
    assert proxy_key not in str(caught.value)
    upstream.nothing()


def test_a_client_that_waits_no_longer_leaves_the_platform_too(upstream):
    with Anthropic(max_retries=0, timeout=0.5) as client, pytest.raises(anthropic.APITimeoutError):
        client.messages.create(**{**ASK, "model": "slow-stand-in"})
    assert upstream.only("anthropic")["ending"] == "client-left"


def test_a_bearer_token_is_as_good_as_an_api_key(keys, upstream, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    with Anthropic(auth_token=keys.ann, max_retries=0) as client:
        assert client.messages.create(**ASK).content[0].text == reply_to(PROMPT).text
    upstream.only("anthropic")
