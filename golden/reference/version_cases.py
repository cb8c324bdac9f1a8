"""T5 folders as versions 4 and 5 of Transformers write and read them, and what both make of the same files.

Run it three times: `write` under either version, then `answer` under both, as README.md says.
"""

import argparse
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import torch
import transformers
from sentencepiece import SentencePieceProcessor
from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

from .compact import write_members
from .random_t5 import randomise, stored
from .tokenizer import train

VERSION = transformers.__version__.split(".")[0]
LIMIT = 10
BEAMS = (2, 3)
PROMPTS = ([20, 30, 41, 7, 1], [9, 1], [33, 34, 35, 36, 37, 38, 39, 40, 12, 13, 14, 15, 16, 1], [5, 44, 1], [28, 11, 1])
SHAPE = {
    "vocab_size": 48, "d_model": 12, "d_kv": 4, "num_heads": 3, "d_ff": 20, "num_layers": 2,
    "dropout_rate": 0.0, "decoder_start_token_id": 0,
}


def random_model(kind: str, seed: int) -> T5ForConditionalGeneration:
    """Returns a random model whose head is a matrix of its own where it is gated."""
    torch.manual_seed(seed)
    tying = {} if kind == "relu" else {"feed_forward_proj": "gated-gelu", "tie_word_embeddings": False}
    model = T5ForConditionalGeneration(T5Config(**SHAPE, **tying)).eval()
    randomise(model)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.startswith("decoder") and name.endswith((".o.weight", ".wo.weight")):
                weight *= 3  # so that the decoder does not echo its input
        if kind == "gated":
            model.lm_head.weight = torch.nn.Parameter(0.7 * torch.randn(SHAPE["vocab_size"], SHAPE["d_model"]))
        model.lm_head.weight[1] *= 2  # so that some sequences end early
    return model


def model_of(kind: str, seed: int) -> T5ForConditionalGeneration:
    """Returns a random model whose texts are of many tokens, some of which end."""
    for attempt in range(500):
        model = random_model(kind, seed + attempt)
        texts = [found["tokens"] for found in greedy(model)]
        if len({token for text in texts for token in text}) >= 14 and any(text[-1] == 1 for text in texts):
            return model
    raise ValueError("no model whose texts vary")


def write_saved(folder: Path) -> None:
    """Writes what `save_pretrained` of this version makes of both models, and version 5's of a head that is tied."""
    for kind in ("relu", "gated"):
        model_of(kind, 1).save_pretrained(folder / f"saved-{VERSION}-{kind}")
    if VERSION == "5":
        model = model_of("gated", 1)
        model.lm_head.weight = model.shared.weight
        model.save_pretrained(folder / "saved-5-gated-tied")
    else:
        state = stored(model_of("gated", 700), torch.float32)
        del state["encoder.final_layer_norm.weight"]
        torch.save({f"module.{key}": value for key, value in state.items()}, folder / "checkpoint.pth")
        moments = {"step": torch.tensor(3.0), "exp_avg": torch.ones(2)}
        optimizer = {"state": {0: moments}, "param_groups": [{"lr": 1e-3}]}
        nested = {"epoch": 3, "model": state, "optimizer": optimizer, "rng_state": torch.get_rng_state()[:64].clone()}
        torch.save(nested, folder / "checkpoint-nested.pth")


@dataclass
class Variation:
    """A folder that differs from a saved one in its JSON files."""

    base: str = "saved-4-relu"
    config: dict[str, object] = field(default_factory=dict)
    generation: dict[str, object] | None = None


def write_variations(folder: Path) -> None:
    """Writes the folders that a person or another program changed; their weights are links to the saved ones."""
    plain = answer(folder / "saved-4-relu", None)["greedy"]
    second = next(text["tokens"][2] for text in plain if len(text["tokens"]) > 4)
    generation = {"decoder_start_token_id": 0, "eos_token_id": 1, "pad_token_id": 0}
    variations = {
        "ends-in-config": Variation(config={"eos_token_id": [1, second]}),
        "ends-in-generation": Variation(generation={**generation, "eos_token_id": [1, second]}),
        "ends-from-config": Variation(generation={**generation, "eos_token_id": second, "_from_model_config": True}),
        "three-ends": Variation(generation={**generation, "eos_token_id": [second, plain[1]["tokens"][0], 1]}),
        "no-end-in-generation": Variation(generation={"decoder_start_token_id": 0, "pad_token_id": 0}),
        "no-end-in-config": Variation(config={"eos_token_id": None}),
        "start-in-generation": Variation(generation={**generation, "decoder_start_token_id": 7}),
        "start-from-bos": Variation(config={"decoder_start_token_id": None, "bos_token_id": 9}),
        "neutral-generation": Variation(generation={
            **generation, "max_length": 3, "num_beams": 4, "do_sample": False, "temperature": 0.3, "top_k": 2,
            "early_stopping": False, "length_penalty": 1.0, "repetition_penalty": 1.0, "min_length": 1,
            "bad_words_ids": None, "suppress_tokens": [], "no_repeat_ngram_size": 0,
        }),
        "other-names": Variation(config={"d_model": None, "hidden_size": 12, "num_heads": None,
                                         "num_attention_heads": 3}),
        "activation-spelled-out": Variation("saved-4-gated", {"feed_forward_proj": "gated-gelu_new"}),
        "scaled-own-head": Variation("saved-5-gated", {"scale_decoder_outputs": True}),
    }
    for name, variation in variations.items():
        target = folder / name
        target.mkdir()
        config = json.loads((folder / variation.base / "config.json").read_text())
        for key, value in variation.config.items():
            config[key] = value
            if value is None and key != "eos_token_id":
                del config[key]
        (target / "config.json").write_text(json.dumps(config, indent=1) + "\n")
        if variation.generation is not None:
            (target / "generation_config.json").write_text(json.dumps(variation.generation) + "\n")
        (target / "model.safetensors").symlink_to(f"../{variation.base}/model.safetensors")


def answer(folder: Path, checkpoint: Path | None) -> dict[str, object]:
    """Returns what this version generates from a folder, each prompt alone, and the logits of a first step."""
    model = T5ForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    if checkpoint is not None:
        state = {key.removeprefix("module."): value for key, value in torch.load(checkpoint, weights_only=True).items()}
        model.load_state_dict(state, strict=False)
    beams = [beam_search(model, prompt, count) for prompt in PROMPTS for count in BEAMS]
    return {"greedy": greedy(model), "beams": beams}


def greedy(model: T5ForConditionalGeneration) -> list[dict[str, object]]:
    """Returns the tokens of each prompt, the smallest gap of logits on the way and the logits of the first step."""
    cases = []
    for prompt in PROMPTS:
        with torch.inference_mode():
            found = model.generate(**inputs(prompt), num_beams=1, output_logits=True)
        best = [logits[0].topk(2).values.tolist() for logits in found.logits]
        cases.append({
            "prompt": prompt,
            "tokens": found.sequences[0, 1:].tolist(),
            "gap": round(min(first - second for first, second in best), 6),
            "first_logits": [round(value, 5) for value in found.logits[0][0].tolist()],
        })
    return cases


def beam_search(model: T5ForConditionalGeneration, prompt: list[int], beams: int) -> dict[str, object]:
    """Returns the best text's tokens, and how far the second best is behind."""
    with torch.inference_mode():
        found = model.generate(**inputs(prompt), num_beams=beams, num_return_sequences=2, output_scores=True)
    scores, tokens = found.sequences_scores.tolist(), found.sequences[0, 1:].tolist()
    # The row is as long as the longer of both texts; what follows an end token is padding.
    ends = model.generation_config.eos_token_id
    ends = set(ends if isinstance(ends, list) else [] if ends is None else [ends])
    length = next((place + 1 for place, token in enumerate(tokens) if token in ends), len(tokens))
    return {"prompt": prompt, "beams": beams, "tokens": tokens[:length], "margin": round(scores[0] - scores[1], 6)}


def inputs(prompt: list[int]) -> dict[str, object]:
    """Returns what `generate` is called with, besides the number of beams."""
    ids = torch.tensor([prompt])
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids), "max_length": LIMIT,
            "return_dict_in_generate": True}


def answer_models(folder: Path) -> None:
    """Writes what this version makes of every folder."""
    answers = {}
    for path in sorted(folder.iterdir()):
        if not path.is_dir():
            continue
        answers[path.name] = answer(path, None)
        if path.name in ("saved-4-gated", "saved-5-gated"):
            answers[f"{path.name} with checkpoint"] = answer(path, folder / "checkpoint.pth")
    write_members(folder / f"answers-{VERSION}.json", answers)


ITEMS = [f"<item_{number}>" for number in range(12)]
TEXTS = [
    "movie_<item_3><item_11>? (0 to 10)",
    "Previous ratings: movie_<item_1>:9, movie_<item_10>:10. Which star rating",
    "<item_2>7", "7 <item_4>", "  <item_5>  7.4  <item_6> ", "movie_318:9", "a <extra_id_3> b <pad> c </s> d",
    "<item_>", "<item_12>",
]


def decoder_entries(first: int) -> dict[str, object]:
    """Returns an `added_tokens_decoder` of the items."""
    return {str(first + place): {"content": text, "lstrip": False, "rstrip": False, "normalized": False,
                                 "single_word": False, "special": False} for place, text in enumerate(ITEMS)}


def write_tokenizers(folder: Path) -> None:
    """Writes folders of tokenizers over one `spiece.model`, and one with SentencePiece's own ids."""
    corpus = [f"{text} {number}:{number % 11}" for number in range(500) for text in TEXTS]
    options = {"normalization_rule_name": "identity", "hard_vocab_limit": False}
    train(corpus, folder / "spiece.model", 70, **options)
    own = {"unk_id": 0, "bos_id": 1, "eos_id": 2, "pad_id": 3}
    train(corpus, folder / "default-ids" / "spiece.model", 70, ids=own, **options)
    count = SentencePieceProcessor(model_file=str(folder / "spiece.model")).get_piece_size()
    cases = {
        "plain": {},
        "added-tokens": {"added_tokens.json": {text: count + 100 + place for place, text in enumerate(ITEMS)}},
        "added-tokens-decoder": {"tokenizer_config.json": {
            "tokenizer_class": "T5Tokenizer", "legacy": True, "added_tokens_decoder": decoder_entries(count + 100)}},
        "extra-ids-103": {
            "tokenizer_config.json": {"extra_ids": 103, "do_lower_case": True, "model_max_length": 7},
            "added_tokens.json": {text: count + 103 + place for place, text in enumerate(ITEMS)}},
        "no-extra-ids": {"tokenizer_config.json": {"extra_ids": 0},
                         "added_tokens.json": {text: count + place for place, text in enumerate(ITEMS)}},
    }
    for name, files in cases.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "spiece.model").symlink_to("../spiece.model")
        for file, value in files.items():
            (folder / name / file).write_text(json.dumps(value) + "\n")


def write_saved_tokenizer(folder: Path) -> None:
    """Writes what `save_pretrained` of this version makes of the tokenizer with added tokens."""
    saved = folder / f"saved-{VERSION}"
    T5Tokenizer.from_pretrained(folder / "added-tokens").save_pretrained(saved)
    (saved / "spiece.model").unlink(missing_ok=True)
    (saved / "spiece.model").symlink_to("../spiece.model")


def answer_tokenizers(folder: Path) -> None:
    """Writes the ids of all texts, and texts of ids, as this version makes them."""
    answers = {}
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or (VERSION == "4" and path.name == "saved-5"):  # which version 4 cannot open
            continue
        tokenizer = T5Tokenizer.from_pretrained(path)
        special = {"end": tokenizer.eos_token_id, "unknown": tokenizer.unk_token_id, "padding": tokenizer.pad_token_id}
        encoded = [{"text": text, "ids": tokenizer(text).input_ids} for text in TEXTS]
        item = tokenizer.convert_tokens_to_ids(ITEMS[3])
        sequences = [tokenizer("7.4 movie").input_ids]
        if item != tokenizer.unk_token_id:
            seven = tokenizer("7").input_ids[:-1]
            sequences += [[item, *seven, 1], [*seven, item, *seven], [item, item, 0]]
        decoded = [{"ids": ids, "text": tokenizer.decode(ids, skip_special_tokens=True)} for ids in sequences]
        answers[path.name] = special | {"encode": encoded, "decode": decoded}
    write_members(folder / f"answers-{VERSION}.json", answers)


def main() -> None:
    """Command line of the cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("write", "answer"))
    parser.add_argument("--output", type=Path, default=Path("../Tests/Fixtures"))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    models, tokenizers = arguments.output / "t5-versions", arguments.output / "tokenizers"
    if arguments.step == "answer":
        answer_models(models)
        answer_tokenizers(tokenizers)
        return
    if VERSION == "4":
        for folder in (models, tokenizers):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        write_tokenizers(tokenizers)
    write_saved_tokenizer(tokenizers)
    write_saved(models)
    if VERSION == "5":
        write_variations(models)


if __name__ == "__main__":
    main()
