/** Writes the program that runs an exported pair of ONNX models: the greedy loop, and a check against what the page computed. */

/** What the program needs to know of the model. */
export interface OnnxSubject {
  /** What the model is, in a few words: the task. */
  readonly title: string;
  readonly step: number;
  readonly hasEndSymbol: boolean;
  /** Most tokens of a translation. */
  readonly maxTarget: number;
  readonly unit: { readonly source: 'words' | 'characters'; readonly target: 'words' | 'characters' };
  /** A sentence as an argument of the program. */
  readonly example: string;
  readonly encoderFile: string;
  readonly decoderFile: string;
  readonly expectedFile: string;
}

/** The program as text. */
export function onnxScript(subject: OnnxSubject): string {
  const { title, step, hasEndSymbol, maxTarget, unit, example, encoderFile, decoderFile, expectedFile } = subject;
  return `#!/usr/bin/env python3
"""${title}: a model that Heed trained for ${step} steps, run with onnxruntime.

    pip install onnxruntime
    python3 translate.py --check          compares translations and attention with those of the page
    python3 translate.py ${example}

${encoderFile} reads a sentence once; ${decoderFile} makes one step: it takes the word before and the state, and gives the scores
of every word and the next state. Outputs of the encoder are inputs of the decoder under the same name, and its next_h is the h of
the step after. Batch size and sentence length are free. Both files carry the vocabularies in their metadata.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

HERE = Path(__file__).resolve().parent
PAD, BOS, EOS, UNK = range(4)
MAX_TARGET = ${maxTarget}


class Translator:
    def __init__(self):
        self.encoder = onnxruntime.InferenceSession(str(HERE / "${encoderFile}"), providers=["CPUExecutionProvider"])
        self.decoder = onnxruntime.InferenceSession(str(HERE / "${decoderFile}"), providers=["CPUExecutionProvider"])
        metadata = self.encoder.get_modelmeta().custom_metadata_map
        self.source_words = json.loads(metadata["heed_source_tokens"])
        self.target_words = json.loads(metadata["heed_target_tokens"])
        self.inputs = [value.name for value in self.decoder.get_inputs()]
        self.outputs = [value.name for value in self.decoder.get_outputs()]

    def greedy(self, sentence):
        """The tokens of a translation, their probabilities, and the weights [T, S] where the model has attention."""
        ids = {word: i for i, word in enumerate(self.source_words)}
        source = np.array([[ids.get(word, UNK) for word in sentence]], dtype=np.int64)
        state = {"lengths": np.array([len(sentence)], dtype=np.int64), "token": np.array([BOS], dtype=np.int64)}
        names = [value.name for value in self.encoder.get_outputs()]
        state.update(zip(names, self.encoder.run(names, {"source": source, "lengths": state["lengths"]})))
        words, probabilities, weights = [], [], []
        for _ in range(MAX_TARGET):
            step = dict(zip(self.outputs, self.decoder.run(self.outputs, {name: state[name] for name in self.inputs})))
            exponentials = np.exp(step["logits"][0] - step["logits"][0].max())
            token = int(exponentials.argmax())
${hasEndSymbol ? '            if token == EOS:\n                break\n' : ''}\
            words.append(self.target_words[token])
            probabilities.append(float(exponentials[token] / exponentials.sum()))
            if "weights" in step:
                weights.append(step["weights"][0])
            state.update({name[len("next_") :]: value for name, value in step.items() if name.startswith("next_")})
            state["token"] = np.array([token], dtype=np.int64)
        return words, probabilities, np.array(weights) if weights else None


def check(tolerance=1e-4):
    """Translates the sentences of the expected file and compares with what the page computed for them."""
    translator = Translator()
    expected = json.loads((HERE / "${expectedFile}").read_text(encoding="utf-8"))
    same, difference = True, 0.0
    for sentence in expected["sentences"]:
        words, probabilities, weights = translator.greedy(sentence["source"])
        if words != sentence["target"]:
            print("other words:", " ".join(sentence["source"]), "->", " ".join(words))
            same = False
            continue
        for got, wanted in [(probabilities, sentence["probabilities"]), (weights, sentence["weights"])]:
            if wanted:
                difference = max(difference, float(np.abs(np.array(got) - np.array(wanted)).max()))
    print(f"{len(expected['sentences'])} sentences: {'the same' if same else 'OTHER'} words, "
          f"largest difference of probabilities and weights {difference:.1e} (tolerance {tolerance:.0e})")
    return same and difference <= tolerance


def main(arguments):
    if arguments == ["--check"]:
        return 0 if check() else 1
    if not arguments:
        print(__doc__)
        return 2
    sentence = " ".join(arguments)
    words, _, _ = Translator().greedy(${unit.source === 'characters' ? 'list(sentence)' : 'sentence.split()'})
    print(${unit.target === 'characters' ? '"".join(words)' : '*words'})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
`;
}
