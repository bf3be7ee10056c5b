/**
 * Writes a PyTorch program for one trained model: the modules with the names of `MODEL.md`, so that the weights load as they are, a
 * greedy decoding, and a check against what the page computed. It needs torch alone, from version 1.13 on.
 */

import { annotationSizeOf, type ModelShape } from '../parameters.ts';
import { attentionModule } from './attention.ts';
import { translatorModules } from './modules.ts';
import { readingPart, translatingPart } from './usage.ts';

/** What a program needs to know beside the sizes of its model. */
export interface TorchSubject {
  readonly shape: ModelShape;
  /** What the model is, in a few words: the task. */
  readonly title: string;
  readonly step: number;
  /** False where every target has `maxTarget` tokens. */
  readonly hasEndSymbol: boolean;
  /** Most tokens of a translation. */
  readonly maxTarget: number;
  /** What sentences are cut into. */
  readonly unit: { readonly source: 'words' | 'characters'; readonly target: 'words' | 'characters' };
  /** A sentence as an argument of the program. */
  readonly example: string;
  /** Files beside the program. */
  readonly weightsFile: string;
  readonly expectedFile: string;
}

/** The program as text. */
export function torchScript(subject: TorchSubject): string {
  return [
    head(subject),
    translatorModules(subject),
    attentionModule(subject.shape),
    translatingPart(subject),
    readingPart(subject),
  ].join('\n\n\n');
}

function head({ shape, title, step, hasEndSymbol, maxTarget, unit, example, weightsFile, expectedFile }: TorchSubject) {
  const { embedding, hidden, layers, bidirectional, decoderHidden, attention, readout, score, placement } = shape;
  const pieces =
    unit.source === 'words' ? 'source tokens, separated by spaces' : 'the source text, its case as in the data';
  return `#!/usr/bin/env python3
"""${title}: a model that Heed trained for ${step} steps, in PyTorch.

    python3 translate.py --check          compares translations and attention with those of the page
    python3 translate.py ${example}
                                          translates; takes ${pieces}, and "-v" for the attention

Needs PyTorch 1.13 or newer and nothing else. Translator is an nn.Module like any other: load() returns it with its weights, and
its forward() is what a training of your own needs. Shapes in comments: B batch, S source and T target length, E embedding,
H units of the encoder a direction, De of an annotation, Hd of the decoder, A attention, R readout, V target vocabulary.
"""

import json
import struct
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

HERE = Path(__file__).resolve().parent
WEIGHTS, EXPECTED = HERE / "${weightsFile}", HERE / "${expectedFile}"
PAD, BOS, EOS, UNK = range(4)

SOURCE_VOCABULARY, TARGET_VOCABULARY = ${shape.sourceVocabulary}, ${shape.outputs}  # with the four special symbols
EMBEDDING = ${embedding}  # E
HIDDEN, LAYERS, DIRECTIONS = ${hidden}, ${layers}, ${bidirectional ? 2 : 1}  # H
ANNOTATION = ${annotationSizeOf(shape)}  # De = H in each direction
DECODER_HIDDEN = ${decoderHidden}  # Hd
${score === 'additive' ? `ATTENTION = ${attention}  # A\n` : ''}READOUT = ${readout}  # R
MAX_TARGET = ${maxTarget}  # ${hasEndSymbol ? 'longest translation, if it never comes to its end' : 'every translation has so many tokens, so none needs an end symbol'}
# Score: ${score}. ${placement === 'before' ? 'Attention before each step of the decoder (Bahdanau 2015).' : 'Attention after each step of the decoder, its context fed to the next one (Luong 2015).'}`;
}

/** A part of the program that some models have. */
export const when = (isThere: boolean, text: string): string => (isThere ? text : '');
