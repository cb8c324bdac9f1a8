"""Hugging Face's T5 as the judge: checkpoint merging, encoding and greedy decoding with logit gaps."""

from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import T5ForConditionalGeneration
from transformers.generation.utils import GenerateEncoderDecoderOutput
from transformers.modeling_outputs import BaseModelOutput

from .tokenizer import EOS, PAD

WHOLE_WORD_KEY = "encoder.whole_word_embeddings.weight"


EMBEDDINGS = ("shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight")


@dataclass
class Generation:
    """One greedily generated sequence: new tokens, and every step's gap and logits; the first step's once more."""

    tokens: list[int]
    gaps: list[float]
    first_logits: torch.Tensor
    logits: list[torch.Tensor]


def generations(output: GenerateEncoderDecoderOutput) -> list[Generation]:
    """Returns what `generate` decoded greedily: each row up to its end mark, with the gaps of its logits."""
    best = torch.stack([step.float().topk(2, dim=-1).values for step in output.logits])
    gaps = (best[..., 0] - best[..., 1]).tolist()
    results = []
    for row, sequence in enumerate(output.sequences[:, 1:].tolist()):
        length = sequence.index(EOS) + 1 if EOS in sequence else len(sequence)
        results.append(
            Generation(
                tokens=sequence[:length],
                gaps=[gaps[step][row] for step in range(length)],
                first_logits=output.logits[0][row],
                logits=[output.logits[step][row] for step in range(length)],
            )
        )
    return results


def strip_prefix(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Returns the state dict without `module.` before its keys."""
    return {key.removeprefix("module."): value for key, value in state.items()}


class P5:
    """A T5 backbone with a checkpoint merged into it, as `load_state_dict(strict=False)` does."""

    def __init__(self, backbone: Path, checkpoint: Path | None = None):
        """Opens the backbone and merges the checkpoint, if any."""
        self.model = T5ForConditionalGeneration.from_pretrained(backbone, dtype=torch.float32).eval()
        self.whole_word_table: torch.Tensor | None = None
        self.missing: list[str] = []
        self.unexpected: list[str] = []
        if checkpoint is not None:
            state = strip_prefix(torch.load(checkpoint, map_location="cpu", weights_only=True))
            self.whole_word_table = state.pop(WHOLE_WORD_KEY, None)
            self.resize(state)
            result = self.model.load_state_dict(state, strict=False)
            self.missing, self.unexpected = list(result.missing_keys), list(result.unexpected_keys)
            self.model.tie_weights()

    def resize(self, state: dict[str, torch.Tensor]) -> None:
        """Gives the model as many embeddings as the checkpoint has, as training with more or fewer tokens does."""
        tables = [table for key, table in state.items() if key in EMBEDDINGS]
        if tables and len(tables[0]) != self.model.config.vocab_size:
            self.model.resize_token_embeddings(len(tables[0]), mean_resizing=False)

    def encode(
        self, prompts: list[list[int]], words: list[list[int]] | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Returns the encoder's output and attention mask for padded prompts; `words` adds whole-word embeddings."""
        longest = max(map(len, prompts))
        ids = torch.tensor([prompt + [PAD] * (longest - len(prompt)) for prompt in prompts])
        mask = torch.tensor([[1] * len(prompt) + [0] * (longest - len(prompt)) for prompt in prompts])
        embedded = self.model.get_input_embeddings()(ids)
        if words is not None:
            assert self.whole_word_table is not None
            index = torch.tensor([word + [0] * (longest - len(word)) for word in words])
            embedded = embedded + self.whole_word_table.float()[index]
        with torch.inference_mode():
            return self.model.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state, mask

    def generate(
        self, prompts: list[list[int]], words: list[list[int]] | None = None, max_length: int = 6
    ) -> list[Generation]:
        """Decodes greedily with Hugging Face's `generate`, at most `max_length` tokens with the start token."""
        hidden, mask = self.encode(prompts, words)
        with torch.inference_mode():
            output = self.model.generate(
                encoder_outputs=BaseModelOutput(last_hidden_state=hidden),
                attention_mask=mask,
                max_length=max_length,
                num_beams=1,
                do_sample=False,
                use_cache=False,  # the cache of this version expects num_layers decoder blocks
                output_logits=True,
                return_dict_in_generate=True,
            )
        return generations(output)

    def beam_search(
        self, prompts: list[list[int]], words: list[list[int]] | None, beams: int, max_length: int
    ) -> list[tuple[list[int], float, float]]:
        """Decodes by beam search: the best text's new tokens and score, and how far the second best is behind."""
        hidden, mask = self.encode(prompts, words)
        with torch.inference_mode():
            output = self.model.generate(
                encoder_outputs=BaseModelOutput(last_hidden_state=hidden),
                attention_mask=mask,
                max_length=max_length,
                num_beams=beams,
                num_return_sequences=2,
                do_sample=False,
                early_stopping=False,
                length_penalty=1.0,
                use_cache=False,
                output_scores=True,
                return_dict_in_generate=True,
            )
        results = []
        sequences, scores = output.sequences[::2, 1:].tolist(), output.sequences_scores.tolist()
        for row, sequence in enumerate(sequences):
            tokens = sequence[: sequence.index(EOS) + 1] if EOS in sequence else sequence
            # The batch is as wide as its longest text; a text at the limit has no end mark and no padding.
            results.append((tokens, scores[2 * row], scores[2 * row] - scores[2 * row + 1]))
        return results
