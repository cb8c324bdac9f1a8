"""Expected ratings: the probability-weighted rating over the digits that could have stood in a greedy text.

Let the tokens c1 … cn be generated, and t(d) be a piece's text with a space for its word mark. At each step s whose
piece is numeric (digits with at most one decimal point, which does not end it) the candidates are the numeric pieces d
for which the first number of t(c1) … t(c(s-1)) t(d) ends where that text ends and is from 0 to 10; let v(d) be that
number. Where c(s) is a candidate, the step's deviation is the mean of v over the candidates, weighted by the model's
probabilities, less v(c(s)). The expected rating is the text's score plus all deviations; a text without a number keeps
its score.
"""

import re

import torch

from .prompts import NUMBER, score_of
from .t5 import Generation
from .tokenizer import UNK, WORD_START, Tokenizer

NUMERIC = re.compile(r" *[0-9]*\.?[0-9]+", re.ASCII)


class Expectation:
    """Expected ratings with one vocabulary."""

    def __init__(self, encoder: Tokenizer):
        """Looks up the numeric pieces."""
        self.texts = [
            encoder.pieces.id_to_piece(piece).replace(WORD_START, " ") if piece > UNK else ""
            for piece in range(encoder.piece_count)
        ]
        self.numeric = [piece for piece, text in enumerate(self.texts) if NUMERIC.fullmatch(text)]

    def values(self, prefix: str) -> dict[int, float]:
        """Returns the candidates behind a text with their values."""
        values = {}
        for piece in self.numeric:
            text = prefix + self.texts[piece]
            match = NUMBER.search(text)
            if match and match.end() == len(text) and 0 <= float(match.group()) <= 10:
                values[piece] = float(match.group())
        return values

    def expected(self, generation: Generation, text: str) -> float:
        """Returns the expected rating behind a generated text."""
        expected = score_of(text)
        if expected == -1:
            return expected
        prefix = ""
        for token, logits in zip(generation.tokens, generation.logits, strict=True):
            values = self.values(prefix) if token in self.numeric else {}
            if token in values:
                weights = torch.softmax(logits.double()[list(values)], dim=0)
                mean = float(weights @ torch.tensor(list(values.values()), dtype=torch.float64))
                expected += mean - values[token]
            prefix += self.texts[token] if token < len(self.texts) else ""
        return expected
