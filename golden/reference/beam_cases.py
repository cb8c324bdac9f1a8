"""Beam-search cases: what Hugging Face's `generate` answers with several beams, tiny models and the demo bundle."""

from pathlib import Path

from .compact import write_list
from .data import Session
from .datamaps import read_datamaps
from .goldens import KEPT, first_stage, mapped_history
from .prompts import rating_prompt
from .svd import SVD
from .t5 import P5
from .tokenizer import Tokenizer

SETTINGS = [(2, 6), (3, 16), (4, 6), (4, 16), (8, 16)]


def tiny_beam_cases(folder: Path, p5: P5, prompts: list[list[int]], words: list[list[int]] | None) -> None:
    """Writes the best text of each prompt for several numbers of beams and limits, each prompt alone in its batch."""
    cases = []
    for beams, limit in SETTINGS:
        found = [p5.beam_search([ids], None if words is None else [words[row]], beams, limit)[0]
                 for row, ids in enumerate(prompts)]
        cases.append({
            "beams": beams,
            "limit": limit,
            "tokens": [tokens for tokens, _, _ in found],
            "scores": [round(score, 6) for _, score, _ in found],
            "margins": [round(margin, 6) for _, _, margin in found],
        })
    write_list(folder / ("beams.json" if words is None else "beams-whole-word.json"), cases)


def demo_beam_cases(path: Path, scenarios: Path, sessions: list[Session], catalogue: list[str]) -> None:
    """Writes the texts of some movies of ten recorded sessions with the demo bundle, all of a session in one batch."""
    bundle = scenarios / "bundle"
    model = SVD.read(bundle / "svd_5core")
    ids = read_datamaps(bundle / "p5" / "datamaps.json")
    encoder = Tokenizer(bundle / "t5-small" / "spiece.model")
    p5 = P5(bundle / "t5-small", bundle / "p5" / "mvt_aug_epoch10.pth")
    cases = []
    for session in sessions[::4]:
        ranked = first_stage(model, session, catalogue)[:KEPT]
        movies = [movie for movie, _ in ranked[::9] if movie in ids]
        history = mapped_history(session, ids)
        prompts = [encoder.encode(rating_prompt(session.id, ids[movie], history)) for movie in movies]
        for beams, limit in ((4, 6), (4, 16)):
            found = p5.beam_search(prompts, None, beams, limit)
            cases.append({
                "session_id": session.id,
                "beams": beams,
                "limit": limit,
                "movies": movies,
                "texts": [encoder.decode(tokens) for tokens, _, _ in found],
                "margins": [round(margin, 6) for _, _, margin in found],
            })
    write_list(path, cases)
