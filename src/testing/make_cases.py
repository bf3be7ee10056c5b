#!/usr/bin/env python3
"""Case files from PyTorch: the oracle of the reference executor and of the kernels.

    python3 make_cases.py OUT_DIR [NAME ...]    writes the cases of the table below, or those of the given names
    python3 make_cases.py --check FILE.json ... computes cases again from their parameters and compares everything stated

Needs Python 3.9 and PyTorch 1.13 or newer, nothing else; runs on the CPU in float64. It shares no code with the project: the
models are those of src/model/MODEL.md written with torch.nn.LSTM over packed sequences, torch.optim and clip_grad_norm_. Run a
file through the project with `npm run verify -- FILE.json`.

Form of a file: name; model, `seq2seq`, `classifier` or `reader`; config with the letters of MODEL.md; batch, rows first, padded with 0;
params, every parameter of the model under its PyTorch name as {shape, data}; expect, what one forward and backward pass gives:
loss, logits, alpha and scores (0 on padding), grads of the trained parameters; train, an optimizer, the losses and gradient
norms of its steps on this batch, and the parameters after them.
"""

import argparse
import json
import math
import sys
import zlib
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

PAD, BOS, EOS, FIRST_WORD = 0, 1, 2, 4
STEPS = 5
TOLERANCE = 1e-9

ADAM = {"kind": "adam", "lr": 0.01, "betas": [0.9, 0.999], "eps": 1e-8}
ADAM_DECAY = {"kind": "adam", "lr": 0.02, "betas": [0.8, 0.99], "eps": 1e-7, "weight_decay": 0.05}
ADAMW = {"kind": "adamw", "lr": 0.005, "betas": [0.9, 0.98], "eps": 1e-8, "weight_decay": 0.1}
SGD = {"kind": "sgd", "lr": 0.2}
SGD_MOMENTUM = {"kind": "sgd", "lr": 0.1, "momentum": 0.9, "weight_decay": 0.02}


class Encoder(nn.Module):
    """Embedding and LSTM over the true length of each row; annotations [B, S, De] and the last states [B, De]."""

    def __init__(self, c):
        super().__init__()
        self.embedding = nn.Embedding(c["src_vocab"], c["E"])
        self.lstm = nn.LSTM(
            c["E"], c["H"], c.get("layers", 1), batch_first=True, bidirectional=c.get("bidirectional", True)
        )

    def forward(self, source, lengths):
        packed = pack_padded_sequence(self.embedding(source), lengths, batch_first=True, enforce_sorted=False)
        outputs, (h, c) = self.lstm(packed)
        annotations, _ = pad_packed_sequence(outputs, batch_first=True, total_length=source.shape[1])
        directions = 2 if self.lstm.bidirectional else 1
        return annotations, torch.cat(tuple(h[-directions:]), 1), torch.cat(tuple(c[-directions:]), 1)


class PictureEncoder(nn.Module):
    """Convolutions over pixels and their coordinates; annotations [B, S, De] of the cells, and their mean for both last states."""

    def __init__(self, c):
        super().__init__()
        self.sides = c["height"], c["width"]
        channels = [3, math.ceil(c["H"] / 4), math.ceil(c["H"] / 2), *[c["H"]] * c.get("layers", 1)]
        self.conv = nn.ModuleList(
            nn.Conv2d(before, after, 3, stride=2 if i < 2 else 1, padding=1)
            for i, (before, after) in enumerate(zip(channels, channels[1:]))
        )

    def pixels(self, source):
        """[B, 3, height, width]: two bits a pixel, 16 pixels a cell, row by row from the lowest; then x and y from -1 to 1."""
        height, width = self.sides
        levels = source[..., None] >> (2 * torch.arange(16)) & 3
        cells = levels.reshape(-1, height // 4, width // 4, 4, 4)
        grey = cells.transpose(2, 3).reshape(-1, height, width) / 3
        x = ((2 * torch.arange(width) + 1) / width - 1).expand_as(grey)
        y = ((2 * torch.arange(height) + 1) / height - 1)[:, None].expand_as(grey)
        return torch.stack([grey, x, y], 1)

    def forward(self, source, lengths):
        x = self.pixels(source)
        for layer in self.conv[:-1]:
            x = torch.relu(layer(x))
        annotations = torch.tanh(self.conv[-1](x)).flatten(2).transpose(1, 2)
        mean = annotations.mean(1)
        return annotations, mean, mean


class Attention(nn.Module):
    """Raw scores [B, S] of one query per row, for every kind of score."""

    def __init__(self, c, annotation_size):
        super().__init__()
        self.kind = c.get("score", "additive")
        size, query_size = annotation_size, c["Hd"]
        if self.kind == "additive":
            self.b = nn.Parameter(torch.empty(c["A"]))
            self.v = nn.Parameter(torch.empty(c["A"]))
            self.W = nn.Linear(size, c["A"], bias=False)
            self.U = nn.Linear(query_size, c["A"], bias=False)
        elif self.kind == "linear-concat":
            self.b = nn.Parameter(torch.empty(1))
            self.W = nn.Linear(size, 1, bias=False)
            self.U = nn.Linear(query_size, 1, bias=False)
        elif self.kind == "general":
            self.W = nn.Linear(size, query_size, bias=False)

    def scores(self, query, annotations):
        if self.kind == "additive":
            return torch.tanh(self.W(annotations) + self.U(query)[:, None] + self.b) @ self.v
        if self.kind == "linear-concat":
            return (self.W(annotations) + self.U(query)[:, None] + self.b)[..., 0]
        if self.kind == "general":
            return torch.einsum("bsh,bh->bs", self.W(annotations), query)
        if self.kind in ("dot", "scaled-dot"):
            scale = math.sqrt(annotations.shape[2]) if self.kind == "scaled-dot" else 1.0
            return torch.einsum("bsh,bh->bs", annotations, query) / scale
        return torch.zeros(annotations.shape[:2])

    def forward(self, query, annotations, final, mask):
        """Context [B, De], weights [B, S], raw scores [B, S] with 0 on padding. Without attention: the final state, 0, 0."""
        if self.kind == "none":
            nothing = torch.zeros(annotations.shape[:2])
            return final, nothing, nothing
        raw = self.scores(query, annotations)
        weights = torch.softmax(raw.masked_fill(~mask, -torch.inf), 1)
        return torch.einsum("bs,bsh->bh", weights, annotations), weights, raw.masked_fill(~mask, 0.0)


class Bridge(nn.Module):
    def __init__(self, size, decoder_size, has_cell):
        super().__init__()
        self.h = nn.Linear(size, decoder_size)
        if has_cell:
            self.c = nn.Linear(size, decoder_size)


class Decoder(nn.Module):
    def __init__(self, c, annotation_size):
        super().__init__()
        self.embedding = nn.Embedding(c["tgt_vocab"], c["E"])
        self.lstm = nn.LSTM(c["E"] + annotation_size, c["Hd"], batch_first=True)


class Model(nn.Module):
    """Translator, classifier or reader; modules in the order in which MODEL.md lists their parameters."""

    def __init__(self, kind, c):
        super().__init__()
        self.kind, self.config = kind, c
        size = c["H"] * (2 if c.get("bidirectional", True) else 1)
        is_translator = kind != "classifier"
        self.encoder = PictureEncoder(c) if kind == "reader" else Encoder(c)
        self.bridge = Bridge(size, c["Hd"], is_translator)
        if is_translator:
            self.decoder = Decoder(c, size)
        self.attention = Attention(c, size)
        self.readout = nn.Linear(c["Hd"] + size + (c["E"] if is_translator else 0), c["R"])
        self.output = nn.Linear(c["R"], c["tgt_vocab"] if is_translator else c["classes"])
        for name, parameter in self.named_parameters():
            if "bias_hh" in name:
                parameter.data.zero_()
                parameter.requires_grad_(False)

    def trained(self):
        return {name: p for name, p in self.named_parameters() if p.requires_grad}

    def forward(self, batch):
        source, lengths = torch.tensor(batch["source"]), torch.tensor(batch["source_lengths"])
        mask = torch.arange(source.shape[1])[None] < lengths[:, None]
        annotations, final_h, final_c = self.encoder(source, lengths)
        if self.kind == "classifier":
            query = torch.tanh(self.bridge.h(final_h))
            context, weights, raw = self.attention(query, annotations, final_h, mask)
            logits = self.output(torch.tanh(self.readout(torch.cat([query, context], 1))))
            return logits, weights, raw, F.cross_entropy(logits, torch.tensor(batch["labels"]))
        words = self.decoder.embedding(torch.tensor(batch["target_in"]))
        s, c = torch.tanh(self.bridge.h(final_h)), torch.tanh(self.bridge.c(final_c))
        is_before = self.config.get("placement", "before") == "before"
        context = torch.zeros_like(final_h)
        steps = []
        for y in words.unbind(1):
            if is_before:
                context, weights, raw = self.attention(s, annotations, final_h, mask)
            _, (s, c) = self.decoder.lstm(torch.cat([y, context], 1)[:, None], (s[None], c[None]))
            s, c = s[0], c[0]
            if not is_before:
                context, weights, raw = self.attention(s, annotations, final_h, mask)
            logits = self.output(torch.tanh(self.readout(torch.cat([s, context, y], 1))))
            steps.append((logits, weights, raw))
        logits, weights, raw = (torch.stack(part, 1) for part in zip(*steps))
        targets = torch.tensor(batch["target_out"])
        return logits, weights, raw, F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)


def optimizer_for(parameters, options):
    options = dict(options)
    classes = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "sgd": torch.optim.SGD}
    kind = classes[options.pop("kind")]
    # AdamW decays by default, and a file that names no decay has none.
    return kind(parameters, **{"weight_decay": 0, **options})


def tensor(value):
    """A tensor as in the files: 12 significant digits."""
    data = value.detach().reshape(-1).tolist()
    return {"shape": list(value.shape), "data": [float(f"{number:.12g}") for number in data]}


def tensors(named):
    return {name: tensor(value) for name, value in named.items()}


def compute(kind, config, batch, params, train):
    """`expect` and `train` of a case."""
    model = Model(kind, config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name in params:
                parameter.copy_(torch.tensor(params[name]["data"]).reshape(params[name]["shape"]))
    logits, weights, raw, loss = model(batch)
    loss.backward()
    gradient = lambda p: torch.zeros_like(p) if p.grad is None else p.grad
    expect = {
        "loss": loss.item(),
        "logits": tensor(logits),
        "alpha": tensor(weights),
        "scores": tensor(raw),
        "grads": tensors({name: gradient(p) for name, p in model.trained().items()}),
    }
    parameters = list(model.trained().values())
    optimizer = optimizer_for(parameters, train["optimizer"])
    losses, norms = [], []
    for _ in range(len(train.get("losses", [0] * STEPS))):
        optimizer.zero_grad()
        loss = model(batch)[-1]
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(parameters, train["clip_norm"]).item())
        optimizer.step()
        losses.append(loss.item())
    return expect, {
        "optimizer": train["optimizer"],
        "clip_norm": train["clip_norm"],
        "losses": losses,
        "grad_norms": norms,
        "params_after": tensors(dict(model.named_parameters())),
    }


def draw_params(kind, config, scale):
    """Uniform draws, wide enough that attention is not even; in float32, so that no executor starts from other numbers."""
    named = {}
    for name, parameter in Model(kind, config).named_parameters():
        draw = torch.zeros(parameter.shape)
        if parameter.requires_grad:
            draw = ((torch.rand(parameter.shape) * 2 - 1) * scale).float().double()
        named[name] = tensor(draw)
    return named


def draw_batch(kind, config, rows, steps, target_steps):
    """Rows of random words: the first fills the batch, the last has one word, the others are in between."""

    def lengths(longest):
        inner = torch.randint(1, longest + 1, (max(rows - 2, 0),)).tolist()
        return [longest, *inner, 1][:rows] if rows > 1 else [longest]

    def words(count, vocabulary):
        return torch.randint(min(FIRST_WORD, vocabulary - 1), vocabulary, (count,)).tolist()

    def padded(row, longest):
        return row + [PAD] * (longest - len(row))

    if kind == "reader":
        # A picture is whole, and its cells may hold any bits.
        steps = config["height"] * config["width"] // 16
        source_lengths = [steps] * rows
        source = [torch.randint(0, config["src_vocab"], (steps,)).tolist() for _ in range(rows)]
    else:
        source_lengths = lengths(steps)
        source = [padded(words(count, config["src_vocab"]), steps) for count in source_lengths]
    batch = {"source": source, "source_lengths": source_lengths}
    if kind == "classifier":
        return {**batch, "labels": torch.randint(0, config["classes"], (rows,)).tolist()}
    sentences = [words(count - 1, config["tgt_vocab"]) for count in lengths(target_steps)]
    return {
        **batch,
        "target_in": [padded([BOS, *row], target_steps) for row in sentences],
        "target_out": [padded([*row, EOS], target_steps) for row in sentences],
    }


def translator(score, placement, rows, steps, target_steps, train=ADAM, clip=1.0, scale=0.6, **sizes):
    defaults = {"src_vocab": 9, "tgt_vocab": 11, "E": 4, "H": 3, "Hd": 5, "A": 6, "R": 5}
    config = {**defaults, **sizes, "score": score, "placement": placement}
    return ("seq2seq", config, (rows, steps, target_steps), train, clip, scale)


def classifier(score, rows, steps, train=ADAM, clip=1.0, scale=0.6, **sizes):
    defaults = {"src_vocab": 9, "classes": 4, "E": 4, "H": 3, "Hd": 5, "A": 6, "R": 5}
    return ("classifier", {**defaults, **sizes, "score": score}, (rows, steps, 0), train, clip, scale)


def reader(score, placement, rows, height, width, target_steps, train=ADAM, clip=1.0, scale=0.6, **sizes):
    defaults = {"src_vocab": 2**32, "tgt_vocab": 8, "E": 4, "H": 4, "Hd": 5, "A": 6, "R": 5, "bidirectional": False}
    config = {**defaults, "height": height, "width": width, **sizes, "score": score, "placement": placement}
    return ("reader", config, (rows, 0, target_steps), train, clip, scale)


UNI = {"bidirectional": False}

CASES = {
    # What no other case of the project has, small enough to be kept with it.
    "uniform-before-bi-clipped": translator("uniform", "before", 3, 4, 3, SGD_MOMENTUM, clip=0.05),
    "additive-after-bi-3layer": translator("additive", "after", 2, 3, 3, ADAM_DECAY, layers=3, H=2, E=3, Hd=4, A=3, R=3),
    "scaled-dot-after-uni-one-word": translator("scaled-dot", "after", 3, 1, 1, ADAMW, **UNI, H=5),
    "classifier-general-uni-2layer": classifier("general", 4, 5, SGD, layers=2, **UNI),
    "reader-additive-before": reader("additive", "before", 3, 8, 12, 3, ADAM),
    "reader-dot-after-2layer": reader("dot", "after", 2, 4, 8, 3, SGD_MOMENTUM, layers=2, H=6, Hd=6),
    # Every score in both placements.
    "additive-before-uni": translator("additive", "before", 5, 6, 4, SGD_MOMENTUM, **UNI),
    "additive-after-uni": translator("additive", "after", 4, 7, 5, ADAMW, clip=0.1, **UNI),
    "linear-concat-before-bi": translator("linear-concat", "before", 6, 5, 6, ADAMW),
    "linear-concat-after-uni-2layer": translator("linear-concat", "after", 3, 8, 4, ADAM, layers=2, **UNI),
    "general-before-uni-3layer": translator("general", "before", 7, 4, 5, ADAM_DECAY, layers=3, **UNI),
    "general-after-uni": translator("general", "after", 2, 9, 3, SGD, clip=0.2, **UNI),
    "dot-before-bi-2layer": translator("dot", "before", 5, 6, 6, ADAM, layers=2, Hd=6),
    "dot-after-bi": translator("dot", "after", 4, 5, 7, SGD_MOMENTUM, Hd=6),
    "scaled-dot-before-uni": translator("scaled-dot", "before", 3, 10, 4, ADAM_DECAY, H=7, Hd=7, **UNI),
    "uniform-after-uni": translator("uniform", "after", 6, 5, 4, ADAMW, **UNI),
    "none-before-bi-2layer": translator("none", "before", 5, 5, 5, ADAM, layers=2),
    "none-after-bi": translator("none", "after", 4, 6, 6, SGD_MOMENTUM, clip=0.1),
    # Sizes that bite.
    "one-row-one-word": translator("additive", "before", 1, 1, 1, ADAM),
    "long-source": translator("additive", "after", 3, 70, 3, ADAM),
    "long-target": translator("general", "before", 2, 4, 66, SGD, clip=0.5),
    "hidden-70": translator("additive", "before", 9, 7, 6, ADAM, scale=0.15, E=20, H=70, Hd=66, A=68, R=65),
    "hidden-65-uni": translator("scaled-dot", "after", 17, 5, 4, ADAM, scale=0.15, E=9, H=65, Hd=65, R=33, **UNI),
    "twenty-rows-150-words": translator("general", "after", 20, 8, 7, ADAMW, scale=0.3, src_vocab=150, tgt_vocab=143, H=16, Hd=24),
    "one-unit": translator("additive", "before", 4, 5, 4, ADAM, E=1, H=1, Hd=1, A=1, R=1),
    # Readers.
    "reader-none": reader("none", "before", 5, 12, 8, 4, ADAMW),
    "reader-one-cell": reader("additive", "after", 9, 4, 4, 2, ADAM_DECAY, layers=3, H=2),
    "reader-16x64": reader("general", "before", 4, 16, 64, 6, ADAM, scale=0.15, H=32, Hd=33),
    # Classifiers.
    "classifier-additive-uni": classifier("additive", 6, 7, ADAMW, **UNI),
    "classifier-linear-concat-bi": classifier("linear-concat", 5, 6, ADAM),
    "classifier-dot-bi": classifier("dot", 9, 5, ADAM_DECAY, Hd=6),
    "classifier-scaled-dot-bi-2layer": classifier("scaled-dot", 3, 6, SGD_MOMENTUM, layers=2, Hd=6),
    "classifier-uniform-bi": classifier("uniform", 4, 1, ADAM, clip=0.1),
    "classifier-none-bi-3layer": classifier("none", 12, 9, SGD, layers=3, H=20, Hd=33, classes=70),
}


def make(name):
    kind, config, (rows, steps, target_steps), train, clip, scale = CASES[name]
    torch.manual_seed(zlib.crc32(name.encode()))
    params = draw_params(kind, config, scale)
    batch = draw_batch(kind, config, rows, steps, target_steps)
    expect, train = compute(kind, config, batch, params, {"optimizer": train, "clip_norm": clip})
    return {"name": name, "model": kind, "config": config, "batch": batch, "params": params, "expect": expect, "train": train}


def differences(path, stated, computed):
    """Places at which a stated value is not the computed one."""
    if isinstance(stated, dict):
        for key, value in stated.items():
            if key not in computed:
                yield f"{path}.{key}: not computed"
            else:
                yield from differences(f"{path}.{key}", value, computed[key])
    elif isinstance(stated, list):
        if len(stated) != len(computed):
            yield f"{path}: {len(stated)} stated, {len(computed)} computed"
        for index, (one, other) in enumerate(zip(stated, computed)):
            yield from differences(f"{path}[{index}]", one, other)
    elif isinstance(stated, float) or isinstance(computed, float):
        if not abs(stated - computed) <= TOLERANCE * (1 + abs(stated)):
            yield f"{path}: {stated} stated, {computed} computed"
    elif stated != computed:
        yield f"{path}: {stated} stated, {computed} computed"


def check(file):
    case = json.loads(Path(file).read_text())
    names = [name for name, _ in Model(case["model"], case["config"]).named_parameters()]
    found = [] if names == list(case["params"]) else [f"params: expected {names} in this order"]
    expect, train = compute(case["model"], case["config"], case["batch"], case["params"], case["train"])
    found += differences("expect", case["expect"], expect)
    found += differences("train", case["train"], train)
    print(f"{file}: {'agrees' if not found else f'{len(found)} differences'}")
    for line in found[:5]:
        print(f"  {line}")
    return not found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compute the given case files again")
    parser.add_argument("paths", nargs="+", help="OUT_DIR [NAME ...], or case files with --check")
    arguments = parser.parse_args()
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    if arguments.check:
        return 0 if all([check(file) for file in arguments.paths]) else 1
    out, *names = arguments.paths
    unknown = [name for name in names if name not in CASES]
    if unknown:
        parser.error(f"no case of the name {unknown[0]}; there are {', '.join(CASES)}")
    Path(out).mkdir(parents=True, exist_ok=True)
    for name in names or CASES:
        file = Path(out) / f"{name}.json"
        file.write_text(json.dumps(make(name), separators=(",", ":")))
        print(f"{file} {file.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
