"""What the stand-ins answer, worked out again: always the same for the same prompt (test/support/stand-ins/reply.ts)."""

from dataclasses import dataclass

WORDS_ECHOED = 40


@dataclass(frozen=True)
class Reply:
    pieces: list[str]
    tokens_in: int
    tokens_out: int

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def reply_to(prompt: str) -> Reply:
    words = prompt.split()
    pieces = ["You said:", *(f" {word}" for word in words[:WORDS_ECHOED])]
    return Reply(pieces, tokens_in=len(words) + 8, tokens_out=len(pieces) + len(words) % 5)


def embedding_of(text: str) -> list[float]:
    """Lengths count UTF-16 units, as in the stand-in's language."""
    length = len(text.encode("utf-16-le")) // 2
    return [((length * 7 + at * 13) % 64) / 64 - 0.5 for at in range(8)]


PROMPT = "Who are you, and what do you cost?"

# What breaks on the way where somebody counts characters instead of bytes, or escapes once too often.
UNICODE = [
    "日本語と中文，一起来 🌍🧑🏽‍🚀",
    "مرحبا بالعالم שלום עולם",
    "e\u0301 n\u0303 \u200d \u2028 \U0001f469\u200d\U0001f469\u200d\U0001f467",
    'quotes " and \\ and </script> and \u0000\u001f',
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ﷽ \u202eturned\u202c",
]

LARGE_BYTES = 4 * 1024 * 1024
