/** Writes the program that runs exported ONNX models: the greedy loop, or a class, and a check against what the page computed. */

import { CELL_SIDE, INK } from '../../lib/picture-cells.ts';
import type { ModelShape } from '../parameters.ts';

/** What the program needs to know of the model. */
export interface OnnxSubject {
  readonly shape: Pick<ModelShape, 'kind' | 'picture'>;
  /** What the model is, in a few words: the task. */
  readonly title: string;
  readonly step: number;
  readonly hasEndSymbol: boolean;
  /** Most tokens of a translation. */
  readonly maxTarget: number;
  readonly unit: { readonly source: 'words' | 'characters'; readonly target: 'words' | 'characters' };
  /** A sentence as an argument of the program. */
  readonly example: string;
  readonly files: Readonly<Record<'encoder' | 'decoder' | 'classifier', string>>;
  readonly expectedFile: string;
}

/** The program as text. */
export function onnxScript(subject: OnnxSubject): string {
  const { shape, expectedFile, unit } = subject;
  const isReader = shape.kind === 'reader';
  const source = isReader
    ? 'cells_of_text(sentence)'
    : unit.source === 'characters'
      ? 'list(sentence)'
      : 'sentence.split()';
  return `${head(subject)}


${
  isReader
    ? `${pictureFunctions()}


`
    : ''
}${shape.kind === 'classifier' ? classifier(subject) : translator(subject)}


def check(tolerance=1e-4):
    """Answers the sentences of the expected file and compares with what the page computed for them."""
    model = Model()
    expected = json.loads((HERE / "${expectedFile}").read_text(encoding="utf-8"))
    same, difference = True, 0.0
    for sentence in expected["sentences"]:
        words, probabilities, weights = model.answer(sentence["source"])
        if words != sentence["target"]:
            print("other words:", *sentence["source"], "->", *words)
            same = False
            continue
        for got, wanted in [(probabilities, sentence["probabilities"]), (weights, sentence["weights"])]:
            if wanted:
                difference = max(difference, float(np.abs(np.array(got) - np.array(wanted)).max()))
    print(f"{len(expected['sentences'])} sentences: {'the same' if same else 'OTHER'} words,", end=" ")
    print(f"largest difference of probabilities and weights {difference:.1e} (tolerance {tolerance:.0e})")
    return same and difference <= tolerance


def main(arguments):
    if arguments == ["--check"]:
        return 0 if check() else 1
    if not arguments:
        print(__doc__)
        return 2
    sentence = " ".join(arguments)
    words, _, _ = Model().answer(${source})
    print(${unit.target === 'characters' ? '"".join(words)' : '*words'})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
`;
}

function head({ shape, title, step, maxTarget, example, files }: OnnxSubject): string {
  const about =
    shape.kind === 'classifier'
      ? `${files.classifier} reads a sentence and gives the score of every class. Batch size and sentence length are free. The file carries
the words and the names of the classes in its metadata.`
      : `${files.encoder} reads a source once; ${files.decoder} makes one step: it takes the word before and the state, and gives the scores
of every word and the next state. Outputs of the encoder are inputs of the decoder under the same name, and its next_h is the h of
the step after. Batch size and length are free. Both files carry the vocabularies in their metadata.`;
  const sizes = shape.picture
    ? `HEIGHT, WIDTH, CELL = ${shape.picture.height}, ${shape.picture.width}, ${CELL_SIDE}  # pixels, and pixels along a side of a cell\n`
    : '';
  return `#!/usr/bin/env python3
"""${title}: a model that Heed trained for ${step.toLocaleString('en')} steps, run with onnxruntime.

    pip install onnxruntime
    python3 translate.py --check    compares what it computes with what the page computed
    python3 translate.py ${example}

${about}
"""

${shape.picture ? 'import base64\n' : ''}import json
${shape.picture ? 'import struct\n' : ''}import sys
from pathlib import Path

import numpy as np
import onnxruntime

HERE = Path(__file__).resolve().parent
PAD, BOS, EOS, UNK = range(4)
${sizes}${shape.kind === 'classifier' ? '' : `MAX_TARGET = ${maxTarget}\n`}

def session(name):
    return onnxruntime.InferenceSession(str(HERE / name), providers=["CPUExecutionProvider"])


def words_of(model):
    metadata = model.get_modelmeta().custom_metadata_map
    return json.loads(metadata["heed_source_tokens"]), json.loads(metadata["heed_target_tokens"])


def run(model, values):
    """Runs a model on the values that it takes; its outputs by name."""
    names = [value.name for value in model.get_outputs()]
    return dict(zip(names, model.run(names, {value.name: values[value.name] for value in model.get_inputs()})))


def likeliest(logits):
    exponentials = np.exp(logits - logits.max())
    best = int(exponentials.argmax())
    return best, float(exponentials[best] / exponentials.sum())`;
}

const SENTENCE = `        ids = {word: i for i, word in enumerate(self.source_words)}
        source = np.array([[ids.get(word, UNK) for word in sentence]], dtype=np.int64)
        state = {"source": source, "lengths": np.array([len(sentence)], dtype=np.int64)}`;

const PICTURE = '        state = {"picture": picture_of([int(cell.split(":")[1], 16) for cell in sentence])}';

function translator({ shape, hasEndSymbol, files }: OnnxSubject): string {
  return `class Model:
    def __init__(self):
        self.encoder, self.decoder = session("${files.encoder}"), session("${files.decoder}")
        self.source_words, self.target_words = words_of(self.encoder)

    def answer(self, sentence):
        """The tokens of a translation, their probabilities, and the weights [T, S] where the model has attention."""
${shape.kind === 'reader' ? PICTURE : SENTENCE}
        state.update(run(self.encoder, state))
        words, probabilities, weights, token = [], [], [], BOS
        for _ in range(MAX_TARGET):
            state["token"] = np.array([token], dtype=np.int64)
            made = run(self.decoder, state)
            token, probability = likeliest(made["logits"][0])
${hasEndSymbol ? '            if token == EOS:\n                break\n' : ''}\
            words.append(self.target_words[token])
            probabilities.append(probability)
            if "weights" in made:
                weights.append(made["weights"][0])
            state.update({name[len("next_") :]: value for name, value in made.items() if name.startswith("next_")})
        return words, probabilities, np.array(weights) if weights else None`;
}

function classifier({ files }: OnnxSubject): string {
  return `class Model:
    def __init__(self):
        self.classifier = session("${files.classifier}")
        self.source_words, self.target_words = words_of(self.classifier)

    def answer(self, sentence):
        """[The name of the class], [its probability], and the weights [1, S] where the model has attention."""
${SENTENCE}
        made = run(self.classifier, state)
        label, probability = likeliest(made["logits"][0])
        # Names of classes come after the four special symbols.
        return [self.target_words[UNK + 1 + label]], [probability], made.get("weights")`;
}

const pictureFunctions = (): string => `def picture_of(cells):
    """A picture [1, HEIGHT, WIDTH], 0 paper to 1 ink, from the bits of its cells; each has two a pixel from the lowest on."""
    picture = np.zeros((1, HEIGHT, WIDTH), dtype=np.float32)
    for place, bits in enumerate(cells):
        top, left = divmod(place, WIDTH // CELL)
        for pixel in range(CELL * CELL):
            y, x = CELL * top + pixel // CELL, CELL * left + pixel % CELL
            picture[0, y, x] = (bits >> (2 * pixel) & ${INK}) / ${INK}
    return picture


def cells_of_text(text):
    """The cells of a picture as the page's links have it: their bytes in base64."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return [f"{place}:{bits:08x}" for place, bits in enumerate(struct.unpack(f"<{len(data) // 4}I", data))]`;
