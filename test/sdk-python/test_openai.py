"""OpenAI's own client."""

import asyncio
import hashlib
import json
import os

import openai
import pytest
from openai import AsyncOpenAI, OpenAI

from replies import LARGE_BYTES, PROMPT, UNICODE, embedding_of, reply_to
from upstream import body_of

MODEL = "gpt-stand-in"
MESSAGES = [{"role": "user", "content": PROMPT}]
TOOL = {
    "type": "function",
    "function": {"name": "count_words", "parameters": {"type": "object", "properties": {"words": {"type": "integer"}}}},
}


@pytest.fixture
def client():
    """As the environment says, which `aiproxy env` has printed."""
    with OpenAI(max_retries=0) as opened:
        yield opened


def with_key(key: str, **options) -> OpenAI:
    return OpenAI(api_key=key, max_retries=0, **options)


def test_chat_is_answered_by_the_platform(client, upstream):
    completion = client.chat.completions.create(model=MODEL, messages=MESSAGES)
    assert completion.choices[0].message.content == reply_to(PROMPT).text
    assert completion.usage.prompt_tokens == reply_to(PROMPT).tokens_in
    assert completion.usage.completion_tokens == reply_to(PROMPT).tokens_out
    seen = upstream.only("openai")
    assert (seen["method"], seen["path"]) == ("POST", "/v1/chat/completions")
    assert body_of(seen) == {"model": MODEL, "messages": MESSAGES}
    assert seen["usage"]["tokens_in"] == completion.usage.prompt_tokens


def test_an_answer_tells_its_request_id(client, upstream):
    answer = client.chat.completions.with_raw_response.create(model=MODEL, messages=MESSAGES)
    assert len(answer.headers["x-aiproxy-request-id"]) >= 8
    assert answer.headers["x-request-id"] == "req_stand_in"
    upstream.only("openai")


def test_a_stream_brings_every_delta_and_the_usage(client, upstream):
    options = {"include_usage": True}
    stream = client.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True, stream_options=options)
    chunks = list(stream)
    deltas = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]
    assert [delta for delta in deltas if delta] == reply_to(PROMPT).pieces
    assert chunks[-1].usage.completion_tokens == reply_to(PROMPT).tokens_out
    assert upstream.only("openai")["ending"] == "answered"


def test_a_stream_tells_no_usage_that_was_not_asked_for(client, upstream):
    stream = client.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True)
    chunks = list(stream)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == reply_to(PROMPT).text
    assert all(chunk.usage is None for chunk in chunks)
    # AIProxy asks for it in the client's place, because it counts tokens.
    assert body_of(upstream.only("openai"))["stream_options"] == {"include_usage": True}


def test_embeddings_come_as_they_are(client, upstream):
    texts = ["one", "and another one"]
    answer = client.embeddings.create(model="text-embedding-stand-in", input=texts)
    assert [one.embedding for one in answer.data] == [embedding_of(text) for text in texts]
    # The client asks for base64 by itself.
    assert body_of(upstream.only("openai"))["encoding_format"] == "base64"


def test_models_are_listed(client, upstream):
    assert [model.id for model in client.models.list()] == [MODEL, "text-embedding-stand-in"]
    assert upstream.only("openai")["path"] == "/v1/models"


def test_asynchronous_requests_get_each_their_own_answer(run, upstream):
    prompts = [f"Question number {number} of many" for number in range(10)]

    async def ask(client, prompt):
        messages = [{"role": "user", "content": prompt}]
        stream = await client.chat.completions.create(model=MODEL, messages=messages, stream=True)
        return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    async def ask_all():
        async with AsyncOpenAI(max_retries=0) as client:
            return await asyncio.gather(*(ask(client, prompt) for prompt in prompts))

    assert run(ask_all()) == [reply_to(prompt).text for prompt in prompts]
    upstream.requests("openai", 10)


@pytest.mark.parametrize("text", UNICODE)
def test_every_character_arrives(client, upstream, text):
    messages = [{"role": "user", "content": text}]
    stream = client.chat.completions.create(model=MODEL, messages=messages, stream=True)
    answered = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    assert body_of(upstream.only("openai"))["messages"] == messages
    assert answered.removeprefix("You said:").split() == text.split()


def test_a_prompt_of_megabytes_arrives_byte_for_byte(upstream):
    sent = []
    http = openai.DefaultHttpxClient(event_hooks={"request": [lambda request: sent.append(request.content)]})
    with OpenAI(max_retries=0, http_client=http) as client:
        messages = [{"role": "user", "content": "word " * (LARGE_BYTES // 5)}]
        completion = client.chat.completions.create(model=MODEL, messages=messages)
    assert completion.usage.prompt_tokens == LARGE_BYTES // 5 + 8
    body = upstream.only("openai")["body"]
    assert body["length"] == len(sent[0]) > LARGE_BYTES - 5
    assert body["sha256"] == hashlib.sha256(sent[0]).hexdigest()


def test_a_tool_is_called_and_its_result_taken(client, upstream):
    asked = client.chat.completions.create(model=MODEL, messages=MESSAGES, tools=[TOOL])
    assert asked.choices[0].finish_reason == "tool_calls"
    call = asked.choices[0].message.tool_calls[0]
    assert (call.function.name, json.loads(call.function.arguments)) == ("count_words", {"words": 8})
    result = {"role": "tool", "tool_call_id": call.id, "content": "eight words"}
    history = [*MESSAGES, asked.choices[0].message, result]
    answered = client.chat.completions.create(model=MODEL, messages=history, tools=[TOOL])
    assert answered.choices[0].message.content == reply_to(f"{PROMPT} eight words").text
    assert body_of(upstream.requests("openai", 2)[1])["messages"][2] == result


def test_a_tool_call_is_streamed_in_pieces(client, upstream):
    with client.chat.completions.stream(model=MODEL, messages=MESSAGES, tools=[TOOL]) as stream:
        deltas = [event.arguments_delta for event in stream if event.type == "tool_calls.function.arguments.delta"]
        final = stream.get_final_completion()
    assert deltas == ["", '{"words":', "8", "}"]
    assert final.choices[0].message.tool_calls[0].function.arguments == '{"words":8}'
    upstream.only("openai")


def test_responses_are_made(client, upstream):
    response = client.responses.create(model=MODEL, input=PROMPT)
    assert response.output_text == reply_to(PROMPT).text
    assert response.usage.output_tokens == reply_to(PROMPT).tokens_out
    assert upstream.only("openai")["path"] == "/v1/responses"


def test_responses_are_streamed_event_by_event(client, upstream):
    events = list(client.responses.create(model=MODEL, input=PROMPT, stream=True))
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert deltas == reply_to(PROMPT).pieces
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[-1].response.usage.input_tokens == reply_to(PROMPT).tokens_in
    upstream.only("openai")


def test_a_file_is_uploaded_byte_for_byte(client, upstream):
    content = os.urandom(3 * 1024 * 1024)
    uploaded = client.files.create(file=("übung.bin", content), purpose="user_data")
    assert (uploaded.filename, uploaded.bytes) == ("übung.bin", len(content))
    assert upstream.files("openai")[-1]["sha256"] == hashlib.sha256(content).hexdigest()
    upstream.only("openai")


def test_audio_is_transcribed(client, upstream):
    audio = os.urandom(200_000)
    answer = client.audio.transcriptions.create(model="whisper-stand-in", file=("speech.wav", audio))
    assert answer.text == "200000 bytes of audio"
    assert upstream.only("openai")["headers"]["content-type"].startswith("multipart/form-data")


PLATFORM_ERRORS = [
    (400, openai.BadRequestError),
    (403, openai.PermissionDeniedError),
    (404, openai.NotFoundError),
    (409, openai.ConflictError),
    (422, openai.UnprocessableEntityError),
    (429, openai.RateLimitError),
    (500, openai.InternalServerError),
    (503, openai.InternalServerError),
]


@pytest.mark.parametrize(("status", "exception"), PLATFORM_ERRORS)
@pytest.mark.parametrize("stream", [False, True])
def test_an_error_of_the_platform_comes_in_its_own_words(client, upstream, status, exception, stream):
    with pytest.raises(exception) as caught:
        client.chat.completions.create(model=f"error-{status}", messages=MESSAGES, stream=stream)
    assert caught.value.status_code == status
    assert caught.value.body["message"] == f"The model error-{status} fails."
    headers = caught.value.response.headers
    assert headers["x-aiproxy-error-source"] == "platform"
    assert headers.get("retry-after") == ("7" if status == 429 else None)
    assert upstream.only("openai")["status"] == status


REFUSALS = [
    ("unknown", openai.AuthenticationError, "invalid_proxy_key"),
    ("disabled", openai.PermissionDeniedError, "proxy_key_disabled"),
    ("expired", openai.PermissionDeniedError, "proxy_key_expired"),
    ("of_disabled_user", openai.PermissionDeniedError, "user_disabled"),
    ("without_channels", openai.NotFoundError, "no_channel"),
]


@pytest.mark.parametrize(("key", "exception", "code"), REFUSALS)
def test_a_refused_key_raises_the_right_exception(keys, upstream, key, exception, code):
    proxy_key = getattr(keys, key, "pk-that-nobody-has")
    with pytest.raises(exception) as caught:
        with_key(proxy_key).chat.completions.create(model=MODEL, messages=MESSAGES)
    assert caught.value.code == code
    assert caught.value.response.headers["x-aiproxy-error-source"] == "gateway"
    assert proxy_key not in str(caught.value)
    upstream.nothing()


def test_the_platforms_own_key_is_no_key_here(upstream):
    with pytest.raises(openai.AuthenticationError):
        with_key("channel-key-openai").models.list()
    upstream.nothing()


def test_the_clients_own_retries_are_its_own(upstream):
    with OpenAI(max_retries=1) as client, pytest.raises(openai.InternalServerError):
        client.chat.completions.create(model="error-500", messages=MESSAGES)
    first, second = upstream.requests("openai", 2)
    assert second["headers"]["x-stainless-retry-count"] == "1"
    assert first["body"] == second["body"]


def test_a_client_that_waits_no_longer_leaves_the_platform_too(upstream):
    with OpenAI(max_retries=0, timeout=0.5) as client, pytest.raises(openai.APITimeoutError):
        client.chat.completions.create(model="slow-stand-in", messages=MESSAGES)
    assert upstream.only("openai")["ending"] == "client-left"


def test_a_stream_that_breaks_off_does_not_look_finished(client, upstream):
    stream = client.chat.completions.create(model="die-midstream", messages=MESSAGES, stream=True)
    pieces = []
    with pytest.raises(Exception) as caught:
        for chunk in stream:
            pieces.append(chunk.choices[0].delta.content or "")
    assert "peer closed connection" in str(caught.value) or isinstance(caught.value, openai.APIConnectionError)
    assert [piece for piece in pieces if piece] == reply_to(PROMPT).pieces[:2]
    assert upstream.only("openai")["ending"] == "cut"


def test_another_user_uses_her_own_channel(keys, upstream):
    completion = with_key(keys.zoe).chat.completions.create(model=MODEL, messages=MESSAGES)
    assert completion.choices[0].message.content == reply_to(PROMPT).text
    upstream.only("openai-zoe")


def test_a_channel_that_is_not_permitted_cannot_be_chosen(keys, upstream):
    headers = {"x-aiproxy-channel": "openai"}
    with pytest.raises(openai.PermissionDeniedError) as caught:
        with_key(keys.zoe, default_headers=headers).models.list()
    assert caught.value.code == "channel_not_permitted"
    upstream.nothing()
