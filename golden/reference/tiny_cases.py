"""Writes the tiny, seeded cases against which the engine's readers and layers are tested (`Tests/Fixtures`)."""

import argparse
import json
import os
import shutil
import uuid
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import T5Config, T5ForConditionalGeneration

from .beam_cases import tiny_beam_cases
from .compact import write_members
from .container_cases import container_cases
from .prompts import rating_prompt, score_of
from .shape_cases import shape_cases
from .soft_prompt_cases import soft_prompt_cases
from .t5 import P5, WHOLE_WORD_KEY
from .tokenizer import EOS, EXTRA_IDS, Tokenizer, train

PIECES = 260


def npy_cases(folder: Path, rng: np.random.Generator) -> None:
    """Writes `.npy` files of every version, order and type, and two that a reader must refuse."""
    folder.mkdir(parents=True, exist_ok=True)
    matrix = rng.standard_normal((5, 3))
    cases = {
        "v1-c-f4.npy": ((1, 0), matrix.astype("<f4")),
        "v1-c-f8.npy": ((1, 0), matrix.astype("<f8")),
        "v1-fortran-f4.npy": ((1, 0), np.asfortranarray(matrix.astype("<f4"))),
        "v1-fortran-f8.npy": ((1, 0), np.asfortranarray(matrix.astype("<f8"))),
        "v2-c-f4.npy": ((2, 0), matrix.astype("<f4")),
        "v2-fortran-f8.npy": ((2, 0), np.asfortranarray(matrix.astype("<f8"))),
        "v3-c-f4.npy": ((3, 0), matrix.astype("<f4")),
        "v3-c-f8.npy": ((3, 0), matrix.astype("<f8")),
        "v1-vector-f4.npy": ((1, 0), matrix[:, 0].astype("<f4").copy()),
        "v1-no-rows-f4.npy": ((1, 0), np.zeros((0, 3), "<f4")),
        "v1-c-big-endian-f4.npy": ((1, 0), matrix.astype(">f4")),
        "refused-object.npy": ((1, 0), np.array([{"a": 1}, None], dtype=object)),
        "refused-int8-scalar.npy": ((1, 0), np.array(7, dtype="<i8")),
    }
    expected: dict[str, object] = {}
    for name, (version, array) in cases.items():
        with (folder / name).open("wb") as file:
            np.lib.format.write_array(file, array, version=version, allow_pickle=True)
        if name.startswith("refused"):
            expected[name] = {"refused": True, "dtype": array.dtype.str}
            continue
        expected[name] = {
            "version": version[0],
            "shape": list(array.shape),
            "dtype": array.dtype.str,
            "fortran_order": bool(array.flags.f_contiguous and not array.flags.c_contiguous),
            "values": array.astype("<f8").flatten(order="C").tolist(),
        }
    write_members(folder / "expected.json", expected)


def described(tensors: dict[str, torch.Tensor]) -> dict[str, object]:
    """Returns shape, type and values (row-major) of each tensor."""
    return {
        name: {
            "shape": list(tensor.shape),
            "dtype": str(tensor.dtype).removeprefix("torch."),
            "values": tensor.detach().to(torch.float64).flatten().tolist(),
        }
        for name, tensor in tensors.items()
    }


def safetensors_cases(folder: Path) -> None:
    """Writes one safetensors file with each float type."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        "alpha.weight": torch.randn(4, 3),
        "beta.weight": torch.randn(3, 5).half(),
        "gamma.weight": torch.randn(7).bfloat16(),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 4),
    }
    save_file(tensors, folder / "tensors.safetensors", metadata={"format": "pt"})
    write_members(folder / "expected.json", described(tensors))


class ForeignGlobal:
    """Pickles as a call of `os.system`: what a checkpoint must never be able to do."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Names the call."""
        return os.system, ("echo executed-by-a-checkpoint",)


def torch_cases(folder: Path) -> None:
    """Writes checkpoints in torch's zip and older stream container, and some that must be refused."""
    folder.mkdir(parents=True, exist_ok=True)
    base = torch.randn(6, 4)
    shared = torch.arange(24, dtype=torch.float32) / 8
    tensors = OrderedDict(
        [
            ("module.plain.weight", base),
            ("module.transposed.weight", torch.randn(3, 5).t()),
            ("module.every_second_column", torch.randn(4, 6)[:, ::2]),
            ("module.head_of_shared", shared[:8].view(2, 4)),
            ("module.tail_of_shared", shared[8:].view(4, 4)),
            ("module.half.weight", torch.randn(3, 4).half()),
            ("module.bfloat.weight", torch.randn(2, 5).bfloat16()),
            ("module.tied_to_plain", base),
            ("module.scalar", torch.tensor(-1.25)),
        ]
    )
    layer = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2))
    parameter = torch.nn.Parameter(torch.randn(2, 3))
    cases: dict[str, tuple[object, dict[str, torch.Tensor], bool]] = {
        "zip-ordered-dict.pth": (tensors, tensors, True),
        "zip-plain-dict.pth": (dict(tensors), tensors, True),
        "zip-module-state-dict.pth": (layer.state_dict(), layer.state_dict(), True),
        "zip-parameter.pth": ({"weight": parameter}, {"weight": parameter.data}, True),
        "stream-ordered-dict.pth": (tensors, tensors, False),
    }
    expected: dict[str, object] = {}
    for name, (value, described_as, zipped) in cases.items():
        torch.save(value, folder / name, _use_new_zipfile_serialization=zipped)
        expected[name] = described(described_as)
    refused = {
        "refused-foreign-global.pth": ({"module.a": torch.ones(2), "b": ForeignGlobal()}, True, "posix.system"),
        "refused-foreign-global-stream.pth": ({"b": ForeignGlobal()}, False, "posix.system"),
    }
    for name, (value, zipped, global_name) in refused.items():
        torch.save(value, folder / name, _use_new_zipfile_serialization=zipped)
        expected[name] = {"refused": True, "global": global_name}
    write_members(folder / "expected.json", expected)


def example_prompts(rng: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """Returns prompts with made-up ids and histories of growing length, each with its session's id."""
    prompts = []
    for index in range(count):
        session = str(uuid.UUID(bytes=rng.bytes(16), version=4))
        history = [(str(rng.integers(1000, 10000)), float(rng.integers(0, 21)) / 2) for _ in range(index % 5)]
        prompts.append((session, rating_prompt(session, str(rng.integers(1000, 10000)), history)))
    return prompts


def sentencepiece_cases(folder: Path, rng: np.random.Generator) -> Tokenizer:
    """Writes a small `spiece.model` with texts and their ids, ids and their text."""
    corpus = [prompt for _, prompt in example_prompts(rng, 1500)]
    corpus += [f"{value / 10}" for value in range(101)]
    train(corpus, folder / "spiece.model", PIECES, hard_vocab_limit=False)
    tokenizer = Tokenizer(folder / "spiece.model")
    texts = [
        "",
        " ",
        "Which star rating will",
        "  two  spaces \t and a tab\nand a line ",
        "7.4",
        "movie_318:9, movie_50:10",
        "Amélie and Élève",
        "cafe\u0301 decomposed",
        "ﬁne ligature, ½ and ①",
        "emoji 🎬🍿 and 東京物語",
        "▁ a word mark of its own",
        "</s> <pad> <extra_id_0>",
        "zero\u200bwidth",
        *[prompt for _, prompt in example_prompts(rng, 5)],
    ]
    long = example_prompts(rng, 5)[4][1]
    encoded = []
    for text, limit in [(text, 256) for text in texts] + [(long, 16), (long, 2), (long, 1)]:
        ids = tokenizer.encode(text, limit)
        encoded.append({"text": text, "max_length": limit, "ids": ids, "whole_words": tokenizer.whole_words(ids)})
    pieces = tokenizer.encode("7.4 movie_12")[:-1]
    sequences = [
        [],
        [0, 1],
        pieces,
        [0, *pieces, 1],
        [*pieces, 2, *pieces],
        [tokenizer.piece_count + 5, *pieces, tokenizer.piece_count + EXTRA_IDS - 1],
        *[rng.integers(0, tokenizer.piece_count, 5).tolist() for _ in range(12)],
    ]
    decoded = []
    for ids in sequences:
        text = tokenizer.decode(ids)
        decoded.append({"ids": ids, "text": text, "score": score_of(text)})
    write_members(
        folder / "cases.json",
        {"piece_count": tokenizer.piece_count, "encode": encoded, "decode": decoded},
    )
    return tokenizer


def randomise(model: torch.nn.Module) -> None:
    """Gives every weight a size at which attention is far from uniform and the decoder does not echo its input."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "layer_norm" in name:
                weight.copy_(1 + 0.2 * torch.randn_like(weight))
            elif "relative_attention_bias" in name:
                weight.copy_(torch.randn_like(weight))
            elif "shared" in name or "lm_head" in name:
                weight.copy_(0.5 * torch.randn_like(weight))
                weight[EOS] *= 2  # so that some sequences end early
            elif name.startswith("decoder") and name.endswith((".o.weight", ".wo.weight")):
                weight.copy_(torch.randn_like(weight) * 4 * weight.shape[1] ** -0.5)
            else:
                weight.copy_(torch.randn_like(weight) * weight.shape[1] ** -0.5)


def t5_case(folder: Path, config: T5Config, tokenizer: Tokenizer, sessions: list[tuple[str, str]], words: bool) -> int:
    """Writes a random T5 with prompts, encoder outputs, first logits and greedy generations.

    Returns how many distinct new tokens its generations use, 0 where none ends with `</s>`: few mean a degenerate
    model.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = T5ForConditionalGeneration(config)
    randomise(model)
    model.save_pretrained(folder, safe_serialization=True)
    (folder / "generation_config.json").unlink(missing_ok=True)
    link = folder / "spiece.model"
    link.unlink(missing_ok=True)
    link.symlink_to("../../sentencepiece/spiece.model")
    checkpoint = None
    if words:
        checkpoint = folder / "checkpoint.pth"
        donor = T5ForConditionalGeneration(config)
        randomise(donor)
        state = donor.state_dict()
        keep = [key for key in state if key.startswith(("encoder.block", "decoder.final"))]
        merged = OrderedDict((f"module.{key}", state[key]) for key in keep)
        merged[f"module.{WHOLE_WORD_KEY}"] = torch.randn(512, config.d_model)
        merged["module.unheard_of.weight"] = torch.ones(2, 2)
        torch.save(merged, checkpoint)
    p5 = P5(folder, checkpoint)
    prompts = [tokenizer.encode(prompt) for _, prompt in sessions]
    indices = [tokenizer.whole_words(ids) for ids in prompts]
    files = {"cases.json": None} | ({"cases-whole-word.json": indices} if words else {})
    variety = PIECES
    ends = False
    for name, chosen in files.items():
        cases = describe_t5(p5, tokenizer, sessions, prompts, chosen)
        write_members(folder / name, {"whole_word_embeddings": chosen is not None, "cases": cases})
        tiny_beam_cases(folder, p5, prompts, chosen)
        variety = min(variety, len({token for case in cases for token in case["tokens"]}))
        ends = ends or any(case["tokens"][-1] == EOS for case in cases)
    return variety if ends else 0


def describe_t5(
    p5: P5,
    tokenizer: Tokenizer,
    sessions: list[tuple[str, str]],
    prompts: list[list[int]],
    indices: list[list[int]] | None,
) -> list[dict[str, object]]:
    """Runs each prompt alone, checks it against the padded batch, and returns what an engine must reproduce."""
    batched = p5.generate(prompts, indices)
    hidden, _ = p5.encode(prompts, indices)
    described_cases = []
    for row, (ids, (_, text)) in enumerate(zip(prompts, sessions, strict=True)):
        words = None if indices is None else [indices[row]]
        alone = p5.generate([ids], words)[0]
        encoded = p5.encode([ids], words)[0][0]
        assert alone.tokens == batched[row].tokens, "padding must not change the tokens"
        assert torch.allclose(encoded, hidden[row, : len(ids)], atol=1e-4), "padding must not change the encoder"
        generated = tokenizer.decode(alone.tokens)
        described_cases.append(
            {
                "prompt": text,
                "ids": ids,
                "whole_words": tokenizer.whole_words(ids),
                "tokens": alone.tokens,
                "text": generated,
                "score": score_of(generated),
                "gaps": [round(gap, 6) for gap in alone.gaps],
                "encoder_shape": list(encoded.shape),
                "encoder_first_rows": [[round(value, 6) for value in values] for values in encoded[:2].tolist()],
                "encoder_last_rows": [[round(value, 6) for value in values] for values in encoded[-2:].tolist()],
                "first_logits": [round(value, 5) for value in alone.first_logits.tolist()],
            }
        )
    return described_cases


def svd_case(folder: Path, rng: np.random.Generator) -> None:
    """Writes eight movies with three factors, a session's ratings, and the scores of every movie."""
    folder.mkdir(parents=True, exist_ok=True)
    factors = rng.standard_normal((8, 3)).astype(np.float32)
    bias = rng.standard_normal(8).astype(np.float32)
    ids: list[object] = ["318", 50, "0050", 7, "a-b", 12345678901234567, "9", "1e3"]
    np.save(folder / "V.npy", factors)
    np.save(folder / "item_bias.npy", bias)
    (folder / "item_ids.json").write_text(json.dumps(ids) + "\n", encoding="utf-8")
    (folder / "global_mean.json").write_text('{"mu": 7.05}\n', encoding="utf-8")
    (folder / "lambda.json").write_text('{"reg": 0.3}\n', encoding="utf-8")
    ratings = [("50", 9.0), ("a-b", 3.0), ("not-in-the-model", 8.0), ("1e3", 6.5), ("0050", 10.0)]
    names = [str(item) for item in ids]
    known = [(names.index(movie), rating) for movie, rating in ratings if movie in names]
    rows = factors[[index for index, _ in known]].astype(np.float64)
    target = np.array([rating - 7.05 - float(bias[index]) for index, rating in known])
    user = np.linalg.solve(rows.T @ rows + 0.3 * np.eye(3), rows.T @ target)
    scores = factors.astype(np.float64) @ user
    order = np.argsort(-scores, kind="stable")
    expected = {
        "ratings": [{"movie_id": movie, "rating": rating} for movie, rating in ratings],
        "user": user.tolist(),
        "candidates": [*names, "unknown"],
        "scores": dict(zip(names, scores.tolist(), strict=True)),
        "biased_scores": dict(zip(names, (7.05 + bias.astype(np.float64) + scores).tolist(), strict=True)),
        "order": [names[index] for index in order],
    }
    write_members(folder / "expected.json", expected)


def write_all(folder: Path, seed: int) -> None:
    """Writes every case under `folder`."""
    for part in ("npy", "safetensors", "torch", "containers", "sentencepiece", "t5", "svd"):
        shutil.rmtree(folder / part, ignore_errors=True)
    # So small products gain nothing from threads, and their last digits would depend on how many there are.
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    npy_cases(folder / "npy", rng)
    safetensors_cases(folder / "safetensors")
    container_cases(folder / "containers")
    torch_cases(folder / "torch")
    tokenizer = sentencepiece_cases(folder / "sentencepiece", rng)
    rows = (tokenizer.piece_count + EXTRA_IDS + 15) // 16 * 16
    common = {"vocab_size": rows, "num_heads": 2, "d_ff": 48, "dropout_rate": 0.0, "decoder_start_token_id": 0}
    shapes = {
        "relu-tied": {"d_model": 32, "d_kv": 8, "num_layers": 2, "feed_forward_proj": "relu"},
        "gated-gelu-untied": {
            "d_model": 32,
            "d_kv": 16,
            "num_layers": 2,
            "num_decoder_layers": 3,
            "feed_forward_proj": "gated-gelu",
            "tie_word_embeddings": False,
        },
        "whole-word": {"d_model": 24, "d_kv": 8, "num_layers": 1, "feed_forward_proj": "relu"},
    }
    sessions = example_prompts(rng, 6)
    for name, shape in shapes.items():
        for attempt in range(50):
            torch.manual_seed(seed + attempt)
            words = name == "whole-word"
            if t5_case(folder / "t5" / name, T5Config(**common, **shape), tokenizer, sessions, words) >= 12:
                break
    soft_prompt_cases(folder / "t5", seed)
    shape_cases(folder / "t5-shapes", seed)
    svd_case(folder / "svd", rng)


def main() -> None:
    """Command line of the tiny cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("../Tests/Fixtures"))
    parser.add_argument("--seed", type=int, default=20251030)
    arguments = parser.parse_args()
    write_all(arguments.output, arguments.seed)


if __name__ == "__main__":
    main()
