/** What the PyTorch program does with its model: read the weights, check itself, answer a sentence. */

import type { ModelShape } from '../parameters.ts';
import { type TorchSubject, when } from './script.ts';

/** Weights and vocabularies out of the file. */
export function readingPart({ kind }: ModelShape): string {
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
    """The trained model, and the words of both vocabularies in the order of their ids."""
    tensors, metadata = read_safetensors(path)

    def words(side):
        # A vocabulary that is too large for the header is a tensor of bytes.
        name = f"{side}_tokens"
        text = metadata.get(f"heed_{name}") or bytes(tensors[f"heed.{name}"].tolist()).decode()
        return json.loads(text)

    model = ${kind === 'classifier' ? 'Classifier' : 'Translator'}()
    # bias_hh is there as zeros: PyTorch has two biases, of which one is enough. heed.* is what Heed goes on with.
    model.load_state_dict({name: value for name, value in tensors.items() if not name.startswith("heed.")})
    return model.eval(), words("source"), words("target")`;
}

const wordsOf = (unit: 'words' | 'characters'): string => `\
    source = ${unit === 'characters' ? 'list(sentence)' : 'sentence.split()'}
    unknown = [word for word in source if word not in source_words]
    if unknown:
        print("unknown to the model:", *unknown, file=sys.stderr)
`;

/** The program's two uses. */
export function usingPart({ shape, unit }: TorchSubject): string {
  const hasAttention = shape.score !== 'none';
  const compared = hasAttention ? 'probabilities and weights' : 'probabilities';
  return `def check(tolerance=1e-4):
    """Answers the sentences of the expected file and compares with what the page computed for them."""
    model = load()
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    same, difference = True, 0.0
    for sentence in expected["sentences"]:
        words, probabilities, weights = translate(*model, sentence["source"])
        if words != sentence["target"]:
            print("other words:", *sentence["source"], "->", *words)
            print("   the page:", *sentence["source"], "->", *sentence["target"])
            same = False
            continue
        for got, wanted in [(probabilities, sentence["probabilities"])${when(hasAttention, ', (weights, sentence["weights"])')}]:
            if wanted:
                difference = max(difference, (got - torch.tensor(wanted)).abs().max().item())
    print(f"{len(expected['sentences'])} sentences: {'the same' if same else 'OTHER'} words,", end=" ")
    print(f"largest difference of ${compared} {difference:.1e} (tolerance {tolerance:.0e})")
    return same and difference <= tolerance


def main(arguments):
    if arguments == ["--check"]:
        return 0 if check() else 1
    sentence = " ".join(word for word in arguments if word != "-v")
    if not sentence:
        print(__doc__)
        return 2
    model, source_words, target_words = load()
${shape.kind === 'reader' ? '    source = cells_of_text(sentence)\n' : wordsOf(unit.source)}\
    words, probabilities, weights = translate(model, source_words, target_words, source)
    print(${unit.target === 'characters' ? '"".join(words)' : '*words'})
    if "-v" in arguments:
        for t, word in enumerate(words):
${
  hasAttention
    ? `            j = int(weights[t].argmax())
            print(f"  {word:16} p {probabilities[t]:.3f}, looks at ${shape.kind === 'reader' ? 'cell {j}' : '{source[j]}'}: {weights[t, j]:.3f}")`
    : '            print(f"  {word:16} p {probabilities[t]:.3f}")'
}
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
`;
}
