"""OpenAI's client for Azure, whose deployments stand in the path."""

import openai
import pytest
from openai import AsyncAzureOpenAI, AzureOpenAI

from replies import PROMPT, embedding_of, reply_to

MESSAGES = [{"role": "user", "content": PROMPT}]
VERSION = "2024-10-21"


@pytest.fixture
def options(setup, keys):
    return {"azure_endpoint": setup.proxy, "api_key": keys.ann, "api_version": VERSION, "max_retries": 0}


def test_a_deployment_answers(options, upstream):
    completion = AzureOpenAI(**options).chat.completions.create(model="my-deployment", messages=MESSAGES)
    assert completion.choices[0].message.content == reply_to(PROMPT).text
    seen = upstream.only("azure")
    assert seen["path"] == "/openai/deployments/my-deployment/chat/completions"
    assert seen["query"] == {"api-version": VERSION}
    assert seen["channel_key_places"] == ["header api-key"]


def test_a_deployment_streams_behind_its_prompt_filter(options, upstream):
    usage = {"include_usage": True}
    stream = AzureOpenAI(**options).chat.completions.create(
        model="my-deployment", messages=MESSAGES, stream=True, stream_options=usage
    )
    chunks = list(stream)
    pieces = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]
    assert [piece for piece in pieces if piece] == reply_to(PROMPT).pieces
    assert chunks[-1].usage.prompt_tokens == reply_to(PROMPT).tokens_in
    upstream.only("azure")


def test_a_deployment_embeds_asynchronously(options, upstream, run):
    async def embed():
        async with AsyncAzureOpenAI(**options) as client:
            return await client.embeddings.create(model="my-embeddings", input=PROMPT)

    assert run(embed()).data[0].embedding == embedding_of(PROMPT)
    upstream.only("azure")


def test_an_unknown_key_is_refused_here(options, upstream):
    with pytest.raises(openai.AuthenticationError) as caught:
        AzureOpenAI(**{**options, "api_key": "pk-that-nobody-has"}).models.list()
    assert caught.value.code == "invalid_proxy_key"
    upstream.nothing()


def test_the_platforms_own_refusal_comes_in_its_own_words(options, upstream):
    with pytest.raises(openai.RateLimitError) as caught:
        AzureOpenAI(**options).chat.completions.create(model="error-429", messages=MESSAGES)
    assert caught.value.body["message"] == "The model error-429 fails."
    upstream.only("azure")
