"""SentencePiece as the service uses it: ids are piece ids, `</s>` is appended, special tokens are skipped."""

import io
from pathlib import Path

import sentencepiece

PAD, EOS, UNK = 0, 1, 2
EXTRA_IDS = 100
WORD_START = "\u2581"


def train(sentences: list[str], destination: Path, vocab_size: int, **options: object) -> None:
    """Trains a unigram model with T5's special ids on `sentences` and writes it to `destination`."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        model_type="unigram",
        vocab_size=vocab_size,
        pad_id=PAD,
        eos_id=EOS,
        unk_id=UNK,
        bos_id=-1,
        num_threads=1,
        shuffle_input_sentence=False,
        minloglevel=2,
        **options,
    )
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.write_bytes(model.getvalue())


class Tokenizer:
    """A `spiece.model` with the service's rules for truncation, whole words and special tokens."""

    def __init__(self, path: Path):
        """Opens a `spiece.model`."""
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(path))
        self.piece_count = self.pieces.get_piece_size()
        self.starts_word = [self.pieces.id_to_piece(piece).startswith(WORD_START) for piece in range(self.piece_count)]

    def encode(self, text: str, max_length: int = 256) -> list[int]:
        """Returns the piece ids of `text`, cut to `max_length - 1`, with `</s>` at the end."""
        return self.pieces.encode(text, out_type=int)[: max_length - 1] + [EOS]

    def whole_words(self, ids: list[int]) -> list[int]:
        """Returns each token's word index: pieces that begin a word count 1, 2, …; `</s>` gets 0."""
        indices, word = [], 0
        for piece in ids:
            if piece == EOS:
                indices.append(0)
                continue
            word += self.starts_word[piece]
            indices.append(word)
        return indices

    def decode(self, ids: list[int]) -> str:
        """Returns the text of `ids` without pad, `</s>`, unknown and extra ids."""
        return self.pieces.decode([piece for piece in ids if UNK < piece < self.piece_count])
