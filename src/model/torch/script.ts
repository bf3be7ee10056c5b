/**
 * Writes a PyTorch program for one trained model: the modules with the names of `MODEL.md`, so that the weights load as they are,
 * its use, and a check against what the page computed. It needs torch alone, from version 1.13 on.
 */

import { annotationSizeOf, type ModelShape } from '../parameters.ts';
import { attentionModule } from './attention.ts';
import { classifierModule, classifyFunction } from './classifier.ts';
import { bridgeModule, decoderModule, encoderModule } from './modules.ts';
import { pictureConstants, pictureEncoderModule, pictureFunctions } from './picture.ts';
import { translateFunction, translatorModule } from './translator.ts';
import { readingPart, usingPart } from './usage.ts';

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

/** A part of the program that some models have. */
export const when = (isThere: boolean, text: string): string => (isThere ? text : '');

/** Whether the model uses the encoder's last state as its context: without attention, and where attention comes too late. */
export const readsFinal = ({ score, placement }: ModelShape): boolean => score === 'none' || placement === 'too-late';

/** The program as text. */
export function torchScript(subject: TorchSubject): string {
  const { shape } = subject;
  const isReader = shape.kind === 'reader';
  const parts =
    shape.kind === 'classifier'
      ? [encoderModule(shape), bridgeModule(shape), attentionModule(shape), classifierModule(shape)]
      : [
          isReader ? pictureEncoderModule(shape) : encoderModule(shape),
          bridgeModule(shape),
          decoderModule(),
          attentionModule(shape),
          translatorModule(subject),
        ];
  const functions = [
    readingPart(shape),
    ...(isReader ? [pictureFunctions()] : []),
    shape.kind === 'classifier' ? classifyFunction(shape) : translateFunction(subject),
    usingPart(subject),
  ];
  return [head(subject), ...parts, ...functions].join('\n\n\n');
}

const PLACED = {
  before: 'Attention before each step of the decoder (Bahdanau 2015).',
  after: 'Attention after each step of the decoder, its context fed to the next one (Luong 2015).',
  'too-late': 'Attention when the word is written already: its context is used for nothing.',
} as const;

function head({ shape, title, step, hasEndSymbol, maxTarget, unit, example, weightsFile, expectedFile }: TorchSubject) {
  const [isClassifier, isReader] = [shape.kind === 'classifier', shape.kind === 'reader'];
  const pieces =
    unit.source === 'words' ? 'source tokens, separated by spaces' : 'the source text, its case as in the data';
  const longest = hasEndSymbol
    ? 'tokens of a translation that never comes to its end'
    : 'tokens of every translation, so that none needs an end symbol';
  return `#!/usr/bin/env python3
"""${title}: a model that Heed trained for ${step.toLocaleString('en')} steps, in PyTorch.

    python3 translate.py --check    compares what it computes with what the page computed
    python3 translate.py ${example}
                                    ${isClassifier ? 'names the class' : isReader ? 'reads' : 'translates'}; takes ${pieces};
                                    with -v also says where it looks

Needs PyTorch 1.13 or newer and nothing else. ${isClassifier ? 'Classifier' : 'Translator'} is an nn.Module like any other: load() returns it with its weights, and
forward() is what a training of your own needs. Shapes in comments: B batch, S source${when(!isClassifier, ' and T target')} length, E embedding,
${when(!isReader, 'H units of the encoder in a direction, ')}De size of an annotation, Hd of ${isClassifier ? 'the query' : "the decoder's state"}, A attention, R readout,
${isClassifier ? 'K classes' : 'V words of the target vocabulary'}.
"""

${when(isReader, 'import base64\n')}import json
import struct
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F
${when(!isReader, 'from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence\n')}
HERE = Path(__file__).resolve().parent
WEIGHTS, EXPECTED = HERE / "${weightsFile}", HERE / "${expectedFile}"
PAD, BOS, EOS, UNK = range(4)

${shape.picture ? pictureConstants(shape.picture) : `SOURCE_VOCABULARY = ${shape.sourceVocabulary}  # with the four special symbols\n`}${isClassifier ? `CLASSES = ${shape.outputs}  # K; their names come after four special symbols in the target vocabulary` : `TARGET_VOCABULARY = ${shape.outputs}  # V`}
EMBEDDING = ${shape.embedding}  # E
${when(!isReader, `HIDDEN, LAYERS, DIRECTIONS = ${shape.hidden}, ${shape.layers}, ${shape.bidirectional ? 2 : 1}  # H\n`)}ANNOTATION = ${annotationSizeOf(shape)}  # De${isReader ? ', channels of the last convolution' : ' = H in every direction'}
DECODER_HIDDEN = ${shape.decoderHidden}  # Hd
${when(shape.score === 'additive', `ATTENTION = ${shape.attention}  # A\n`)}READOUT = ${shape.readout}  # R
${when(!isClassifier, `MAX_TARGET = ${maxTarget}  # ${longest}\n`)}# Score: ${shape.score}. ${isClassifier ? 'One query, made of the last state of the encoder.' : PLACED[shape.placement]}`;
}
