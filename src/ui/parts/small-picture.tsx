/** A picture that is the source of a reading, drawn from its cells; beside it stands what it is, in words. */

import '../styles/picture.css';
import { useEffect, useMemo, useRef } from 'react';
import { pictureOf } from '../../lib/picture-cells.ts';
import type { SamplePair } from '../../training/protocol.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { paintPicture, weightPaint } from '../../viz/picture-paint.ts';
import type { Strings } from '../strings/strings.ts';
import { useTheme } from '../theme.ts';

/** The name of a source sentence: its text, or what is written in the picture. */
export const sourceName = (
  { source, sourceText, targetText }: Pick<SamplePair, 'source' | 'sourceText' | 'targetText'>,
  strings: Strings,
): string => (pictureOf(source) ? strings.picture.of(targetText) : sourceText);

/** A whole sentence as it is spoken; for a picture that it is one. */
export const sentenceName = (tokens: readonly string[], strings: Strings): string =>
  pictureOf(tokens) ? strings.picture.name : tokens.join(' ');

export interface SmallPictureProps {
  readonly tokens: readonly string[];
  readonly label: string;
}

export function SmallPicture({ tokens, label }: SmallPictureProps) {
  const theme = useTheme();
  const element = useRef<HTMLCanvasElement>(null);
  const picture = useMemo(() => pictureOf(tokens), [tokens]);
  useEffect(() => {
    const context = element.current?.getContext('2d');
    if (!context || !picture) return;
    const image = context.createImageData(picture.width, picture.height);
    paintPicture(picture, weightPaint(null, attentionScale(theme)), image.data);
    context.putImageData(image, 0, 0);
  }, [picture, theme]);
  if (!picture) return null;
  return (
    <canvas
      ref={element}
      className="small-picture"
      width={picture.width}
      height={picture.height}
      role="img"
      aria-label={label}
    />
  );
}
