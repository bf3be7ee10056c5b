/** The translator of the PyTorch program: a step of the decoder, teacher forcing, greedy decoding. */

import type { ModelShape } from '../parameters.ts';
import { readsFinal, type TorchSubject, when } from './script.ts';

const ATTENTION = 'self.attention(s, memory["keys"], memory["annotations"], memory["mask"])';

/** Lines of a step, from the states before to those after; `y` is the word, `context` what the readout gets. */
function stepLines({ score, placement }: ModelShape): string[] {
  const recur = 's, c = self.decoder(y, context, s, c)';
  if (score === 'none' && placement === 'after') return [recur, 'context, weights = memory["final"], None'];
  if (score === 'none') return ['context, weights = memory["final"], None', recur];
  if (placement === 'too-late')
    return [
      'context = memory["final"]',
      recur,
      '# Too late: what it looks at is drawn, and used for nothing.',
      `_, weights = ${ATTENTION}`,
    ];
  const attend = `context, weights = ${ATTENTION}`;
  return placement === 'before' ? [attend, recur] : [recur, attend];
}

/** What the encoder is given. */
const givenTo = ({ kind }: ModelShape): string => (kind === 'reader' ? 'picture' : 'source, lengths');

export function translatorModule({ shape, hasEndSymbol }: TorchSubject): string {
  const hasAttention = shape.score !== 'none';
  const isReader = shape.kind === 'reader';
  const given = givenTo(shape);
  const mask = isReader
    ? 'torch.ones(annotations.shape[:2], dtype=torch.bool, device=picture.device)  # every picture has all cells'
    : 'torch.arange(source.shape[1], device=source.device) < lengths.unsqueeze(1)';
  const start = isReader ? 'torch.full((len(picture),), BOS, device=picture.device)' : 'torch.full_like(lengths, BOS)';
  const entries = [
    ...(hasAttention ? ['"annotations": annotations', '"keys": self.attention.keys(annotations)', '"mask": mask'] : []),
    ...(readsFinal(shape) ? ['"final": final_h'] : []),
  ];
  return `class Translator(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.bridge, self.decoder = Encoder(), Bridge(), Decoder()
${when(hasAttention, '        self.attention = Attention()\n')}\
        self.readout = nn.Linear(DECODER_HIDDEN + ANNOTATION + EMBEDDING, READOUT)
        self.output = nn.Linear(READOUT, TARGET_VOCABULARY)

    def start(self, ${given}):
        """Reads ${isReader ? 'pictures' : 'sentences'}: what the decoder looks at, and its first state (s, c, context)."""
        annotations, final_h, final_c = self.encoder(${given})
${when(hasAttention, `        mask = ${mask}\n`)}\
        memory = {${entries.join(', ')}}
        s, c = self.bridge(final_h, final_c)
        return memory, (s, c, torch.zeros_like(final_h))

    def step(self, token, state, memory):
        """Logits [B, V], weights [B, S] and the next state, from the words before [B]."""
        s, c, context = state
        y = self.decoder.embedding(token)
${stepLines(shape)
  .map((line) => `        ${line}`)
  .join('\n')}
        logits = self.output(torch.tanh(self.readout(torch.cat([s, context, y], 1))))
        return logits, weights, (s, c, context)

    def forward(self, ${given}, target_in):
        """Logits [B, T, V] under teacher forcing; target_in [B, T] begins with BOS."""
        memory, state = self.start(${given})
        steps = []
        for token in target_in.unbind(1):
            logits, _, state = self.step(token, state, memory)
            steps.append(logits)
        return torch.stack(steps, 1)

    @torch.no_grad()
    def greedy(self, ${given}):
        """The likeliest words [B, T], their probabilities [B, T], and ${hasAttention ? 'weights [B, T, S]' : 'None for the weights'}."""
        memory, state = self.start(${given})
        token = ${start}
        steps = []
${when(hasEndSymbol, '        ended = torch.zeros_like(token, dtype=torch.bool)\n')}\
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

export function translateFunction({ shape, hasEndSymbol }: TorchSubject): string {
  const hasAttention = shape.score !== 'none';
  const ending = `    if target_words[EOS] in words:
        words = words[: words.index(target_words[EOS])]
`;
  const words = `    ids = {word: i for i, word in enumerate(source_words)}
    source = torch.tensor([[ids.get(word, UNK) for word in sentence]])
    tokens, probabilities, weights = model.greedy(source, torch.tensor([len(sentence)]))`;
  const cells = `    # A cell is named by its place and its bits, as in "1,2:00ff3c00".
    picture = picture_of([int(cell.split(":")[1], 16) for cell in sentence])
    tokens, probabilities, weights = model.greedy(picture)`;
  return `def translate(model, source_words, target_words, sentence):
    """Tokens of a source to those of its translation, their probabilities [T], and ${hasAttention ? 'weights [T, S]' : 'None'}."""
${shape.kind === 'reader' ? cells : words}
    words = [target_words[i] for i in tokens[0].tolist()]
${when(hasEndSymbol, ending)}\
    return words, probabilities[0, : len(words)], ${hasAttention ? 'weights[0, : len(words)]' : 'weights'}`;
}
