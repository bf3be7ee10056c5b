/** What the PyTorch program does with its modules: decode, read the weights, translate, check itself. */

import { type TorchSubject, when } from './script.ts';

/** The whole model: a step of the decoder, teacher forcing, greedy decoding. */
export function translatingPart({ shape, hasEndSymbol }: TorchSubject): string {
  const hasAttention = shape.score !== 'none';
  const attend = hasAttention
    ? 'context, weights = self.attention(s, memory["keys"], memory["annotations"], memory["mask"])'
    : 'context, weights = memory["final"], None';
  const recur = 's, c = self.decoder(y, context, s, c)';
  const [first, second] = shape.placement === 'before' ? [attend, recur] : [recur, attend];
  return `class Translator(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.bridge, self.decoder = Encoder(), Bridge(), Decoder()
${when(hasAttention, '        self.attention = Attention()\n')}\
        self.readout = nn.Linear(DECODER_HIDDEN + ANNOTATION + EMBEDDING, READOUT)
        self.output = nn.Linear(READOUT, TARGET_VOCABULARY)

    def start(self, source, lengths):
        """Reads sentences: what the decoder looks at, and its first state (s, c, context)."""
        annotations, final_h, final_c = self.encoder(source, lengths)
${
  hasAttention
    ? `        mask = torch.arange(source.shape[1], device=source.device) < lengths.unsqueeze(1)
        memory = {"annotations": annotations, "keys": self.attention.keys(annotations), "mask": mask}`
    : '        memory = {"final": final_h}'
}
        s, c = self.bridge(final_h, final_c)
        return memory, (s, c, torch.zeros_like(final_h))

    def step(self, token, state, memory):
        """Logits [B, V], weights [B, S] and the next state, from the words before [B]."""
        s, c, context = state
        y = self.decoder.embedding(token)
        ${first}
        ${second}
        logits = self.output(torch.tanh(self.readout(torch.cat([s, context, y], 1))))
        return logits, weights, (s, c, context)

    def forward(self, source, lengths, target_in):
        """Logits [B, T, V] under teacher forcing; target_in [B, T] begins with BOS."""
        memory, state = self.start(source, lengths)
        steps = []
        for token in target_in.unbind(1):
            logits, _, state = self.step(token, state, memory)
            steps.append(logits)
        return torch.stack(steps, 1)

    @torch.no_grad()
    def greedy(self, source, lengths):
        """The likeliest words: tokens [B, T], their probabilities [B, T], and ${hasAttention ? 'weights [B, T, S]' : 'None for the weights'}."""
        memory, state = self.start(source, lengths)
        token = torch.full_like(lengths, BOS)
        steps = []
${when(hasEndSymbol, '        ended = torch.zeros_like(lengths, dtype=torch.bool)\n')}\
        for _ in range(MAX_TARGET):
            logits, weights, state = self.step(token, state, memory)
            probability, token = F.softmax(logits, 1).max(1)
            steps.append((token, probability, weights))
${when(
  hasEndSymbol,
  `            ended |= token == EOS
            if ended.all():
                break
`,
)}\
        tokens, probabilities, weights = zip(*steps)
        return torch.stack(tokens, 1), torch.stack(probabilities, 1), ${hasAttention ? 'torch.stack(weights, 1)' : 'None'}`;
}

/** Weights and vocabularies out of the file, and the program's two uses. */
export function readingPart({ shape, unit, hasEndSymbol }: TorchSubject): string {
  const hasAttention = shape.score !== 'none';
  return `def read_safetensors(path):
    """Tensors and metadata of a safetensors file; safetensors.safe_open reads the same."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    types = {"F64": torch.float64, "F32": torch.float32, "U8": torch.uint8}
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = torch.frombuffer(bytearray(data[begin:end]), dtype=types[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return tensors, metadata


def load(path=WEIGHTS):
    """The trained model, ready to translate, and the words of both vocabularies in the order of their ids."""
    tensors, metadata = read_safetensors(path)

    def words(side):
        # A vocabulary that is too large for the header is a tensor of bytes.
        name = f"{side}_tokens"
        text = metadata.get(f"heed_{name}") or bytes(tensors[f"heed.{name}"].tolist()).decode()
        return json.loads(text)

    model = Translator()
    # bias_hh comes as zeros and was not trained: bias_ih says it all.
    model.load_state_dict({name: value for name, value in tensors.items() if not name.startswith("heed.")})
    return model.eval(), words("source"), words("target")


def translate(model, source_words, target_words, sentence):
    """Tokens of a sentence to the tokens of its translation, their probabilities [T], and ${hasAttention ? 'weights [T, S]' : 'None'}."""
    ids = {word: i for i, word in enumerate(source_words)}
    source = torch.tensor([[ids.get(word, UNK) for word in sentence]])
    tokens, probabilities, weights = model.greedy(source, torch.tensor([len(sentence)]))
    words = [target_words[i] for i in tokens[0].tolist()]
${when(hasEndSymbol, '    if target_words[EOS] in words:\n        words = words[: words.index(target_words[EOS])]\n')}\
    return words, probabilities[0, : len(words)], ${hasAttention ? 'weights[0, : len(words)]' : 'weights'}


def check(tolerance=1e-4):
    """Translates the sentences of the expected file and compares with what the page computed for them."""
    model = load()
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    same, difference = True, 0.0
    for sentence in expected["sentences"]:
        words, probabilities, weights = translate(*model, sentence["source"])
        if words != sentence["target"]:
            print("other words:", " ".join(sentence["source"]), "->", " ".join(words))
            print("  the page:", " ".join(sentence["target"]))
            same = False
            continue
        pairs = [(probabilities, sentence["probabilities"])${when(hasAttention, ', (weights, sentence["weights"])')}]
        for got, wanted in pairs:
            if wanted:
                difference = max(difference, (got - torch.tensor(wanted)).abs().max().item())
    print(f"{len(expected['sentences'])} sentences: {'the same' if same else 'OTHER'} words, "
          f"largest difference of ${hasAttention ? 'probabilities and weights' : 'probabilities'} {difference:.1e} (tolerance {tolerance:.0e})")
    return same and difference <= tolerance


def main(arguments):
    if arguments == ["--check"]:
        return 0 if check() else 1
    is_verbose, sentence = "-v" in arguments, " ".join(word for word in arguments if word != "-v")
    if not sentence:
        print(__doc__)
        return 2
    model, source_words, target_words = load()
    source = ${unit.source === 'characters' ? 'list(sentence)' : 'sentence.split()'}
    unknown = [word for word in source if word not in source_words]
    if unknown:
        print("unknown to the model:", *unknown, file=sys.stderr)
    words, probabilities, weights = translate(model, source_words, target_words, source)
    print(${unit.target === 'characters' ? '"".join(words)' : '*words'})
    if is_verbose:
        for t, word in enumerate(words):
${
  hasAttention
    ? `            j = int(weights[t].argmax())
            print(f"  {word:16} p {probabilities[t]:.3f}  looks at {source[j]} ({weights[t, j]:.3f})")`
    : '            print(f"  {word:16} p {probabilities[t]:.3f}")'
}
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
`;
}
