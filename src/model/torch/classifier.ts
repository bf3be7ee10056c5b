/** The classifier of the PyTorch program: one attention over the sentence, and a class. */

import type { ModelShape } from '../parameters.ts';
import { when } from './script.ts';

export function classifierModule({ score }: ModelShape): string {
  const hasAttention = score !== 'none';
  const attended = hasAttention
    ? `        mask = torch.arange(source.shape[1], device=source.device) < lengths.unsqueeze(1)
        context, weights = self.attention(query, self.attention.keys(annotations), annotations, mask)`
    : '        context, weights = final_h, None';
  return `class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.bridge = Encoder(), Bridge()
${when(hasAttention, '        self.attention = Attention()\n')}\
        self.readout = nn.Linear(DECODER_HIDDEN + ANNOTATION, READOUT)
        self.output = nn.Linear(READOUT, CLASSES)

    def forward(self, source, lengths):
        """Logits [B, K] and ${hasAttention ? 'weights [B, S]' : 'None for the weights'}."""
        annotations, final_h, _ = self.encoder(source, lengths)
        query = self.bridge(final_h)
${attended}
        return self.output(torch.tanh(self.readout(torch.cat([query, context], 1)))), weights`;
}

export function classifyFunction({ score }: ModelShape): string {
  return `@torch.no_grad()
def translate(model, source_words, target_words, sentence):
    """Tokens of a sentence to [the name of its class], [its probability], and ${score === 'none' ? 'None' : 'weights [1, S]'}."""
    ids = {word: i for i, word in enumerate(source_words)}
    source = torch.tensor([[ids.get(word, UNK) for word in sentence]])
    logits, weights = model(source, torch.tensor([len(sentence)]))
    probability, label = F.softmax(logits, 1).max(1)
    return [target_words[UNK + 1 + int(label)]], probability, weights`;
}
