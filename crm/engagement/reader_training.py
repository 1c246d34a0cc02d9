"""Makes the reader's weights of the labelled records: `python -m crm.engagement.reader_training`, an hour.

MiniLM's embeddings stay as published; its six layers learn, the lower the slower (discriminative fine-tuning, Howard
and Ruder, 2018), with a linear layer over the mean and the maximum of the last states. Nothing of tests/evals is
learned from.
"""

import logging
import random
import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from crm import minilm
from crm.engagement.model import LABELS
from crm.engagement.reader import FILE, MOST_TOKENS, told
from crm.engagement.training_rows import FILES, examples_in

log = logging.getLogger(__name__)
LABELLED = Path(__file__).parents[2] / "data" / "labelled"
EPOCHS, BATCH = 3, 32
RATE, HEAD_RATE = 1e-4, 1e-3  # of the uppermost layer, of the linear one
SLOWER = 0.85  # each layer learns so much slower than the one above it
SMOOTHING, DROPOUT, WARM_UP, DECAY = 0.05, 0.1, 0.1, 0.01
TOLD = 50  # batches between two words about how far it is
ALIKE = 50  # batches whose records are sorted by length together, so that little is padded
MASKED = -1e9


def main(out: Path = FILE, files: Sequence[Path] = (), epochs: int = EPOCHS) -> None:
    """Trains on the labelled files and writes the weights. Raises MissingPart, BadFile."""
    import torch

    torch.manual_seed(1)
    paths = files or sorted(LABELLED.glob(FILES))
    examples = [example for path in paths for example in examples_in(path)]
    encoder = _encoder()
    states = _embedded(encoder, [told(activity) for activity, _ in examples])
    labels = [LABELS.index(label) for _, label in examples]
    head = torch.nn.Linear(2 * states[0].shape[1], len(LABELS))
    _train(encoder.encoder.layer, head, states, labels, epochs)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent) as folder:
        exact, small = Path(folder) / "exact.onnx", Path(folder) / "small.onnx"
        _export(encoder, head, exact)
        minilm.shrink(exact, small)
        small.replace(out)


def _encoder() -> Any:
    from transformers import AutoModel

    folder = minilm.model_folder()
    return AutoModel.from_pretrained(str(folder), attn_implementation="eager", local_files_only=True).eval()


def _embedded(encoder: Any, texts: Sequence[str]) -> list[Any]:
    """Each text as MiniLM's lowest layer gets it, one state a token, in half precision."""
    import torch

    cut = minilm.tokenizer(minilm.model_folder(), MOST_TOKENS)
    found = []
    with torch.no_grad():
        for text in texts:
            ids = torch.tensor([cut.encode(minilm.encodable(text)).ids])
            found.append(encoder.embeddings(input_ids=ids, token_type_ids=torch.zeros_like(ids))[0].half())
    return found


def _train(layers: Any, head: Any, states: Sequence[Any], labels: Sequence[int], epochs: int) -> None:
    import torch

    tuned = [
        {"params": layer.parameters(), "lr": RATE * SLOWER**above, "weight_decay": DECAY}
        for above, layer in enumerate(reversed(layers))
    ]
    optimizer = torch.optim.AdamW([*tuned, {"params": head.parameters(), "lr": HEAD_RATE}])
    steps = epochs * -(-len(states) // BATCH)
    warm = max(1, int(WARM_UP * steps))
    share = partial(_share, warm=warm, steps=steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, share)
    missed, dropped = torch.nn.CrossEntropyLoss(label_smoothing=SMOOTHING), torch.nn.Dropout(DROPOUT)
    weights = [*layers.parameters(), *head.parameters()]
    for epoch in range(epochs):
        layers.train()
        total = 0.0
        dice = random.Random(epoch)  # noqa: S311  (an order to learn in, no secret)
        for done, batch in enumerate(_batches([len(state) for state in states], dice), 1):
            scores = head(dropped(_summed(layers, [states[n] for n in batch])))
            loss = missed(scores, torch.tensor([labels[n] for n in batch]))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
            if done % TOLD == 0:
                log.info("epoch %d of %d: %d of %d batches", epoch + 1, epochs, done, steps // epochs)
        log.info("epoch %d of %d: loss %.3f", epoch + 1, epochs, total / len(states))
    layers.eval()


def _share(step: int, warm: int, steps: int) -> float:
    """Of the learning rate: rising at first, then falling to nothing."""
    return min(step / warm, (steps - step) / max(1, steps - warm))


def _batches(lengths: Sequence[int], dice: random.Random) -> list[list[int]]:
    order = list(range(len(lengths)))
    dice.shuffle(order)
    size = BATCH * ALIKE
    alike = [sorted(order[at : at + size], key=lengths.__getitem__) for at in range(0, len(order), size)]
    batches = [some[at : at + BATCH] for some in alike for at in range(0, len(some), BATCH)]
    dice.shuffle(batches)
    return batches


def _summed(layers: Any, states: Sequence[Any]) -> Any:
    """Mean and maximum of the last states of each text."""
    import torch

    state = torch.nn.utils.rnn.pad_sequence([one.float() for one in states], batch_first=True)
    lengths = torch.tensor([len(one) for one in states])
    there = (torch.arange(state.shape[1])[None] < lengths[:, None]).float()
    for layer in layers:
        state = _of(layer(state, (1.0 - there)[:, None, None, :] * MASKED))
    weights = there.unsqueeze(-1)
    mean = (state * weights).sum(1) / weights.sum(1)
    return torch.cat([mean, (state + (1.0 - weights) * MASKED).max(1).values], -1)


def _export(encoder: Any, head: Any, path: Path) -> None:
    """All layers with the head as one graph: embedded words of one text in, the chances out."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers, self.head = encoder.encoder.layer, head

        def forward(self, words: Any) -> Any:
            for layer in self.layers:
                words = _of(layer(words, None))
            return torch.softmax(self.head(torch.cat([words.mean(1), words.max(1).values], -1)), -1)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its successor, which needs one more package
        torch.onnx.export(
            Whole().eval(),
            (torch.from_numpy(np.zeros((1, 7, head.in_features // 2), dtype=np.float32)),),
            str(path),
            input_names=["words"],
            output_names=["chances"],
            dynamic_axes={"words": {1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )


def _of(state: Any) -> Any:
    """A layer's states: some releases of transformers give them in a tuple."""
    return state[0] if isinstance(state, tuple) else state


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
