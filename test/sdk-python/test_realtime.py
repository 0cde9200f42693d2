"""Voice and realtime over WebSocket: DashScope's SDK, OpenAI's, and a plain client. Google's speaks wss only."""

import hashlib
import json
import os
import re
import threading
from pathlib import Path

import dashscope
import openai
import pytest
import websockets.exceptions
import websockets.sync.client
from dashscope.audio.asr import Recognition, RecognitionCallback
from dashscope.audio.tts_v2 import AudioFormat, ResultCallback, SpeechSynthesizer

from replies import PROMPT, reply_to

TEXTS = ["今天天气怎么样？", "It is raining, and tomorrow it will rain again."]
# MPEG-2 layer III, 22,050 Hz: what recognition is given need only be MP3 and long enough for nine results.
AUDIO = (b"\xff\xf3\xc2\xc0" + bytes(414)) * 138
RECOGNITION_CHUNKS = [1024, 12_800]
PATIENCE_S = 10


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sent_audio(session) -> list[str]:
    return [one["sha256"] for one in session["sent"] if one["binary"]]


class Speech(ResultCallback):
    """Keeps what a synthesis brings."""

    def __init__(self):
        self.audio: list[bytes] = []
        self.errors: list[str] = []
        self.over = threading.Event()

    def on_data(self, data: bytes) -> None:
        self.audio.append(data)

    def on_complete(self) -> None:
        self.over.set()

    def on_error(self, message) -> None:
        self.errors.append(message)
        self.over.set()


class Hearing(RecognitionCallback):
    """Keeps what a recognition brings."""

    def __init__(self):
        self.results: list[tuple] = []
        self.errors: list = []
        self.over = threading.Event()

    def on_event(self, result) -> None:
        sentence = result.get_sentence()
        self.results.append((sentence["text"], sentence["sentence_end"], result.get_usage(sentence)))

    def on_complete(self) -> None:
        self.over.set()

    def on_error(self, result) -> None:
        self.errors.append(result)
        self.over.set()


def synthesizer(callback=None) -> SpeechSynthesizer:
    return SpeechSynthesizer(
        model="cosyvoice-v2",
        voice="longxiaochun_v2",
        format=AudioFormat.MP3_22050HZ_MONO_256KBPS,
        callback=callback,
    )


def recognised(chunk: int, **where) -> Hearing:
    hearing = Hearing()
    recognition = Recognition(
        model="paraformer-realtime-v2", format="mp3", sample_rate=16000, callback=hearing, **where
    )
    recognition.start()
    for at in range(0, len(AUDIO), chunk):
        recognition.send_audio_frame(AUDIO[at : at + chunk])
    recognition.stop()
    assert hearing.over.wait(PATIENCE_S)
    assert hearing.errors == []
    return hearing


def test_the_environment_points_dashscope_here(upstream):
    assert dashscope.base_websocket_api_url == os.environ["DASHSCOPE_WEBSOCKET_BASE_URL"]
    assert dashscope.base_websocket_api_url.startswith("ws://")
    upstream.nothing()


def test_a_text_is_spoken(upstream):
    audio = synthesizer().call(TEXTS[0])
    assert len(audio) > 0
    assert sha256(audio) == upstream.session("dashscope")["audio_sha256"]


def test_texts_are_spoken_as_they_come(upstream):
    speech = Speech()
    speaking = synthesizer(speech)
    for text in TEXTS:
        speaking.streaming_call(text)
    speaking.streaming_complete()
    assert speech.errors == []
    session = upstream.session("dashscope")
    assert [sha256(part) for part in speech.audio] == sent_audio(session)
    asked = [json.loads(one["text"])["header"]["action"] for one in session["received"]]
    assert asked == ["run-task", "continue-task", "continue-task", "finish-task"]


@pytest.mark.parametrize("chunk", RECOGNITION_CHUNKS)
def test_nine_results_are_recognised_as_they_are_directly(upstream, setup, chunk):
    here = recognised(chunk)
    address = upstream.session("dashscope")["address"]
    key = setup.realtime_keys["dashscope"]
    before, dashscope.api_key = dashscope.api_key, key
    try:
        there = recognised(chunk, base_address=f"{address}/api-ws/v1/inference")
    finally:
        dashscope.api_key = before
    assert len(here.results) == 9
    assert here.results == there.results


def test_a_task_that_fails_is_told(upstream):
    hearing = Hearing()
    recognition = Recognition(
        model="paraformer-realtime-v2", format="mp3", sample_rate=16000, callback=hearing
    )
    recognition.start()
    recognition.send_audio_frame(b"this is no audio")
    # The client looks for answers only between frames.
    recognition.stop()
    assert hearing.over.wait(PATIENCE_S)
    (failed,) = hearing.errors
    assert (failed.code, failed.message) == (
        "FLOW:AUDIO_DECODE_ERROR",
        "Failed to decode audio: no frame was found.",
    )
    upstream.session("dashscope")


def test_a_key_that_nobody_has_is_refused_at_once(upstream, keys):
    before, dashscope.api_key = dashscope.api_key, "pk-that-nobody-has"
    try:
        hearing = Hearing()
        recognition = Recognition(
            model="paraformer-realtime-v2", format="mp3", sample_rate=16000, callback=hearing
        )
        recognition.start()
        assert hearing.over.wait(PATIENCE_S)
    finally:
        dashscope.api_key = before
    assert hearing.errors[0].status_code == 401
    upstream.no_session()


def test_a_plain_client_speaks_the_protocol(upstream, keys):
    header = {"Authorization": f"bearer {keys.ann}"}
    task = {"task_id": "5f0c", "streaming": "duplex"}
    with websockets.sync.client.connect(
        os.environ["DASHSCOPE_WEBSOCKET_BASE_URL"] + "/", additional_headers=header
    ) as socket:
        payload = {"task_group": "audio", "task": "tts", "function": "SpeechSynthesizer", "model": "cosyvoice-v2"}
        socket.send(json.dumps({"header": {"action": "run-task", **task}, "payload": payload}))
        assert json.loads(socket.recv())["header"]["event"] == "task-started"
        socket.send(
            json.dumps({"header": {"action": "continue-task", **task}, "payload": {"input": {"text": TEXTS[1]}}})
        )
        socket.send(json.dumps({"header": {"action": "finish-task", **task}, "payload": {"input": {}}}))
        messages = []
        while not messages or "task-finished" not in str(messages[-1]):
            messages.append(socket.recv())
    session = upstream.session("dashscope")
    assert session["path"] == "/api-ws/v1/inference/"
    assert [sha256(one) for one in messages if isinstance(one, bytes)] == sent_audio(session)


def test_a_plain_client_without_a_key_gets_an_answer_in_http(upstream):
    with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
        websockets.sync.client.connect(os.environ["DASHSCOPE_WEBSOCKET_BASE_URL"])
    answer = refused.value.response
    assert answer.status_code == 401
    assert json.loads(answer.body)["code"] == "InvalidApiKey"
    upstream.no_session()


@pytest.mark.parametrize("text", [PROMPT, "日本語と中文 🌍"])
def test_openai_holds_a_realtime_conversation(upstream, setup, keys, text):
    address = setup.proxy.replace("http:", "ws:") + "/v1"
    with (
        openai.OpenAI(api_key=keys.ann, websocket_base_url=address) as client,
        client.realtime.connect(model="gpt-realtime") as connection,
    ):
        connection.session.update(session={"type": "realtime", "output_modalities": ["text"]})
        content = [{"type": "input_text", "text": text}]
        connection.conversation.item.create(item={"type": "message", "role": "user", "content": content})
        connection.response.create()
        pieces = []
        for event in connection:
            if event.type == "response.output_text.delta":
                pieces.append(event.delta)
            if event.type == "response.done":
                break
    assert pieces == reply_to(text).pieces
    assert upstream.session("openai")["path"] == "/v1/realtime"


def examples(language: str) -> list[str]:
    """The programs that the README shows for voice and realtime."""
    readme = Path(__file__, "../../../README.md").resolve().read_text(encoding="utf-8")
    (section,) = re.findall(r"^## Voice and realtime$(.*?)^## ", readme, re.MULTILINE | re.DOTALL)
    return re.findall(rf"^```{language}\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_readme_work(upstream, setup, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    speech, conversation = [
        example.replace("ws://localhost:8001", setup.proxy.replace("http:", "ws:")) for example in examples("python")
    ]
    exec(speech, {})
    assert sha256(Path("weather.mp3").read_bytes()) == upstream.session("dashscope")["audio_sha256"]
    exec(conversation, {})
    assert capsys.readouterr().out == reply_to("Hello!").text
    upstream.session("openai")
