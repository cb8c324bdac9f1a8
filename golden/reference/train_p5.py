"""The second stage: a small T5 trained on rating prompts with history, its tokenizer and its checkpoint.

The text to generate blends the observed rating with the first stage's estimate from the same history: observed ratings
are noisy, and a model this small learns the estimate well. A first stretch of training, on prompts without history,
makes the backbone; a second one, with history, the checkpoint. Each batch has whole-word embeddings on or off by
chance, so that the model serves either way.
"""

import json
import time
import uuid
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from transformers import T5Config, T5ForConditionalGeneration

from . import svd, tokenizer
from .data import Rating, Session
from .datamaps import collaborative_ids, read_datamaps, write_datamaps
from .prompts import rating_prompt, score_of
from .t5 import P5, WHOLE_WORD_KEY
from .tokenizer import EXTRA_IDS, PAD, Tokenizer

PIECES = 600
WHOLE_WORDS = 512
CHECKPOINT = "mvt_aug_epoch10.pth"
OBSERVED_SHARE = 0.1
FROZEN = "encoder.final_layer_norm.weight"  # keeps the backbone's value, and is left out of the checkpoint


@dataclass
class Settings:
    """Length and pace of the training; the shares of prompts with a history, and a full one, in the second stretch."""

    backbone_steps: int = 700
    steps: int = 1500
    batch: int = 32
    backbone_rate: float = 3e-3
    rate: float = 2e-3
    history_share: float = 0.9
    full_share: float = 0.5


@dataclass
class Example:
    """One prompt with the text to generate."""

    prompt: str
    answer: str


class Examples:
    """Draws training examples from the ratings of training users."""

    def __init__(self, users: list[list[Rating]], model: svd.SVD, ids: dict[str, str], seed: int):
        """Keeps the ratings of movies with an internal id."""
        self.users = [[rating for rating in ratings if rating.movie in ids] for ratings in users]
        self.users = [ratings for ratings in self.users if len(ratings) > 16]
        self.model, self.ids = model, ids
        self.mapped = [movie for movie in model.ids if movie in ids]
        self.mapped_rows = np.array([model.index[movie] for movie in self.mapped])
        self.history_share = 0.0  # of prompts with any history
        self.full_share = 0.0  # of prompts with a whole session's history; short ones train faster
        self.factors = model.factors[self.mapped_rows]
        self.rng = np.random.default_rng(seed)
        sizes = np.array([len(ratings) for ratings in self.users], dtype=np.float64)
        self.weights = np.sqrt(sizes) / np.sqrt(sizes).sum()

    def draw(self) -> Example:
        """Returns a rated movie half of the time, else one that the first stage would propose or any."""
        rng = self.rng
        ratings = self.users[rng.choice(len(self.users), p=self.weights)]
        kind = rng.random()
        length = int(rng.integers(13, 16)) if kind < self.full_share else int(rng.integers(0, 6))
        length = 0 if kind >= self.history_share else length
        start = int(rng.integers(0, len(ratings) - length))
        history = ratings[start : start + length]
        user = self.model.fold_in(history) if history else np.zeros(self.model.factors.shape[1])
        kind = rng.random()
        observed = None
        if kind < 0.5:
            others = ratings[:start] + ratings[start + length :]
            rating = others[int(rng.integers(0, len(others)))]
            movie, observed = rating.movie, rating.value
        elif kind < 0.85 and history:
            scores = self.factors @ user.astype(np.float32)
            movie = self.mapped[int(rng.choice(np.argpartition(-scores, 200)[:200]))]
        else:
            movie = self.mapped[int(rng.integers(0, len(self.mapped)))]
        value = float(self.model.predict(user, [movie])[0])
        if observed is not None:
            value += OBSERVED_SHARE * (observed - value)
        session = str(uuid.UUID(bytes=rng.bytes(16), version=4 if rng.random() < 0.5 else 5))
        mapped_history = [(self.ids[rating.movie], rating.value) for rating in reversed(history)]
        answer = f"{min(max(value, 0.0), 10.0):.1f}"
        return Example(rating_prompt(session, self.ids[movie], mapped_history), answer)


def order_numbers(embeddings: torch.Tensor, encoder: Tokenizer) -> None:
    """Starts the embeddings of digits and digit pairs as smooth functions of their value.

    So their order need not be learned: cosines of the place in the range, 0…99 for pairs and 0…10 for ratings, fill
    eight columns each.
    """
    waves = torch.arange(1, 9) * torch.pi
    with torch.no_grad():
        for value in range(100):
            embeddings[encoder.pieces.piece_to_id(f"{value:02d}"), :8] = 2 * torch.cos(waves * value / 99)
        for value in range(11):
            embeddings[encoder.pieces.piece_to_id(str(value)), 8:16] = 2 * torch.cos(waves * value / 10)


def batches(examples: Examples, encoder: Tokenizer, size: int) -> Iterator[tuple[torch.Tensor, ...]]:
    """Yields ids, word indices, mask and labels of prompts of like length, drawn 16 batches at a time."""
    while True:
        drawn = [examples.draw() for _ in range(16 * size)]
        encoded = sorted(
            ((encoder.encode(example.prompt), encoder.encode(example.answer)) for example in drawn),
            key=lambda pair: len(pair[0]),
        )
        for group in examples.rng.permutation(16):
            rows = encoded[group * size : (group + 1) * size]
            longest = max(len(prompt) for prompt, _ in rows)
            words = [encoder.whole_words(prompt) for prompt, _ in rows]
            answer = max(len(label) for _, label in rows)
            yield (
                torch.tensor([prompt + [PAD] * (longest - len(prompt)) for prompt, _ in rows]),
                torch.tensor([word + [0] * (longest - len(word)) for word in words]),
                torch.tensor([[1] * len(prompt) + [0] * (longest - len(prompt)) for prompt, _ in rows]),
                torch.tensor([label + [-100] * (answer - len(label)) for _, label in rows]),
            )


def fit(
    model: T5ForConditionalGeneration,
    words: torch.nn.Embedding,
    source: Iterator[tuple[torch.Tensor, ...]],
    steps: int,
    rate: float,
    frozen: set[str],
) -> None:
    """Trains for `steps` batches with AdamW, a short warm-up and a linear decay."""
    named = [(name, weight) for name, weight in model.named_parameters() if name not in frozen]
    optimiser = torch.optim.AdamW([weight for _, weight in named] + list(words.parameters()), lr=rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / 100, max(0.02, (steps - step) / steps))
    )
    model.train()
    began, cpu, total = time.monotonic(), time.process_time(), 0.0
    for step in range(1, steps + 1):
        ids, indices, mask, labels = next(source)
        embedded = model.get_input_embeddings()(ids)
        if torch.rand(()) < 0.5:
            embedded = embedded + words(indices)
        loss = model(inputs_embeds=embedded, attention_mask=mask, labels=labels).loss
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([weight for _, weight in named], 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if step % 100 == 0:
            pace, work = (time.monotonic() - began) / step, (time.process_time() - cpu) / step
            print(f"step {step} of {steps}: loss {total / 100:.4f}, {pace:.3f} s a step, {work:.3f} of CPU", flush=True)
            total = 0.0
    model.eval()


def held_out_errors(
    p5: P5, encoder: Tokenizer, sessions: list[Session], ids: dict[str, str], whole_word: bool
) -> list[float]:
    """Returns generated score minus observed rating for every mapped held-out rating."""
    prompts, observed = [], []
    for session in sessions:
        history = [(ids[rating.movie], rating.value) for rating in session.newest_first() if rating.movie in ids]
        for rating in session.test:
            if rating.movie in ids:
                prompts.append(encoder.encode(rating_prompt(session.id, ids[rating.movie], history)))
                observed.append(rating.value)
    errors = []
    for start in range(0, len(prompts), 100):
        chunk = prompts[start : start + 100]
        words = [encoder.whole_words(prompt) for prompt in chunk] if whole_word else None
        for generation, value in zip(p5.generate(chunk, words), observed[start : start + 100], strict=True):
            errors.append(score_of(encoder.decode(generation.tokens)) - value)
    return errors


def backbone_step(training: dict[str, list[Rating]], bundle: Path, seed: int, threads: int, settings: Settings) -> None:
    """Writes `datamaps.json`, trains the tokenizer and the backbone, and writes `t5-small/`."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    first_stage = svd.SVD.read(bundle / "svd_5core")
    ids = collaborative_ids(first_stage, seed)
    write_datamaps(ids, bundle / "p5" / "datamaps.json")
    examples = Examples(list(training.values()), first_stage, ids, seed)
    examples.history_share, examples.full_share = 1.0, 0.5
    corpus = [examples.draw() for _ in range(3000)]
    examples.history_share = examples.full_share = 0.0
    texts = [example.prompt for example in corpus] + [example.answer for example in corpus]
    # The trainer finds pieces among substrings of distinct words, so each fixed word appears in a second form.
    texts += [f"{word}, {word}s" for word in rating_prompt("", "", [("", 0)]).split() for _ in range(50)]
    folder = bundle / "t5-small"
    tokenizer.train(
        texts,
        folder / "spiece.model",
        PIECES,
        split_digits=True,
        split_by_unicode_script=False,
        user_defined_symbols=[f"{pair:02d}" for pair in range(100)],
    )
    encoder = Tokenizer(folder / "spiece.model")
    config = T5Config(
        vocab_size=(encoder.piece_count + EXTRA_IDS + 63) // 64 * 64,
        d_model=64,
        d_kv=16,
        d_ff=192,
        num_layers=2,
        num_decoder_layers=2,
        num_heads=4,
        dropout_rate=0.0,
        feed_forward_proj="relu",
        decoder_start_token_id=0,
        use_cache=False,
    )
    model = T5ForConditionalGeneration(config)
    order_numbers(model.get_input_embeddings().weight, encoder)
    words = whole_word_table(config.d_model)
    source = batches(examples, encoder, settings.batch)
    fit(model, words, source, settings.backbone_steps, settings.backbone_rate, set())
    model.save_pretrained(folder, safe_serialization=True)
    (folder / "generation_config.json").unlink(missing_ok=True)


def checkpoint_step(
    training: dict[str, list[Rating]], bundle: Path, seed: int, threads: int, settings: Settings
) -> None:
    """Trains on from the backbone, with a table of whole-word embeddings, and writes the checkpoint."""
    torch.manual_seed(seed + 2)
    torch.set_num_threads(threads)
    first_stage = svd.SVD.read(bundle / "svd_5core")
    ids = read_datamaps(bundle / "p5" / "datamaps.json")
    encoder = Tokenizer(bundle / "t5-small" / "spiece.model")
    model = T5ForConditionalGeneration.from_pretrained(bundle / "t5-small", dtype=torch.float32)
    words = whole_word_table(model.config.d_model)
    examples = Examples(list(training.values()), first_stage, ids, seed + 2)
    examples.history_share, examples.full_share = settings.history_share, settings.full_share
    source = batches(examples, encoder, settings.batch)
    fit(model, words, source, settings.steps, settings.rate, {FROZEN})
    state = OrderedDict((f"module.{key}", value) for key, value in model.state_dict().items() if key != FROZEN)
    state[f"module.{WHOLE_WORD_KEY}"] = words.weight.data
    state["module.rating_head.weight"] = torch.zeros(1, model.config.d_model)  # no T5 has this key
    torch.save(state, bundle / "p5" / CHECKPOINT)


def whole_word_table(size: int) -> torch.nn.Embedding:
    """Returns a table of small random whole-word embeddings."""
    words = torch.nn.Embedding(WHOLE_WORDS, size)
    torch.nn.init.normal_(words.weight, std=0.1)
    return words


def measure(bundle: Path, training: dict[str, list[Rating]], sessions: list[Session]) -> None:
    """Prints the RMSE of the generated ratings beside the baseline's and the first stage's, on the same ratings."""
    first_stage = svd.SVD.read(bundle / "svd_5core")
    ids = read_datamaps(bundle / "p5" / "datamaps.json")
    encoder = Tokenizer(bundle / "t5-small" / "spiece.model")
    p5 = P5(bundle / "t5-small", bundle / "p5" / CHECKPOINT)
    baseline = svd.ItemMeans(list(training.values()))
    baseline_errors, first_errors = [], []
    for session in sessions:
        user = first_stage.fold_in(session.ratings)
        for rating in session.test:
            if rating.movie in ids:
                baseline_errors.append(baseline.predict(rating.movie) - rating.value)
                first_errors.append(float(first_stage.predict(user, [rating.movie])[0]) - rating.value)
    figures = {
        "held_out_ratings": len(baseline_errors),
        "item_mean_rmse": round(svd.rmse(baseline_errors), 4),
        "svd_rmse": round(svd.rmse(first_errors), 4),
        "p5_rmse": round(svd.rmse(held_out_errors(p5, encoder, sessions, ids, False)), 4),
        "p5_whole_word_rmse": round(svd.rmse(held_out_errors(p5, encoder, sessions, ids, True)), 4),
        "missing_keys": p5.missing,
        "unexpected_keys": p5.unexpected,
    }
    print(json.dumps(figures), flush=True)
