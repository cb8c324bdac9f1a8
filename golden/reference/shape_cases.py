"""Random small T5 models of every kind the engine reads, with the activations of whole forward passes and gradients."""

import json
import shutil
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import T5Config, T5ForConditionalGeneration

from .compact import write_members
from .random_t5 import randomise, stored
from .soft_prompt import IGNORED
from .t5 import P5

VIRTUAL_TOKENS = 3
STEPS = 5
KEPT_ROWS = 3

# How the backbone is stored, and what the checkpoint changes; every kind of either occurs.
BACKBONES = ("float32", "float16", "bfloat16", "sharded", "pickled", "pickled-stream", "sharded-pickled")
CHECKPOINTS = ("none", "float32", "float16", "bfloat16-stream", "more-rows", "fewer-rows")


@dataclass(frozen=True)
class Shape:
    """One model: its configuration, and the containers of its weights."""

    config: dict[str, object]
    backbone: str
    checkpoint: str


def random_shape(place: int, rng: np.random.Generator) -> Shape:
    """Draws a shape; activation, tying, backbone and checkpoint go round, so that each of them occurs."""
    heads = int(rng.integers(1, 5))
    buckets = 2 * int(rng.integers(2, 21))
    config = {
        "vocab_size": int(rng.integers(40, 60)),
        "d_model": int(rng.integers(5, 27)),
        "d_kv": int(rng.integers(2, 13)),
        "num_heads": heads,
        "d_ff": int(rng.integers(5, 40)),
        "num_layers": int(rng.integers(1, 4)),
        "num_decoder_layers": int(rng.integers(1, 4)),
        "relative_attention_num_buckets": buckets,
        "relative_attention_max_distance": buckets // 2 + int(rng.integers(1, 120)),
        "layer_norm_epsilon": [1e-6, 1e-5][place % 2],
        "feed_forward_proj": ["relu", "gated-gelu"][place % 2],
        "tie_word_embeddings": place % 4 < 2,
        "decoder_start_token_id": 0,
        "dropout_rate": 0.0,
    }
    return Shape(config, BACKBONES[place % len(BACKBONES)], CHECKPOINTS[place % len(CHECKPOINTS)])


def write_backbone(folder: Path, model: T5ForConditionalGeneration, kind: str) -> None:
    """Writes `config.json` and the weights in one of the containers."""
    model.config.save_pretrained(folder)
    dtype = {"float16": torch.float16, "bfloat16": torch.bfloat16}.get(kind, torch.float32)
    state = stored(model, dtype)
    if kind.startswith("sharded"):
        suffix = "bin" if kind == "sharded-pickled" else "safetensors"
        stem = "pytorch_model" if suffix == "bin" else "model"
        names = list(state)
        shards = {f"{stem}-{part + 1:05d}-of-00003.{suffix}": names[part::3] for part in range(3)}
        for name, keys in shards.items():
            part = {key: state[key] for key in keys}
            if suffix == "bin":
                torch.save(part, folder / name)
            else:
                save_file(part, folder / name, metadata={"format": "pt"})
        size = sum(tensor.numel() * tensor.element_size() for tensor in state.values())
        index = {"metadata": {"total_size": size}, "weight_map": {key: name for name in shards for key in shards[name]}}
        (folder / f"{stem}.{suffix}.index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    elif kind.startswith("pickled"):
        torch.save(state, folder / "pytorch_model.bin", _use_new_zipfile_serialization=kind == "pickled")
    else:
        save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def write_checkpoint(path: Path, config: T5Config, kind: str) -> None:
    """Writes a checkpoint of another random model; it lacks some tensors, and may have another number of rows."""
    rows = {"more-rows": 7, "fewer-rows": -9}.get(kind, 0)
    donor = T5ForConditionalGeneration(T5Config(**(config.to_dict() | {"vocab_size": config.vocab_size + rows})))
    randomise(donor)
    dtype = {"float16": torch.float16, "bfloat16-stream": torch.bfloat16}.get(kind, torch.float32)
    state = donor.state_dict()
    for key in ("encoder.final_layer_norm.weight", "decoder.block.0.layer.0.SelfAttention.q.weight"):
        del state[key]
    if not rows:
        for key in [key for key in state if "embed" in key or "shared" in key or "lm_head" in key]:
            del state[key]
    merged = OrderedDict((f"module.{key}", value.to(dtype)) for key, value in state.items())
    torch.save(merged, path, _use_new_zipfile_serialization=not kind.endswith("stream"))


def rows(matrix: torch.Tensor) -> list[list[float]]:
    """Returns the first and the last rows of a matrix."""
    kept = matrix if len(matrix) <= 2 * KEPT_ROWS else torch.cat((matrix[:KEPT_ROWS], matrix[-KEPT_ROWS:]))
    return [[float(f"{value:.7g}") for value in row] for row in kept.tolist()]


def forward_case(model: T5ForConditionalGeneration, prompt: list[int], decoder: list[int]) -> dict[str, object]:
    """Returns the encoder's output and the logits of every step of one forward pass."""
    with torch.inference_mode():
        output = model(input_ids=torch.tensor([prompt]), decoder_input_ids=torch.tensor([[0, *decoder[:-1]]]))
    return {
        "prompt": prompt,
        "decoder": decoder,
        "states": rows(output.encoder_last_hidden_state[0]),
        "logits": [[float(f"{value:.7g}") for value in row] for row in output.logits[0].tolist()],
    }


def gradient_case(model: T5ForConditionalGeneration, examples: list[tuple[list[int], list[int]]]) -> dict[str, object]:
    """Returns the loss of a batch behind virtual tokens, and its gradient at these."""
    width = model.config.d_model
    virtual = torch.randn(VIRTUAL_TOKENS, width).requires_grad_()
    longest = max(len(prompt) for prompt, _ in examples)
    target = max(len(labels) for _, labels in examples)
    ids = torch.tensor([prompt + [0] * (longest - len(prompt)) for prompt, _ in examples])
    mask = torch.tensor([[1] * (VIRTUAL_TOKENS + len(p)) + [0] * (longest - len(p)) for p, _ in examples])
    labels = torch.tensor([labels + [IGNORED] * (target - len(labels)) for _, labels in examples])
    embedded = torch.cat((virtual.expand(len(examples), -1, -1), model.get_input_embeddings()(ids)), dim=1)
    loss = model(inputs_embeds=embedded, attention_mask=mask, labels=labels).loss
    loss.backward()
    assert virtual.grad is not None
    return {
        "virtual": [[float(f"{value:.8g}") for value in row] for row in virtual.tolist()],
        "examples": [{"prompt": prompt, "target": labels} for prompt, labels in examples],
        "loss": float(f"{loss.item():.8g}"),
        "gradient": [[float(f"{value:.7g}") for value in row] for row in virtual.grad.tolist()],
    }


def shape_case(folder: Path, shape: Shape, rng: np.random.Generator) -> None:
    """Writes one model with its cases."""
    folder.mkdir(parents=True)
    config = T5Config(**shape.config)
    model = T5ForConditionalGeneration(config)
    randomise(model)
    write_backbone(folder, model, shape.backbone)
    checkpoint = None
    if shape.checkpoint != "none":
        checkpoint = folder / "checkpoint.pth"
        write_checkpoint(checkpoint, config, shape.checkpoint)
    merged = P5(folder, checkpoint).model
    vocabulary = merged.get_input_embeddings().num_embeddings

    def tokens(count: int) -> list[int]:
        return rng.integers(2, vocabulary, count).tolist()

    forward = [forward_case(merged, [*tokens(length), 1], tokens(STEPS)) for length in (0, 6, 90)]
    examples = [([*tokens(length), 1], [*tokens(target), 1]) for length, target in ((9, 1), (4, 3), (13, 2))]
    case = {"checkpoint": checkpoint is not None, "vocabulary": vocabulary, "forward": forward}
    case["training"] = gradient_case(merged, examples)
    write_members(folder / "case.json", case)


def shape_cases(folder: Path, seed: int, count: int = 14) -> None:
    """Writes all models."""
    shutil.rmtree(folder, ignore_errors=True)
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    for place in range(count):
        shape = random_shape(place, rng)
        shape_case(folder / f"{place:02d}-{shape.backbone}-{shape.checkpoint}", shape, rng)
