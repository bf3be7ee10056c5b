/** Encoder, bridge and decoder of the PyTorch program; the names of their parameters are those of `MODEL.md`. */

import type { ModelShape } from '../parameters.ts';
import { when } from './script.ts';

export function encoderModule({ bidirectional }: ModelShape): string {
  const finals = bidirectional
    ? `        # The forward direction ends at the last word, the backward one at the first.
        return annotations, torch.cat([h[-2], h[-1]], 1), torch.cat([c[-2], c[-1]], 1)`
    : '        return annotations, h[-1], c[-1]';
  return `class Encoder(nn.Module):
    """Annotations [B, S, De] of the source words, and the last states [B, De]; padding never enters."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(SOURCE_VOCABULARY, EMBEDDING)
        self.lstm = nn.LSTM(
            EMBEDDING, HIDDEN, num_layers=LAYERS, bidirectional=DIRECTIONS == 2, batch_first=True
        )

    def forward(self, source, lengths):
        packed = pack_padded_sequence(
            self.embedding(source), lengths.cpu(), batch_first=True, enforce_sorted=False
        )
        outputs, (h, c) = self.lstm(packed)
        annotations, _ = pad_packed_sequence(outputs, batch_first=True, total_length=source.shape[1])
${finals}`;
}

export function bridgeModule({ kind }: ModelShape): string {
  const hasCell = kind !== 'classifier';
  const made = hasCell ? "the decoder's first states" : 'the query';
  return `class Bridge(nn.Module):
    """From the encoder's last states [B, De] to ${made} [B, Hd]."""

    def __init__(self):
        super().__init__()
        self.h = nn.Linear(ANNOTATION, DECODER_HIDDEN)
${when(hasCell, '        self.c = nn.Linear(ANNOTATION, DECODER_HIDDEN)\n')}
    def forward(self, final_h${when(hasCell, ', final_c')}):
        return torch.tanh(self.h(final_h))${when(hasCell, ', torch.tanh(self.c(final_c))')}`;
}

export function decoderModule(): string {
  return `class Decoder(nn.Module):
    """One step: word vectors [B, E] and a context [B, De] to states [B, Hd]."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(TARGET_VOCABULARY, EMBEDDING)
        self.lstm = nn.LSTM(EMBEDDING + ANNOTATION, DECODER_HIDDEN, batch_first=True)

    def forward(self, y, context, s, c):
        _, (s, c) = self.lstm(torch.cat([y, context], 1).unsqueeze(1), (s.unsqueeze(0), c.unsqueeze(0)))
        return s[0], c[0]`;
}
