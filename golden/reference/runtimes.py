"""Other programs that run the same T5: CTranslate2 and ONNX Runtime, for the benchmark alone.

Each converts a bundle once, into a folder of its own beside it, and then answers prompts greedily. Neither is a
requirement of the goldens: `available` names those that are installed, `missing` those that are not.
"""

import importlib.util
import json
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from transformers import T5ForConditionalGeneration

from .tokenizer import PAD, Tokenizer

NEW_TOKENS = 5

Generate = Callable[[list[str], int], list[str]]
"""Texts for prompts, in batches of a size."""


PACKAGES = ("peft", "ctranslate2", "onnxruntime", "optimum", "optimum-onnx")
"""What the benchmark stands on besides the packages of the goldens."""


def available() -> list[str]:
    """Returns the names of the runtimes that can be used here."""
    names: list[str] = []
    if importlib.util.find_spec("ctranslate2"):
        names += ["ctranslate2", "ctranslate2_int8"]
    # In this order: a module is only looked for inside of a package that is there.
    if all(importlib.util.find_spec(module) for module in ("onnxruntime", "optimum", "optimum.onnxruntime")):
        names.append("onnxruntime")
    return names


def missing() -> list[str]:
    """Returns the programs that are not beside the others here, as people call them."""
    here = available()
    programs = {"ctranslate2": "CTranslate2", "onnxruntime": "ONNX Runtime"}
    return [title for name, title in programs.items() if name not in here]


def versions() -> dict[str, str]:
    """Returns the versions of those packages that are installed."""
    found: dict[str, str] = {}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def merged(model: T5ForConditionalGeneration, bundle: Path) -> Path:
    """Writes backbone and checkpoint as one Hugging Face folder, which the converters read."""
    folder = bundle / "merged"
    if not (folder / "model.safetensors").exists():
        model.save_pretrained(folder, safe_serialization=True)
        (folder / "spiece.model").write_bytes((bundle / "t5-small" / "spiece.model").read_bytes())
    return folder


def runtime(
    name: str, model: Callable[[], T5ForConditionalGeneration], bundle: Path, encoder: Tokenizer, threads: int
) -> Generate:
    """Returns the named runtime, ready to answer."""
    match name:
        case "ctranslate2":
            return ctranslate2_runtime("float32", model, bundle, encoder, threads)
        case "ctranslate2_int8":
            return ctranslate2_runtime("int8", model, bundle, encoder, threads)
        case "onnxruntime":
            return onnx_runtime(model, bundle, encoder, threads)
        case other:
            raise ValueError(f"{other!r} is no runtime that is known here")


def ctranslate2_runtime(
    precision: str, model: Callable[[], T5ForConditionalGeneration], bundle: Path, encoder: Tokenizer, threads: int
) -> Generate:
    """CTranslate2 with the weights in a precision; prompts go in as ids, by their names in its vocabulary."""
    import ctranslate2

    folder = bundle / f"ctranslate2-{precision}"
    if not (folder / "model.bin").exists():
        source = merged(model(), bundle)
        converter = ctranslate2.converters.TransformersConverter(str(source))
        converter.convert(str(folder), quantization=precision, force=True)
    translator = ctranslate2.Translator(
        str(folder), device="cpu", compute_type=precision, inter_threads=1, intra_threads=threads
    )

    names: list[str] = json.loads((folder / "shared_vocabulary.json").read_text())
    identifiers = {name: identifier for identifier, name in enumerate(names)}

    def generate(prompts: list[str], batch: int) -> list[str]:
        sources = [[names[token] for token in encoder.encode(prompt)] for prompt in prompts]
        results = translator.translate_batch(
            sources, beam_size=1, max_decoding_length=NEW_TOKENS, max_batch_size=batch, batch_type="examples"
        )
        return [encoder.decode([identifiers[name] for name in result.hypotheses[0]]) for result in results]

    return generate


def onnx_runtime(
    model: Callable[[], T5ForConditionalGeneration], bundle: Path, encoder: Tokenizer, threads: int
) -> Generate:
    """ONNX Runtime by Optimum's export, greedy with its cache."""
    import onnxruntime
    import torch
    from optimum.onnxruntime import ORTModelForSeq2SeqLM

    folder = bundle / "onnx"
    if not folder.exists():
        exported = ORTModelForSeq2SeqLM.from_pretrained(merged(model(), bundle), export=True)
        exported.save_pretrained(folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = ORTModelForSeq2SeqLM.from_pretrained(folder, session_options=options)

    def generate(prompts: list[str], batch: int) -> list[str]:
        texts: list[str] = []
        for start in range(0, len(prompts), batch):
            encoded = [encoder.encode(prompt) for prompt in prompts[start : start + batch]]
            longest = max(map(len, encoded))
            ids = torch.tensor([prompt + [PAD] * (longest - len(prompt)) for prompt in encoded])
            mask = torch.tensor([[1] * len(prompt) + [0] * (longest - len(prompt)) for prompt in encoded])
            output = session.generate(
                input_ids=ids, attention_mask=mask, max_length=NEW_TOKENS + 1, num_beams=1, do_sample=False
            )
            texts += [encoder.decode(sequence) for sequence in output.tolist()]
        return texts

    return generate
