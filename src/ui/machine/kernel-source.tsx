/** The text of a kernel, with line numbers and a little colour. */

import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useFormat, useStrings } from '../context.ts';
import { entryLine, tokenize } from './wgsl-tokens.ts';

/** How long the button says what became of the copy, ms. */
const SAID_MS = 2000;

export interface KernelSourceProps {
  readonly wgsl: string;
  readonly entry: string;
  readonly label: string;
}

export function KernelSource({ wgsl, entry, label }: KernelSourceProps) {
  const { machine } = useStrings();
  const format = useFormat();
  const { source } = machine;
  const [isOpen, setOpen] = useState(true);
  const lines = useMemo(() => wgsl.replace(/\n$/, '').split('\n'), [wgsl]);
  return (
    <div className="machine-source">
      <div className="machine-source-bar">
        <h3>
          <button type="button" className="text-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {source.title(format.integer(lines.length))}
          </button>
        </h3>
        <code>{source.entry(entry)}</code>
        <CopyButton text={wgsl} />
      </div>
      {isOpen && <Lines lines={lines} entry={entry} label={label} />}
    </div>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const { machine } = useStrings();
  const { source } = machine;
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(source.copied);
    } catch {
      setSaid(source.notCopied);
    }
  };
  return (
    <button type="button" className="toggle" aria-live="polite" onClick={copy}>
      {said ?? source.copy}
    </button>
  );
}

interface LinesProps {
  readonly lines: readonly string[];
  readonly entry: string;
  readonly label: string;
}

/** The frame begins at the entry point; the shared functions stand above it. */
const Lines = memo(function Lines({ lines, entry, label }: LinesProps) {
  const { machine } = useStrings();
  const frame = useRef<HTMLElement>(null);
  const at = entryLine(lines, entry);
  useEffect(() => {
    const line = frame.current?.querySelectorAll<HTMLElement>('.line')[Math.max(0, at - 2)];
    if (frame.current && line) frame.current.scrollTop = line.offsetTop - frame.current.offsetTop;
  }, [at]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls has to be reachable by keyboard
    <section ref={frame} className="machine-code" aria-label={machine.source.label(label)} tabIndex={0}>
      <pre style={{ '--digits': String(lines.length).length } as React.CSSProperties}>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the text
          <span key={i} className={`line ${i === at ? 'entry' : ''}`} data-line={i + 1}>
            {tokenize(line).map(({ kind, text }, j) =>
              kind === 'plain' ? (
                text
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the line
                <span key={j} className={kind}>
                  {text}
                </span>
              ),
            )}
            {'\n'}
          </span>
        ))}
      </pre>
    </section>
  );
});
