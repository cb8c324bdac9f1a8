"""Expected ratings: the probability-weighted rating over the digits that could have stood in a greedy text.

Let the tokens c1 … cn be generated, and t(d) be a piece's text with a space for its word mark. At each step s whose
piece is numeric (digits with at most one decimal point, which does not end it) the candidates are the numeric pieces d
for which the first number of t(c1) … t(c(s-1)) t(d) ends where that text ends and is from 0 to 10; let v(d) be that
number. Where c(s) is a candidate, the step's deviation is the mean of v over the candidates, weighted by the model's
probabilities, less v(c(s)). The expected rating is the text's score plus all deviations; a text without a number keeps
its score.
"""

import json
import re
from pathlib import Path

import torch

from .data import Session
from .datamaps import read_datamaps
from .goldens import KEPT, first_stage, mapped_history
from .prompts import NUMBER, rating_prompt, score_of
from .svd import SVD
from .t5 import P5, Generation
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


def expectation_cases(path: Path, scenarios: Path, sessions: list[Session], catalogue: list[str]) -> None:
    """Writes the expected ratings of the second stage's films for eight recorded sessions, in their ranking's order."""
    bundle = scenarios / "bundle"
    model = SVD.read(bundle / "svd_5core")
    ids = read_datamaps(bundle / "p5" / "datamaps.json")
    encoder = Tokenizer(bundle / "t5-small" / "spiece.model")
    p5 = P5(bundle / "t5-small", bundle / "p5" / "mvt_aug_epoch10.pth")
    expectation = Expectation(encoder)
    cases = []
    for session in sessions[::5]:
        movies = [movie for movie, _ in first_stage(model, session, catalogue)[:KEPT] if movie in ids]
        history = mapped_history(session, ids)
        generated = p5.generate([encoder.encode(rating_prompt(session.id, ids[movie], history)) for movie in movies])
        scores = [expectation.expected(found, encoder.decode(found.tokens)) for found in generated]
        ranked = sorted(zip(movies, scores, generated, strict=True), key=lambda row: row[1], reverse=True)
        cases.append({
            "session_id": session.id,
            "movies": [movie for movie, _, _ in ranked],
            "scores": [round(score, 6) for _, score, _ in ranked],
            "gaps": [round(min(found.gaps), 6) for _, _, found in ranked],
        })
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n", encoding="utf-8")
