import { describe, expect, it } from 'vitest';
import { defaultConfig, FIELDS } from '../../model/config.ts';
import { foreignWords } from '../../testing/names.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

type Tables = Readonly<Record<string, unknown>>;
const ENGLISH: Readonly<Record<string, Tables>> = import.meta.glob(['./**/en*.ts', '!./*.test.ts'], { eager: true });
const CHINESE: Readonly<Record<string, Tables>> = import.meta.glob('./**/zh*.ts', { eager: true });

/** Stands in for any argument: prints as a number, can be called, is a list of one, and has every other property. */
function anything(number: number): unknown {
  const text = String(number);
  const list: Readonly<Record<string | symbol, unknown>> = {
    [Symbol.toPrimitive]: (hint: string) => (hint === 'number' ? number : text),
    [Symbol.iterator]: () => [text][Symbol.iterator](),
    length: number,
    map: (f: (item: string, index: number) => unknown) => [f(text, 0)],
    slice: () => [text],
    filter: () => [text],
    ...Object.fromEntries(
      ['join', 'trim', 'toFixed', 'toLocaleString', 'toLowerCase', 'toUpperCase'].map((name) => [name, () => text]),
    ),
  };
  const proxy: unknown = new Proxy(() => proxy, { get: (_, key) => (key in list ? list[key] : proxy) });
  return proxy;
}

const choice = { strategy: 'wide', rows: 2, lanes: 128 };
const rule = { ...choice, reason: { kind: 'rule', isSoftware: false, hidden: 64, batch: 32 } };
const measured = {
  kind: 'measured',
  isRuleConfirmed: true,
  rival: choice,
  gain: 1.3,
  measured: 6,
  isRemembered: false,
};
const configs = (FIELDS.score.kind === 'choice' ? FIELDS.score.options : []).map((score) => [
  { ...defaultConfig('phrases'), score },
]);
const recoveries = ['lost', 'stuck', 'error', 'memory', 'self-test', 'worker'].map((cause, i) => ({
  cause,
  onto: i % 2 ? 'cpu' : 'webgpu',
  repeatedSteps: i,
  isGpuGone: i === 2,
  isReturning: i === 1,
}));

/** A run with its figures, in a list of one. */
const named = (isScore: boolean) => [{ name: '3', label: '3', value: '3', first: '3', last: '3', isScore }];

/** Arguments of the functions that tell cases apart, by file and path. */
const ARGUMENTS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'access.beamNode': ['way', 'kept', 'pruned'].map((fate) => [1, '3', '3', fate]),
  'compare.race.nameOf': [[named(true)], [named(false)], [[]]],
  'compare.lengths.point': [['3', '3', named(true)]],
  'compare.lengths.summary': [['3', named(true)]],
  'data.busy': ['reading', 'parsing', 'selecting'].map((phase) => [phase, '3 %']),
  'data.dropped': ['too-long', 'empty-side', 'duplicate', 'unreadable'].map((kind) => [kind, '3']),
  'explains.reading.agree': ['close', 'partly', 'hardly'].map((closeness) => ['a', 'b', closeness, '3', '3', '3']),
  'explains.reading.yardstick': [
    ['close', true, '3'],
    ['close', false, '3'],
    ['hardly', true, '3'],
  ],
  'faults.recovered': recoveries.map((recovery) => [recovery, '3', '3']),
  'faults.diverged': ['non-finite', 'absurd', 'risen'].map((kind) => [
    { breakdown: { kind } },
    { step: '3', backTo: '1', loss: '3', rate: '3' },
  ]),
  'faults.whyCpu': recoveries.map(({ cause }) => [cause, '3']),
  'lstm.encoderLayer': ['forward', 'backward', null].map((direction) => [1, direction]),
  'runs.resumed': ['last', 'copy', 'saved', 'file'].map((kind) => [{ kind, name: null }, '3']),
  'strategy.running': [[choice], [{ ...choice, strategy: 'separate' }]],
  'strategy.why': [
    [rule],
    [{ ...rule, reason: { ...rule.reason, isSoftware: true } }],
    ...[
      { kind: 'asked' },
      { kind: 'no-choice' },
      measured,
      { ...measured, isRuleConfirmed: false },
      { ...measured, isRemembered: true, gain: 0.9 },
      { ...measured, rival: null },
    ].map((reason) => [{ ...choice, reason }]),
  ],
  'strategy.excluded': [[{ ...choice, problem: 'differs' }], [{ ...choice, problem: 'fails' }]],
  'page.model.why': [
    { kind: 'no-webgpu', problem: 'no-adapter', message: '3' },
    { kind: 'no-simd' },
    { kind: 'fault', cause: 'lost', message: '3' },
    { kind: 'software-adapter', adapter: '3' },
    { kind: 'measured', cpuMs: 1, webgpuMs: 20, isLeast: false, adapter: '3' },
    { kind: 'measured', cpuMs: 20, webgpuMs: 1, isLeast: false, adapter: '3' },
    { kind: 'measured', cpuMs: 1, webgpuMs: 20, isLeast: true, adapter: '3' },
  ].map((reason) => [reason, (name: string) => name]),
  'page.error': [
    'SentenceError',
    'ConfigError',
    'CorpusFormatError',
    'CheckpointFormatError',
    'DeviceUnavailableError',
    'DeviceLostError',
    'ShaderCompilationError',
    'SelfTestError',
    'AllocationError',
    'WorkerError',
    'Error',
  ].map((name) => [{ name, message: '3', details: { field: '3' } }, (field: string) => `${field}`]),
};

/** What may be empty: units of plain numbers, and formulas of what is not there. */
const MAY_BE_EMPTY = /\.unit$|\.formula\(/;
/** No words of people. */
const IS_NO_TEXT = /\.url$|^page\.language$|\.formula\(/;

const isTable = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Every text of a table by its path, functions called. */
function* texts(value: unknown, path: string, others: ReadonlySet<unknown>): Generator<readonly [string, unknown]> {
  if (typeof value === 'function') {
    const given =
      ARGUMENTS[path] ??
      (path.endsWith('.formula') ? configs : null) ??
      [1, 3].map((number) => Array.from({ length: 8 }, () => anything(number)));
    for (const [i, values] of given.entries()) {
      const said = value(...values);
      // One that hands its argument on.
      yield* texts(typeof said === 'function' ? `${said}` : said, `${path}(${i})`, others);
    }
  } else if (isTable(value)) {
    for (const [key, inner] of Object.entries(value))
      if (!others.has(inner)) yield* texts(inner, `${path}.${key}`, others);
  } else yield [path, value];
}

/** The tables of a language by file; those that are made of the page's words are made. A part of others is not said twice. */
function collect(files: Readonly<Record<string, Tables>>, page: unknown): Map<string, Map<string, unknown>> {
  const tables = Object.entries(files).flatMap(([file, module]) => {
    const name = file.slice(2).replace(/(^|\/)(en|zh)-?(.*)\.ts$/, '$1$3') || 'page';
    const exported = Object.entries(module).filter(([, value]) => isTable(value) || typeof value === 'function');
    return exported.map(
      ([key, value]) =>
        [
          exported.length > 1 ? `${name}${key.slice(2)}` : name,
          typeof value === 'function' ? value(page) : value,
        ] as const,
    );
  });
  const parts = tables.filter(([name]) => name !== 'page').map(([, table]) => table);
  const known = new Set<unknown>(parts.flatMap((part) => [part, ...Object.values(part).filter(isTable)]));
  return new Map(
    tables.map(([name, table]) => {
      const { classifier: _, ...own } = table;
      return [name, new Map(name === 'page' ? texts(own, name, known) : texts(table, name, new Set()))];
    }),
  );
}

const english = collect(ENGLISH, en);
const chinese = collect(CHINESE, zh);

describe('the tables of the languages', () => {
  it('have the same files', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each([...english.keys()])('have the same texts: %s', (name) => {
    expect([...(chinese.get(name)?.keys() ?? [])].sort()).toEqual([...(english.get(name)?.keys() ?? [])].sort());
  });

  it.each([
    ['English', english],
    ['Chinese', chinese],
  ])('say something everywhere, and no undefined: %s', (_, tables) => {
    const silent = [...tables.values()]
      .flatMap((table) => [...table])
      .filter(([path, text]) => {
        const isEmpty = typeof text !== 'string' || text.trim() === '';
        return isEmpty ? !MAY_BE_EMPTY.test(path) : /undefined|\bNaN\b|\[object/.test(text);
      });
    // A function listed here tells cases apart: give it arguments above.
    expect(silent).toEqual([]);
  });

  it('have no English in the Chinese one but names, units and formulas', () => {
    const left = [...chinese.values()]
      .flatMap((table) => [...table])
      .filter(([path, text]) => !IS_NO_TEXT.test(path) && foreignWords(String(text)).length > 0);
    expect(left).toEqual([]);
  });

  it('have Chinese where the English one has words', () => {
    const left = [...english].flatMap(([name, table]) =>
      [...table].filter(([path, text]) => {
        const other = String(chinese.get(name)?.get(path));
        return !IS_NO_TEXT.test(path) && foreignWords(String(text)).length > 0 && !/\p{Script=Han}/u.test(other);
      }),
    );
    expect(left).toEqual([]);
  });
});
