/** What the page asks for and waits for: each request is answered beside the training, an error being an answer as well. */

import { assertNever } from '../lib/assert-never.ts';
import { reportError, SentenceError } from '../lib/errors.ts';
import { isDeviceFault } from '../lib/fault-ladder.ts';
import type { Importing } from './importing.ts';
import type { Keeper } from './keeping/keeper.ts';
import type { Command, Event } from './protocol.ts';
import type { RaceHost } from './race/race-host.ts';
import type { Run } from './run.ts';
import type { RunHost } from './run-host.ts';
import type { TrainingLoop } from './training-loop.ts';

/** Characters beyond which a sentence is not even tokenised. */
const MAX_SENTENCE_CHARACTERS = 2000;

/** Commands that are answered and leave the run as it is. */
export type Request = Extract<
  Command,
  {
    type: 'import' | 'choose-pairs' | 'shelf' | 'curves' | 'race' | 'translate' | 'evaluate' | 'ask' | 'checkpoint';
  }
>;

export interface RequestsOptions {
  readonly emit: (event: Event, transfer?: Transferable[]) => void;
  readonly importer: Importing;
  readonly keeper: Keeper;
  readonly races: RaceHost;
  readonly host: RunHost;
  readonly loop: TrainingLoop;
}

/** Answers requests in whatever order their answers come about. */
export class Requests {
  constructor(private readonly options: RequestsOptions) {}

  /** Answers with the event that the command names, or with `rejected`. */
  async answer(command: Request): Promise<void> {
    const { emit } = this.options;
    const { request } = command;
    try {
      await this.#answer(command);
    } catch (error) {
      emit({ type: 'rejected', request, error: reportError(error) });
    }
  }

  async #answer(command: Request): Promise<void> {
    const { emit, importer, keeper, races, host, loop } = this.options;
    const { request } = command;
    switch (command.type) {
      case 'import': {
        const imported = await importer.read(command.files, command.encoding);
        emit({ type: 'imported', request, imported });
        return;
      }
      case 'choose-pairs': {
        const preview = await importer.choose(command.choice);
        emit({ type: 'previewed', request, preview });
        return;
      }
      case 'shelf': {
        await host.settled();
        const shelf = await keeper.act(command.action, async () => loop.openRun().save());
        emit({ type: 'shelf', request, shelf });
        return;
      }
      case 'curves': {
        const found = await keeper.find({ kind: 'saved', id: command.id });
        emit({ type: 'curves', request, curves: found?.checkpoint.curves ?? null });
        return;
      }
      case 'race': {
        await host.settled();
        const race = await races.act(command.action);
        emit({ type: 'raced', request, race });
        return;
      }
      case 'translate':
        return this.#ofModel(async (run) => {
          const translation = await run.translate(sourceTokens(run, command.text));
          emit({ type: 'translated', request, step: run.trainer.step, translation });
        });
      case 'evaluate':
        return this.#ofModel(async (run) => {
          const pairs = command.split === 'test' ? run.corpus.test : run.corpus.validation;
          const evaluation = await run.evaluate(pairs, command.limit, () => run !== loop.run);
          if (evaluation) emit({ type: 'evaluated', request, evaluation });
        });
      case 'ask':
        return this.#ofModel(async (run) => {
          const answer = await run.explorer.answer(command.question);
          emit({ type: 'answered', request, answer });
        });
      case 'checkpoint':
        return this.#ofModel(async (run) => {
          const { fileName, bytes } = await run.checkpoint();
          emit({ type: 'checkpointed', request, fileName, bytes }, [bytes.buffer]);
        });
      default:
        assertNever(command);
    }
  }

  /** What is asked of the model is asked of whatever run has it: where its device fails meanwhile, of the one that goes on. */
  async #ofModel(body: (run: Run) => Promise<void>): Promise<void> {
    const { host, loop } = this.options;
    await host.settled();
    const run = loop.openRun();
    try {
      await run.answering(body(run));
    } catch (error) {
      if (!isDeviceFault(error)) throw error;
      host.fault(run, error);
      await host.settled();
      if (!loop.run) throw error;
      await body(loop.run);
    }
  }
}

/** @throws SentenceError for a sentence without words, or with more than the model reads */
function sourceTokens(run: Run, text: string): readonly string[] {
  const tokens = text.length > MAX_SENTENCE_CHARACTERS ? null : run.corpus.tokenizeSource(text);
  if (tokens && tokens.length === 0) throw new SentenceError('empty', 'the sentence has no words');
  if (!tokens || tokens.length > run.maxSourceTokens)
    throw new SentenceError(
      'too-long',
      `the sentence has ${tokens ? `${tokens.length} tokens` : `${text.length} characters`}, at most ${run.maxSourceTokens} tokens fit`,
    );
  return tokens;
}
