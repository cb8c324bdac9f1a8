"""Expected-rating cases: the expected ratings of some recorded sessions with the demo bundle."""

from pathlib import Path

from .compact import write_list
from .data import Session
from .datamaps import read_datamaps
from .expectation import Expectation
from .goldens import KEPT, first_stage, mapped_history
from .prompts import rating_prompt
from .svd import SVD
from .t5 import P5
from .tokenizer import Tokenizer


def expectation_cases(path: Path, scenarios: Path, sessions: list[Session], catalogue: list[str]) -> None:
    """Writes the expected ratings of the second stage's movies for eight recorded sessions, in the ranking's order."""
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
    write_list(path, cases)
