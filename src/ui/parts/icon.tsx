/** Small line icons, drawn on a 16 by 16 grid; decoration only, the words stand beside them or in a label. */

const PATHS = {
  play: 'M4.5 2.8v10.4L13 8z',
  pause: 'M4.2 3h2.6v10H4.2zM9.2 3h2.6v10H9.2z',
  step: 'M3.5 3.2v9.6L10 8zM11.2 3h1.6v10h-1.6z',
  back: 'M12.5 3.2v9.6L6 8zM3.2 3h1.6v10H3.2z',
  mark: 'M4.5 2.8h7v10.4L8 10.4l-3.5 2.8z',
  reset: 'M8 3.2A4.8 4.8 0 1 1 3.6 6.1M3.2 2.6v3.8H7',
  link: 'M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.4 6.6a2.6 2.6 0 0 0-3.7 0L3.4 8.9a2.6 2.6 0 0 0 3.7 3.7l.9-.9',
  keyboard: 'M1.8 4.2h12.4v7.6H1.8zM4.2 6.6h.1M6.7 6.6h.1M9.2 6.6h.1M11.7 6.6h.1M5 9.4h6',
  system: 'M8 2.4a5.6 5.6 0 1 0 0 11.2zM8 2.4a5.6 5.6 0 0 1 0 11.2',
  light:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.6v1.6M8 12.8v1.6M1.6 8h1.6M12.8 8h1.6M3.5 3.5l1.1 1.1M11.4 11.4l1.1 1.1M3.5 12.5l1.1-1.1M11.4 4.6l1.1-1.1',
  dark: 'M12.9 9.7A5.4 5.4 0 0 1 6.3 3.1a5.4 5.4 0 1 0 6.6 6.6z',
  size: 'M1.8 12.4l2.6-6.6 2.6 6.6M2.7 10.2h3.4M7.4 12.4l3.4-9 3.4 9M8.5 9.4h4.6',
  lessons: 'M2 3.4c2.2-.6 4.2-.4 6 .9 1.8-1.3 3.8-1.5 6-.9v9c-2.2-.6-4.2-.4-6 .9-1.8-1.3-3.8-1.5-6-.9zM8 4.3v9',
  hidden: 'M2 8c1.6-2.6 3.6-3.9 6-3.9S12.4 5.4 14 8c-1.6 2.6-3.6 3.9-6 3.9S3.6 10.6 2 8zM3 13L13 3',
  tick: 'M3 8.6l3.2 3.2L13 4.6',
  runs: 'M2.4 3.2h11.2v3H2.4zM3.4 6.2v6.6h9.2V6.2M6.4 8.6h3.2',
  download: 'M8 2.4v7.6M4.8 7L8 10.2 11.2 7M2.8 12.9h10.4',
  chevron: 'M6 4l4 4-4 4',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

/** Icons that are shapes rather than lines; `system` is half filled. */
const FILLED: ReadonlySet<string> = new Set(['play', 'pause', 'step', 'back']);

export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  const isFilled = FILLED.has(name);
  return (
    <svg
      className="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      fill={isFilled ? 'currentColor' : 'none'}
      stroke={isFilled ? 'none' : 'currentColor'}
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
      {name === 'system' && <path d="M8 2.4a5.6 5.6 0 1 0 0 11.2z" fill="currentColor" stroke="none" />}
    </svg>
  );
}
