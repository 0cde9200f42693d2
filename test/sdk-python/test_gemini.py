"""Google's own client."""

import asyncio
import hashlib
import io
import os

import pytest
from google import genai
from google.genai import errors, types

from replies import LARGE_BYTES, PROMPT, UNICODE, embedding_of, reply_to
from upstream import body_of

MODEL = "gemini-stand-in"


@pytest.fixture
def client():
    """As the environment says, which `aiproxy env` has printed."""
    return genai.Client()


def total_out(usage) -> int:
    """Gemini counts thoughts apart."""
    return usage.candidates_token_count + usage.thoughts_token_count


def test_content_is_generated_by_the_platform(client, upstream):
    answer = client.models.generate_content(model=MODEL, contents=PROMPT)
    assert answer.text == reply_to(PROMPT).text
    used = answer.usage_metadata
    assert (used.prompt_token_count, total_out(used)) == (reply_to(PROMPT).tokens_in, reply_to(PROMPT).tokens_out)
    seen = upstream.only("gemini")
    assert seen["path"].endswith(f"/models/{MODEL}:generateContent")
    assert body_of(seen)["contents"] == [{"parts": [{"text": PROMPT}], "role": "user"}]
    assert seen["channel_key_places"] == ["header x-goog-api-key"]
    assert seen["usage"]["tokens_out"] == total_out(used)


def test_a_stream_brings_every_delta_and_the_usage(client, upstream):
    chunks = list(client.models.generate_content_stream(model=MODEL, contents=PROMPT))
    assert [chunk.text for chunk in chunks if chunk.text] == reply_to(PROMPT).pieces
    assert total_out(chunks[-1].usage_metadata) == reply_to(PROMPT).tokens_out
    seen = upstream.only("gemini")
    assert (seen["query"], seen["ending"]) == ({"alt": "sse"}, "answered")


def test_texts_are_embedded(client, upstream):
    answer = client.models.embed_content(model="text-embedding-stand-in", contents=["one", "and another one"])
    assert [one.values for one in answer.embeddings] == [embedding_of("one"), embedding_of("and another one")]
    upstream.only("gemini")


def test_tokens_are_counted_by_the_platform(client, upstream):
    assert client.models.count_tokens(model=MODEL, contents=PROMPT).total_tokens == reply_to(PROMPT).tokens_in
    upstream.only("gemini")


def test_models_are_listed(client, upstream):
    assert [model.name for model in client.models.list()] == [f"models/{MODEL}", "models/gemini-embedding-stand-in"]
    upstream.only("gemini")


def test_a_file_is_uploaded_byte_for_byte(client, upstream):
    content = os.urandom(3 * 1024 * 1024)
    config = types.UploadFileConfig(mime_type="application/octet-stream", display_name="übung")
    uploaded = client.files.upload(file=io.BytesIO(content), config=config)
    assert (uploaded.display_name, uploaded.size_bytes) == ("übung", len(content))
    kept = upstream.files("gemini")[-1]
    assert (kept["name"], kept["sha256"]) == ("übung", hashlib.sha256(content).hexdigest())
    # The second request goes where the first one's answer says, which must not be the platform itself.
    upstream.requests("gemini", 2)


def test_asynchronous_requests_get_each_their_own_answer(client, run, upstream):
    prompts = [f"Question number {number} of many" for number in range(10)]

    async def ask(aio, prompt):
        stream = await aio.models.generate_content_stream(model=MODEL, contents=prompt)
        return "".join([chunk.text or "" async for chunk in stream])

    async def ask_all():
        async with client.aio as aio:
            return await asyncio.gather(*(ask(aio, prompt) for prompt in prompts))

    assert run(ask_all()) == [reply_to(prompt).text for prompt in prompts]
    upstream.requests("gemini", 10)


@pytest.mark.parametrize("text", UNICODE)
def test_every_character_arrives(client, upstream, text):
    chunks = client.models.generate_content_stream(model=MODEL, contents=text)
    answered = "".join(chunk.text or "" for chunk in chunks)
    assert body_of(upstream.only("gemini"))["contents"][0]["parts"] == [{"text": text}]
    assert answered.removeprefix("You said:").split() == text.split()


def test_a_prompt_of_megabytes_is_answered(client, upstream):
    prompt = "word " * (LARGE_BYTES // 5)
    answer = client.models.generate_content(model=MODEL, contents=prompt)
    assert answer.usage_metadata.prompt_token_count == LARGE_BYTES // 5 + 8
    assert upstream.only("gemini")["body"]["length"] > len(prompt)


def test_a_function_is_called_and_its_result_taken(client, upstream):
    called_with = []

    def count_words(words: int) -> str:
        """Counts words."""
        called_with.append(words)
        return f"{words} words"

    config = types.GenerateContentConfig(tools=[count_words])
    answer = client.models.generate_content(model=MODEL, contents=PROMPT, config=config)
    assert called_with == [8]
    assert answer.text == reply_to(PROMPT).text
    second = upstream.requests("gemini", 2)[1]
    result = body_of(second)["contents"][2]["parts"][0]["functionResponse"]
    assert (result["name"], result["response"]) == ("count_words", {"result": "8 words"})


def test_a_chat_sends_what_was_said(client, upstream):
    chat = client.chats.create(model=MODEL)
    chat.send_message("first")
    assert chat.send_message("second").text == reply_to("first You said: first second").text
    assert len(body_of(upstream.requests("gemini", 2)[1])["contents"]) == 3


PLATFORM_ERRORS = [
    (400, errors.ClientError, "INVALID_ARGUMENT"),
    (403, errors.ClientError, "PERMISSION_DENIED"),
    (404, errors.ClientError, "NOT_FOUND"),
    (429, errors.ClientError, "RESOURCE_EXHAUSTED"),
    (500, errors.ServerError, "INTERNAL"),
    (503, errors.ServerError, "UNAVAILABLE"),
]


@pytest.mark.parametrize(("code", "exception", "status"), PLATFORM_ERRORS)
@pytest.mark.parametrize("streamed", [False, True])
def test_an_error_of_the_platform_comes_in_its_own_words(client, upstream, code, exception, status, streamed):
    models = client.models
    ask = models.generate_content_stream if streamed else models.generate_content
    with pytest.raises(exception) as caught:
        answer = ask(model=f"error-{code}", contents=PROMPT)
        assert not list(answer)
    assert (caught.value.code, caught.value.status) == (code, status)
    assert caught.value.message == f"The model error-{code} fails."
    assert upstream.only("gemini")["status"] == code


REFUSALS = [
    ("unknown", 401, "UNAUTHENTICATED"),
    ("disabled", 403, "PERMISSION_DENIED"),
    ("expired", 403, "PERMISSION_DENIED"),
    ("of_disabled_user", 403, "PERMISSION_DENIED"),
    ("without_channels", 404, "NOT_FOUND"),
]


@pytest.mark.parametrize(("key", "code", "status"), REFUSALS)
def test_a_refused_key_raises_the_right_exception(keys, upstream, key, code, status):
    proxy_key = getattr(keys, key, "pk-that-nobody-has")
    client = genai.Client(api_key=proxy_key)
    with pytest.raises(errors.ClientError) as caught:
        client.models.generate_content(model=MODEL, contents=PROMPT)
    assert (caught.value.code, caught.value.status) == (code, status)
    assert proxy_key not in str(caught.value)
    upstream.nothing()


def test_a_client_that_waits_no_longer_leaves_the_platform_too(upstream):
    client = genai.Client(http_options=types.HttpOptions(timeout=500))
    with pytest.raises(Exception, match="(?i)timed? ?out"):
        client.models.generate_content(model="slow-stand-in", contents=PROMPT)
    assert upstream.only("gemini")["ending"] == "client-left"
