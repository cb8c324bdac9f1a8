"""Soft prompts: virtual tokens trained on a session's own ratings, by PEFT's prompt tuning."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import PeftModelForSeq2SeqLM, PromptTuningConfig, PromptTuningInit, TaskType, get_peft_model
from transformers.modeling_outputs import BaseModelOutput

from .prompts import READ_LIMIT, mapped, prompt_history, rating_prompt
from .t5 import P5, Generation, generations
from .tokenizer import PAD, Tokenizer

IGNORED = -100
MASK = (1 << 64) - 1


@dataclass(frozen=True)
class Settings:
    """The service's settings; dropout is left out, so that a golden can be exact."""

    virtual_tokens: int = 40
    text: str = "rating prediction"
    examples: int = 30
    target_length: int = 8
    steps: int = 10
    batch: int = 8
    rate: float = 5e-4
    weight_decay: float = 0.01
    clip: float = 1.0
    seed: int = 20251030


@dataclass
class Example:
    """One rating of the session: the prompt's tokens, their word indices, and the tokens of the rating."""

    movie: str
    ids: list[int]
    words: list[int]
    target: list[int]


@dataclass
class Training:
    """What ten steps did: the loss before each, the first step's gradient before clipping, the virtual tokens."""

    losses: list[float]
    first_gradient: torch.Tensor
    prompt: torch.Tensor


def splitmix64(seed: int) -> Iterator[int]:
    """Yields the numbers of the SplitMix64 generator."""
    state = seed & MASK
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        yield mixed ^ (mixed >> 31)


def shuffled(count: int, seed: int) -> list[int]:
    """Returns 0…count-1 shuffled by Fisher and Yates from the end; places are drawn as remainders."""
    order, numbers = list(range(count)), splitmix64(seed)
    for last in range(count - 1, 0, -1):
        other = next(numbers) % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order


def batches(count: int, size: int, steps: int) -> list[list[int]]:
    """Returns each step's places: batches in order, the last one short, then from the start again."""
    starts = range(0, count, size)
    rounds = [list(range(start, min(start + size, count))) for start in starts]
    return [rounds[step % len(rounds)] for step in range(steps)]


def rating_examples(
    encoder: Tokenizer, session_id: str, ratings: list[tuple[str, float]], ids_of: dict[str, str], settings: Settings
) -> list[Example]:
    """Returns one example for each of the first mapped ratings, `ratings` being newest first and not yet mapped.

    Examples are mapped before they are counted. The history in their prompts is cut first, as in all prompts.
    """
    history, examples = prompt_history(ratings, ids_of), []
    for movie, rating in mapped(ratings[:READ_LIMIT], ids_of)[: settings.examples]:
        ids = encoder.encode(rating_prompt(session_id, movie, history))
        target = encoder.encode(str(int(rating)), settings.target_length)
        examples.append(Example(movie, ids, encoder.whole_words(ids), target))
    return examples


class SoftPrompt:
    """A P5 model under PEFT's prompt tuning; dropout is off in training too."""

    def __init__(self, p5: P5, tokenizer_folder: Path, settings: Settings):
        """Puts virtual tokens, the embeddings of the text repeated, before the model."""
        config = PromptTuningConfig(
            task_type=TaskType.SEQ_2_SEQ_LM,
            prompt_tuning_init=PromptTuningInit.TEXT,
            prompt_tuning_init_text=settings.text,
            num_virtual_tokens=settings.virtual_tokens,
            tokenizer_name_or_path=str(tokenizer_folder),
        )
        self.p5, self.settings = p5, settings
        self.peft: PeftModelForSeq2SeqLM = get_peft_model(p5.model, config)
        # Evaluation mode switches dropout off everywhere and leaves the gradients as they are.
        self.peft.eval()
        self.check_start(Tokenizer(tokenizer_folder / "spiece.model"))

    def check_start(self, encoder: Tokenizer) -> None:
        """Checks that PEFT took the pieces which the service's tokenizer makes of the text."""
        ids = encoder.encode(self.settings.text)
        repeated = [ids[place % len(ids)] for place in range(self.settings.virtual_tokens)]
        table = self.p5.model.get_input_embeddings().weight.detach()
        assert torch.equal(self.prompt().detach(), table[repeated]), "PEFT began with other tokens"

    def prompt(self) -> torch.Tensor:
        """Returns the virtual tokens before the encoder; PEFT keeps as many again for the decoder, never used here."""
        return self.peft.get_prompt(batch_size=1)[0, : self.settings.virtual_tokens]

    def inputs(self, examples: list[Example], whole_word: bool) -> dict[str, torch.Tensor]:
        """Returns padded inputs and labels; whole-word embeddings are added to the prompt's own tokens alone."""
        longest = max(len(example.ids) for example in examples)
        target = max(len(example.target) for example in examples)
        ids = torch.tensor([example.ids + [PAD] * (longest - len(example.ids)) for example in examples])
        mask = torch.tensor([[1] * len(e.ids) + [0] * (longest - len(e.ids)) for e in examples])
        labels = torch.tensor([e.target + [IGNORED] * (target - len(e.target)) for e in examples])
        inputs = {"attention_mask": mask, "labels": labels}
        if not whole_word:
            return inputs | {"input_ids": ids}
        words = torch.tensor([e.words + [0] * (longest - len(e.words)) for e in examples])
        assert self.p5.whole_word_table is not None
        embedded = self.p5.model.get_input_embeddings()(ids) + self.p5.whole_word_table.float()[words]
        return inputs | {"inputs_embeds": embedded}

    def train(self, examples: list[Example], whole_word: bool = False) -> Training:
        """Trains the virtual tokens on the examples, which are in their shuffled order."""
        settings = self.settings
        parameters = [weight for weight in self.peft.parameters() if weight.requires_grad]
        assert len(parameters) == 1
        optimiser = torch.optim.AdamW(
            parameters, lr=settings.rate, betas=(0.9, 0.999), eps=1e-8, weight_decay=settings.weight_decay
        )
        losses, first = [], torch.empty(0)
        for step, places in enumerate(batches(len(examples), settings.batch, settings.steps)):
            optimiser.zero_grad()
            loss = self.peft(**self.inputs([examples[place] for place in places], whole_word)).loss
            loss.backward()
            gradient = parameters[0].grad
            assert gradient is not None
            if step == 0:
                first = gradient[: settings.virtual_tokens].clone()
                assert not gradient[settings.virtual_tokens :].any(), "the decoder has no virtual tokens"
            torch.nn.utils.clip_grad_norm_(parameters, settings.clip)
            optimiser.step()
            losses.append(loss.item())
        return Training(losses, first, self.prompt().detach().clone())

    def generate(
        self, prompts: list[list[int]], words: list[list[int]] | None = None, max_length: int = 6
    ) -> list[Generation]:
        """Decodes greedily behind the virtual tokens."""
        examples = [Example("", ids, [] if words is None else words[row], []) for row, ids in enumerate(prompts)]
        inputs = self.inputs(examples, words is not None)
        del inputs["labels"]
        options = {
            "max_length": max_length,
            "num_beams": 1,
            "do_sample": False,
            "use_cache": False,
            "output_logits": True,
            "return_dict_in_generate": True,
        }
        with torch.inference_mode():
            if words is None:
                return generations(self.peft.generate(**inputs, **options))
            # PEFT generates from token ids alone, so the virtual tokens are put before the embeddings by hand.
            virtual = self.peft.get_prompt(batch_size=len(prompts))[:, : self.settings.virtual_tokens]
            mask = torch.cat((torch.ones(virtual.shape[:2]), inputs["attention_mask"]), dim=1)
            embedded = torch.cat((virtual, inputs["inputs_embeds"]), dim=1)
            hidden = self.p5.model.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
            states = BaseModelOutput(last_hidden_state=hidden)
            return generations(self.p5.model.generate(encoder_outputs=states, attention_mask=mask, **options))
