/** The modules of the PyTorch program but for the attention, whose scores differ from model to model. */

import type { TorchSubject } from './script.ts';

/** Encoder, bridge and decoder; the names of their parameters are those of `MODEL.md`. */
export function translatorModules({ shape }: TorchSubject): string {
  const states = shape.bidirectional
    ? 'torch.cat([h[-2], h[-1]], 1), torch.cat([c[-2], c[-1]], 1)  # forward at the end, backward at the start'
    : 'h[-1], c[-1]';
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
        return annotations, ${states}


class Bridge(nn.Module):
    """From the encoder's last states [B, De] to the decoder's first ones [B, Hd]."""

    def __init__(self):
        super().__init__()
        self.h = nn.Linear(ANNOTATION, DECODER_HIDDEN)
        self.c = nn.Linear(ANNOTATION, DECODER_HIDDEN)

    def forward(self, final_h, final_c):
        return torch.tanh(self.h(final_h)), torch.tanh(self.c(final_c))


class Decoder(nn.Module):
    """One step of the decoder: word vectors [B, E] and a context [B, De] to states [B, Hd]."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(TARGET_VOCABULARY, EMBEDDING)
        self.lstm = nn.LSTM(EMBEDDING + ANNOTATION, DECODER_HIDDEN, batch_first=True)

    def forward(self, y, context, s, c):
        _, (s, c) = self.lstm(torch.cat([y, context], 1).unsqueeze(1), (s.unsqueeze(0), c.unsqueeze(0)))
        return s[0], c[0]`;
}
