"""Random weights for small T5 models, and the state dict that is stored of one."""

from collections import OrderedDict

import torch
from transformers import T5ForConditionalGeneration


def randomise(model: torch.nn.Module) -> None:
    """Gives the weights a size at which every part of the model matters."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "layer_norm" in name:
                weight.copy_(1 + 0.3 * torch.randn_like(weight))
            elif "relative_attention_bias" in name:
                weight.copy_(torch.randn_like(weight))
            elif "shared" in name or "lm_head" in name:
                weight.copy_(0.7 * torch.randn_like(weight))
            else:
                weight.copy_(1.2 * torch.randn_like(weight) * weight.shape[1] ** -0.5)


def stored(model: T5ForConditionalGeneration, dtype: torch.dtype) -> "OrderedDict[str, torch.Tensor]":
    """Returns the state dict without the other names of a shared tensor, as Hugging Face stores it."""
    state = model.state_dict()
    skipped = {"encoder.embed_tokens.weight", "decoder.embed_tokens.weight"}
    if model.config.tie_word_embeddings:
        skipped.add("lm_head.weight")
    return OrderedDict((key, value.to(dtype).contiguous()) for key, value in state.items() if key not in skipped)
