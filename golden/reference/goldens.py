"""The golden rankings: what the service answers for every recorded session, computed with NumPy and Hugging Face."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
import torch

from .compact import write_lines
from .data import Session
from .datamaps import read_datamaps
from .expectation import Expectation
from .fingerprints import bundle_files, sha256, versions
from .prompts import prompt_history, rating_prompt, score_of
from .soft_prompt import Settings, SoftPrompt, rating_examples, shuffled
from .svd import SVD
from .t5 import P5, Generation
from .ties import MAKER, annotated, without
from .tokenizer import Tokenizer

KEPT = 100
TOP = 10
SMALL_GAP = 1e-3
TIE = 1e-4
DIGITS = 5  # of P5's scores behind the point

Scorer = Callable[[Generation, str], float]


@dataclass(frozen=True)
class Setting:
    """What a golden's service differs in from the deployed one; the header of a golden says so."""

    whole_word: bool = False
    svd_ranking: str = "factors"
    scoring: str = "text"

    def members(self) -> dict[str, object]:
        """Returns the header's members for what only some goldens have."""
        deployed = asdict(Setting())
        return {
            name: value for name, value in asdict(self).items() if name != "whole_word" and value != deployed[name]
        }


# The files of each step, with the setting of each.
GOLDENS = {
    "goldens": {"demo.jsonl": Setting(), "demo-whole-word.jsonl": Setting(whole_word=True)},
    "biased": {"demo-biased.jsonl": Setting(svd_ranking="biased")},
    "expected": {"demo-expected.jsonl": Setting(scoring="expected")},
}

# The files whose first stage is that of `demo.jsonl`.
SAME_FIRST_STAGE = {"demo-whole-word.jsonl", "demo-expected.jsonl", "demo-soft-prompt.jsonl"}


@dataclass
class Answer:
    """P5's answer for one movie."""

    movie: str
    score: float
    text: str
    gap: float


def display_list(first: str, svd: list[str], p5: list[str]) -> list[list[object]]:
    """Alternates two top tens, starting with `first`; a movie already listed gives way to the same model's next."""
    queues = {"svd": list(svd), "p5": list(p5)}
    other = {"svd": "p5", "p5": "svd"}
    turn, seen, listed = first, set(), []
    while len(listed) < TOP and any(queues.values()):
        while queues[turn] and queues[turn][0] in seen:
            queues[turn].pop(0)
        if queues[turn]:
            movie = queues[turn].pop(0)
            seen.add(movie)
            listed.append([turn, movie, len(listed) + 1])
        turn = other[turn]
    return listed


def first_stage(
    model: SVD, session: Session, catalogue: list[str], biased: bool = False
) -> list[tuple[str, np.float32]]:
    """Ranks all candidates by score, descending and stable: the catalogue without the session's phase 1."""
    user = model.fold_in(session.ratings)
    if user is None:
        return []
    shown = set(session.phase1_movies)
    scored = model.scores(user, [movie for movie in catalogue if movie not in shown], biased)
    return sorted(scored, key=lambda pair: pair[1], reverse=True)


def part_ties(model: SVD, sessions: list[Session], catalogue: list[str]) -> int:
    """Shows one more movie in phase 1 wherever the cut after the top 100 falls between tied movies; returns how often.

    Movies rated once, by the same user, have equal factors, so exact ties exist. Where places 100 and 101 tie, the
    second stage's candidates would hang on the last bit. The movie shown is in the lower half; the user never rated it.
    """
    added = 0
    for session in sessions:
        rated = {rating.movie for rating in session.ratings + session.test}
        while True:
            ranked = first_stage(model, session, catalogue)
            if not near_ties([float(score) for _, score in ranked[KEPT - 1 : KEPT + 1]]):
                break
            session.phase1_movies.append(next(movie for movie, _ in ranked[KEPT // 2 :] if movie not in rated))
            added += 1
    return added


def newest_ratings(session: Session) -> list[tuple[str, float]]:
    """Returns movies and ratings, newest first."""
    return [(rating.movie, rating.value) for rating in session.newest_first()]


def mapped_history(session: Session, ids: dict[str, str]) -> list[tuple[str, float]]:
    """Returns the internal ids and ratings of the newest ratings, as prompts name them."""
    return prompt_history(newest_ratings(session), ids)


def text_rating(generation: Generation, text: str) -> float:
    """Returns the rating of a movie as the deployed service reads it: the number in the generated text."""
    return score_of(text)


def second_stage(
    p5: P5 | SoftPrompt,
    encoder: Tokenizer,
    ids: dict[str, str],
    session: Session,
    movies: list[str],
    whole_word: bool,
    scorer: Scorer = text_rating,
) -> list[Answer]:
    """Asks P5 for each movie with an internal id, all in one padded batch; in the order of `movies`."""
    history = mapped_history(session, ids)
    mapped = [movie for movie in movies if movie in ids]
    texts = [rating_prompt(session.id, ids[movie], history) for movie in mapped]
    doubtful = next((text for text in texts if not encoder.is_certain(text)), None)
    assert doubtful is None, f"two segmentations of one prompt tie: {doubtful}"
    prompts = [encoder.encode(text) for text in texts]
    words = [encoder.whole_words(prompt) for prompt in prompts] if whole_word else None
    answers = []
    for movie, generation in zip(mapped, p5.generate(prompts, words), strict=True):
        text = encoder.decode(generation.tokens)
        answers.append(Answer(movie, scorer(generation, text), text, min(generation.gaps)))
    return answers


def check_alone(
    p5: P5,
    encoder: Tokenizer,
    ids: dict[str, str],
    session: Session,
    answers: list[Answer],
    whole_word: bool,
    scorer: Scorer,
) -> None:
    """Repeats some answers without padding or batch: they must agree, but where the gap is too small to bind."""
    for answer in answers[::33]:
        alone = second_stage(p5, encoder, ids, session, [answer.movie], whole_word, scorer)[0]
        agrees = alone.text == answer.text and abs(alone.score - answer.score) < TIE / 10
        assert agrees or answer.gap < SMALL_GAP, (session.id, answer, alone)


def golden_line(session: Session, ranked: list[tuple[str, np.float32]], answers: list[Answer]) -> dict[str, object]:
    """Returns one session's line of the golden file."""
    best = ranked[:KEPT]
    reranked = sorted(answers, key=lambda answer: answer.score, reverse=True)
    svd_top = [movie for movie, _ in best[:TOP]]
    p5_top = [answer.movie for answer in reranked[:TOP]]
    following = ranked[KEPT] if len(ranked) > KEPT else None
    return {
        "session_id": session.id,
        "svd": [{"movie_id": movie, "score": float(f"{score:.9g}")} for movie, score in best],
        "svd_next": None if following is None else {"movie_id": following[0], "score": float(f"{following[1]:.9g}")},
        "p5": [
            {
                "movie_id": answer.movie,
                "score": round(answer.score, DIGITS),
                "text": answer.text,
                "gap": float(f"{answer.gap:.4g}"),
            }
            for answer in reranked
        ],
        "svd_top10": svd_top,
        "p5_top10": p5_top,
        "display": {first: display_list(first, svd_top, p5_top) for first in ("svd", "p5")},
    }


def near_ties(scores: list[float]) -> int:
    """Counts neighbours that differ by less than 1e-4 relative."""
    pairs = zip(scores, scores[1:], strict=False)
    return sum(abs(one - two) <= TIE * max(abs(one), abs(two)) for one, two in pairs)


def statistics(lines: list[dict], setting: Setting) -> dict[str, object]:
    """Returns figures on the spread of the ratings, the small gaps and the near ties."""
    distinct = [len({row["score"] for row in line["p5"]}) for line in lines]
    gaps = [row["gap"] for line in lines for row in line["p5"]]
    scores = [[row["score"] for row in line["svd"]] for line in lines]
    boundary = [line["svd_next"]["score"] for line in lines]
    return {
        **asdict(setting),
        "texts": len(gaps),
        "distinct_scores_min_median_max": [min(distinct), int(np.median(distinct)), max(distinct)],
        "sessions_with_8_distinct": sum(count >= 8 for count in distinct),
        "unparsed": sum(row["score"] == -1 for line in lines for row in line["p5"]),
        "texts_with_gap_below_1e-3": sum(gap < SMALL_GAP for gap in gaps),
        "texts_with_gap_below_1e-4": sum(gap < SMALL_GAP / 10 for gap in gaps),
        "smallest_gap": min(gaps),
        "svd_neighbours_in_near_tie": sum(near_ties(values) for values in scores),
        "near_ties_at_100": sum(
            near_ties([values[-1], following]) for values, following in zip(scores, boundary, strict=True)
        ),
        "p5_rows_a_session_min": min(len(line["p5"]) for line in lines),
    }


def header(scenarios: Path, seed: int, setting: Setting) -> dict[str, object]:
    """Returns the first line of a golden file: what made it, and from which files."""
    return {
        "schemaVersion": 2,
        "kind": "golden-rankings",
        "made_by": MAKER,
        "whole_word": setting.whole_word,
        "seed": seed,
        "state": "full",
        "versions": versions(),
        "files": bundle_files(scenarios / "bundle"),
        "catalogue_sha256": sha256(scenarios / "catalogue.jsonl"),
        "sessions_sha256": sha256(scenarios / "sessions" / "demo.jsonl"),
        **setting.members(),
    }


def write_golden(path: Path, lines: list[dict[str, object]]) -> None:
    """Writes a golden file, the header first, and to each ranking its margins and tie classes.

    A first stage that is `demo.jsonl`'s has its margins there and nowhere else.
    """
    first, *sessions = lines
    lines = [first, *(annotated(session, first.get("scoring", "text")) for session in sessions)]
    if path.name in SAME_FIRST_STAGE:
        lines = [first, *(without("margin", line, "svd") for line in lines[1:])]
    write_lines(path, lines)


def golden_step(
    files: dict[str, Setting],
    catalogue: list[str],
    sessions: list[Session],
    scenarios: Path,
    golden: Path,
    seed: int,
    threads: int,
) -> None:
    """Writes one golden file for each setting and prints its statistics."""
    torch.set_num_threads(threads)
    bundle = scenarios / "bundle"
    model = SVD.read(bundle / "svd_5core")
    ids = read_datamaps(bundle / "p5" / "datamaps.json")
    encoder = Tokenizer(bundle / "t5-small" / "spiece.model")
    p5 = P5(bundle / "t5-small", bundle / "p5" / "mvt_aug_epoch10.pth")
    for name, setting in files.items():
        scorer = Expectation(encoder).expected if setting.scoring == "expected" else text_rating
        lines = []
        for index, session in enumerate(sessions):
            ranked = first_stage(model, session, catalogue, setting.svd_ranking == "biased")
            movies = [movie for movie, _ in ranked[:KEPT]]
            answers = second_stage(p5, encoder, ids, session, movies, setting.whole_word, scorer)
            if index % 8 == 0:
                check_alone(p5, encoder, ids, session, answers, setting.whole_word, scorer)
            lines.append(golden_line(session, ranked, answers))
        write_golden(golden / name, [header(scenarios, seed, setting), *lines])
        print(json.dumps(statistics(lines, setting)), flush=True)


def soft_prompt_step(
    catalogue: list[str], sessions: list[Session], scenarios: Path, golden: Path, seed: int, threads: int
) -> None:
    """Writes `demo-soft-prompt.jsonl`: the second stage behind virtual tokens trained on each session's ratings."""
    torch.set_num_threads(threads)
    bundle = scenarios / "bundle"
    model = SVD.read(bundle / "svd_5core")
    ids = read_datamaps(bundle / "p5" / "datamaps.json")
    encoder = Tokenizer(bundle / "t5-small" / "spiece.model")
    settings = Settings(seed=seed)
    lines = []
    for session in sessions:
        ranked = first_stage(model, session, catalogue)
        p5 = P5(bundle / "t5-small", bundle / "p5" / "mvt_aug_epoch10.pth")
        soft = SoftPrompt(p5, bundle / "t5-small", settings)
        examples = rating_examples(encoder, session.id, newest_ratings(session), ids, settings)
        order = shuffled(len(examples), settings.seed)
        training = soft.train([examples[place] for place in order])
        answers = second_stage(soft, encoder, ids, session, [movie for movie, _ in ranked[:KEPT]], False)
        internal = {name: movie for movie, name in ids.items()}
        recorded = {
            "order": [internal[examples[place].movie] for place in order],
            "losses": [float(f"{loss:.7g}") for loss in training.losses],
        }
        lines.append(golden_line(session, ranked, answers) | {"soft_prompt": recorded})
    first = header(scenarios, seed, Setting()) | {"mode": "soft_prompt", "soft_prompt": asdict(settings)}
    first["versions"] = versions() | {"peft": metadata.version("peft")}
    write_golden(golden / "demo-soft-prompt.jsonl", [first, *lines])
    print(json.dumps(statistics(lines, Setting())), flush=True)
