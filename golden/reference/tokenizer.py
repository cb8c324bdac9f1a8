"""SentencePiece as the service uses it: ids are piece ids, `</s>` is appended, special tokens are skipped."""

import io
import random
import re
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

PAD, EOS, UNK = 0, 1, 2
EXTRA_IDS = 100
WORD_START = "\u2581"
SPECIAL = {"<pad>": PAD, "</s>": EOS, "<unk>": UNK}


T5_IDS = {"pad_id": PAD, "eos_id": EOS, "unk_id": UNK, "bos_id": -1}


def train(
    sentences: list[str], destination: Path, vocab_size: int, ids: dict[str, int] = T5_IDS, **options: object
) -> None:
    """Trains a unigram model with T5's special ids, or others, on `sentences` and writes it to `destination`."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        model_type="unigram",
        vocab_size=vocab_size,
        **ids,
        num_threads=1,
        shuffle_input_sentence=False,
        minloglevel=2,
        **options,
    )
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.write_bytes(with_distinct_scores(model.getvalue()))


def with_distinct_scores(model: bytes) -> bytes:
    """Returns a model whose user-defined pieces are ordinary ones, each with a score of its own.

    SentencePiece scores all user-defined pieces of one length alike, so that "595" as 5-95 and as 59-5 is an exact
    tie, which version 0.1.97 breaks differently from 0.2. Distinct scores leave nothing to break.
    """
    proto = sentencepiece_model_pb2.ModelProto.FromString(model)
    generator = random.Random(proto.trainer_spec.vocab_size)
    for piece in proto.pieces:
        if piece.type == piece.USER_DEFINED:
            piece.type = piece.NORMAL
            piece.score = -2.4 - 0.9 * generator.random()
    del proto.trainer_spec.user_defined_symbols[:]
    return proto.SerializeToString(deterministic=True)


class Tokenizer:
    """A `spiece.model` with the service's rules for truncation, whole words and special tokens."""

    def __init__(self, path: Path):
        """Opens a `spiece.model`."""
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(path))
        self.piece_count = self.pieces.get_piece_size()
        self.starts_word = [self.pieces.id_to_piece(piece).startswith(WORD_START) for piece in range(self.piece_count)]

    def encode(self, text: str, max_length: int = 256) -> list[int]:
        """Returns the ids of `text`, split at special tokens, cut to `max_length - 1`, with `</s>` at the end."""
        special = SPECIAL | {f"<extra_id_{n}>": self.piece_count + EXTRA_IDS - 1 - n for n in range(EXTRA_IDS)}
        ids: list[int] = []
        for part in re.split(r"(<pad>|</s>|<unk>|<extra_id_(?:0|[1-9]\d?)>)", text):
            ids += [special[part]] if part in special else self.pieces.encode(part, out_type=int)
        return ids[: max_length - 1] + [EOS]

    def is_certain(self, text: str) -> bool:
        """Says whether the best segmentation of `text` is better than any other by more than rounding."""
        segmentations = self.pieces.nbest_encode(text, nbest_size=2, out_type=int)
        best, second = (sum(map(self.pieces.get_score, ids)) for ids in segmentations)
        return best - second > 1e-3

    def whole_words(self, ids: list[int]) -> list[int]:
        """Returns each token's word index: pieces that begin a word count 1, 2, …; `</s>` gets 0."""
        indices, word = [], 0
        for piece in ids:
            if piece == EOS:
                indices.append(0)
                continue
            word += piece < self.piece_count and self.starts_word[piece]
            indices.append(word)
        return indices

    def decode(self, ids: list[int]) -> str:
        """Returns the text of `ids` without pad, `</s>`, unknown and extra ids."""
        return self.pieces.decode([piece for piece in ids if UNK < piece < self.piece_count])
