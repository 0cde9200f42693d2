"""DashScope's own client, which puts errors into its answers instead of raising them."""

import os
from http import HTTPStatus

import dashscope
import openai
import pytest
import requests
from dashscope import AioGeneration, Generation, ImageSynthesis, MultiModalConversation, TextEmbedding

from replies import LARGE_BYTES, PROMPT, UNICODE, embedding_of, reply_to
from upstream import body_of

MODEL = "qwen-stand-in"
MESSAGES = [{"role": "user", "content": PROMPT}]
ASK = {"model": MODEL, "messages": MESSAGES, "result_format": "message"}
PICTURE_ASK = {"model": "qwen-vl-stand-in", "messages": [{"role": "user", "content": [{"text": PROMPT}]}]}
TOOL = {"type": "function", "function": {"name": "count_words", "parameters": {"type": "object", "properties": {}}}}


def text_of(answer) -> str:
    return answer.output.choices[0].message.content


def test_a_text_is_generated_by_the_platform(upstream):
    answer = Generation.call(**ASK)
    assert answer.status_code == HTTPStatus.OK
    assert text_of(answer) == reply_to(PROMPT).text
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (
        reply_to(PROMPT).tokens_in,
        reply_to(PROMPT).tokens_out,
    )
    seen = upstream.only("dashscope")
    assert (seen["method"], seen["path"]) == ("POST", "/api/v1/services/aigc/text-generation/generation")
    assert body_of(seen)["input"] == {"messages": MESSAGES}
    assert seen["usage"]["tokens_in"] == answer.usage.input_tokens


def test_a_stream_repeats_the_text_so_far(upstream):
    answers = list(Generation.call(**ASK, stream=True))
    assert {answer.status_code for answer in answers} == {HTTPStatus.OK}
    pieces = reply_to(PROMPT).pieces
    assert [text_of(answer) for answer in answers[:-1]] == ["".join(pieces[: at + 1]) for at in range(len(pieces))]
    assert answers[-1].usage.output_tokens == reply_to(PROMPT).tokens_out
    assert upstream.only("dashscope")["headers"]["x-dashscope-sse"] == "enable"


def test_an_incremental_stream_brings_every_delta(upstream):
    answers = list(Generation.call(**ASK, stream=True, incremental_output=True))
    assert [text_of(answer) for answer in answers if text_of(answer)] == reply_to(PROMPT).pieces
    assert answers[-1].output.choices[0].finish_reason == "stop"
    assert upstream.only("dashscope")["ending"] == "answered"


def test_an_asynchronous_stream_brings_every_delta(run, upstream):
    async def ask():
        answers = await AioGeneration.call(**ASK, stream=True, incremental_output=True)
        pieces = [text_of(answer) async for answer in answers]
        await dashscope.close_shared_aio_session()
        return pieces

    assert "".join(run(ask())) == reply_to(PROMPT).text
    upstream.only("dashscope")


def test_texts_are_embedded(upstream):
    answer = TextEmbedding.call(model="text-embedding-stand-in", input=["one", "and another one"])
    vectors = [one["embedding"] for one in answer.output["embeddings"]]
    assert vectors == [embedding_of("one"), embedding_of("and another one")]
    assert upstream.only("dashscope")["usage"]["tokens_in"] == answer.usage["total_tokens"] == 4


def test_a_conversation_of_parts_is_answered_in_parts(upstream):
    answer = MultiModalConversation.call(**PICTURE_ASK)
    assert text_of(answer) == [{"text": reply_to(PROMPT).text}]
    assert upstream.only("dashscope")["path"].endswith("/aigc/multimodal-generation/generation")


def test_a_conversation_of_parts_is_streamed(upstream):
    answers = list(MultiModalConversation.call(**PICTURE_ASK, stream=True, incremental_output=True))
    pieces = [text_of(answer)[0]["text"] for answer in answers if text_of(answer)]
    assert pieces == reply_to(PROMPT).pieces
    upstream.only("dashscope")


def test_a_tool_is_called_and_its_result_taken(upstream):
    asked = Generation.call(**ASK, tools=[TOOL])
    message = asked.output.choices[0].message
    assert message.tool_calls[0]["function"] == {"name": "count_words", "arguments": '{"words":8}'}
    result = {"role": "tool", "content": "eight words", "tool_call_id": message.tool_calls[0]["id"]}
    answered = Generation.call(**{**ASK, "messages": [*MESSAGES, message, result]}, tools=[TOOL])
    assert text_of(answered) == reply_to(f"{PROMPT} eight words").text
    upstream.requests("dashscope", 2)


def test_a_task_is_waited_for(upstream):
    begun = ImageSynthesis.async_call(model="wanx-stand-in", prompt=PROMPT)
    assert begun.output.task_status == "PENDING"
    done = ImageSynthesis.wait(begun)
    assert done.output.task_status == "SUCCEEDED"
    assert done.output.results[0].url.endswith(f"/results/{begun.output.task_id}.png")
    assert done.usage.image_count == 1
    begin, *polls = upstream.requests("dashscope", 4)
    assert begin["headers"]["x-dashscope-async"] == "enable"
    assert {poll["path"] for poll in polls} == {f"/api/v1/tasks/{begun.output.task_id}"}


def test_a_task_is_cancelled(upstream):
    begun = ImageSynthesis.async_call(model="wanx-stand-in", prompt=PROMPT)
    assert ImageSynthesis.cancel(begun).status_code == HTTPStatus.OK
    assert ImageSynthesis.fetch(begun).output.task_status == "CANCELED"
    upstream.requests("dashscope", 3)


def test_another_users_task_does_not_exist(keys, upstream):
    begun = ImageSynthesis.async_call(model="wanx-stand-in", prompt=PROMPT)
    for answer in (
        ImageSynthesis.fetch(begun, api_key=keys.zoe),
        ImageSynthesis.cancel(begun, api_key=keys.zoe),
    ):
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert answer.output is None
    upstream.only("dashscope")


@pytest.mark.parametrize("text", UNICODE)
def test_every_character_arrives(upstream, text):
    messages = [{"role": "user", "content": text}]
    answers = Generation.call(**{**ASK, "messages": messages}, stream=True, incremental_output=True)
    answered = "".join(text_of(answer) for answer in answers)
    assert body_of(upstream.only("dashscope"))["input"]["messages"] == messages
    assert answered.removeprefix("You said:").split() == text.split()


def test_a_prompt_of_megabytes_is_answered(upstream):
    messages = [{"role": "user", "content": "word " * (LARGE_BYTES // 5)}]
    answer = Generation.call(**{**ASK, "messages": messages})
    assert answer.usage.input_tokens == LARGE_BYTES // 5 + 8
    assert upstream.only("dashscope")["body"]["length"] > LARGE_BYTES - 5


PLATFORM_ERRORS = [
    (400, "InvalidParameter"),
    (403, "AccessDenied"),
    (404, "ModelNotFound"),
    (429, "Throttling.RateQuota"),
    (500, "InternalError"),
]


@pytest.mark.parametrize(("status", "code"), PLATFORM_ERRORS)
@pytest.mark.parametrize("stream", [False, True])
def test_an_error_of_the_platform_comes_in_its_own_words(upstream, status, code, stream):
    answer = Generation.call(**{**ASK, "model": f"error-{status}"}, stream=stream)
    (failed,) = answer if stream else [answer]
    assert (failed.status_code, failed.code) == (status, code)
    assert failed.message == f"The model error-{status} fails."
    assert upstream.only("dashscope")["status"] == status


REFUSALS = [
    ("unknown", 401, "InvalidApiKey"),
    ("disabled", 403, "ProxyKeyDisabled"),
    ("expired", 403, "ProxyKeyExpired"),
    ("of_disabled_user", 403, "UserDisabled"),
    ("without_channels", 404, "NoChannel"),
]


@pytest.mark.parametrize(("key", "status", "code"), REFUSALS)
@pytest.mark.parametrize("stream", [False, True])
def test_a_refused_key_is_told_in_the_answer(keys, upstream, key, status, code, stream):
    proxy_key = getattr(keys, key, "pk-that-nobody-has")
    answer = Generation.call(**ASK, api_key=proxy_key, stream=stream)
    (failed,) = answer if stream else [answer]
    assert (failed.status_code, failed.code) == (status, code)
    assert failed.message and proxy_key not in str(failed)
    assert failed.request_id == failed.headers["x-aiproxy-request-id"]
    upstream.nothing()


def test_a_client_that_waits_no_longer_leaves_the_platform_too(upstream):
    with pytest.raises(requests.exceptions.ReadTimeout):
        Generation.call(**{**ASK, "model": "slow-stand-in"}, request_timeout=0.5)
    assert upstream.only("dashscope")["ending"] == "client-left"


def test_its_compatible_mode_serves_the_openai_client(keys, upstream):
    address = os.environ["DASHSCOPE_COMPATIBLE_BASE_URL"]
    assert dashscope.base_compatible_api_url == address
    with openai.OpenAI(base_url=address, api_key=keys.ann, max_retries=0) as client:
        completion = client.chat.completions.create(model=MODEL, messages=MESSAGES)
        assert completion.choices[0].message.content == reply_to(PROMPT).text
        with pytest.raises(openai.RateLimitError, match="The model error-429 fails"):
            client.chat.completions.create(model="error-429", messages=MESSAGES)
    chat, _ = upstream.requests("dashscope", 2)
    assert chat["path"] == "/compatible-mode/v1/chat/completions"
