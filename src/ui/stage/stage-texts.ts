/** What the boxes of the schematic are called, and what they do, in the family of the task. */

import { type Config, familyOf } from '../../model/config.ts';
import type { SchematicStage, StageText, Strings } from '../strings/strings.ts';

export const stageTexts = (
  { schematic, picture }: Strings,
  { task }: Pick<Config, 'task'>,
): Readonly<Record<SchematicStage, StageText>> =>
  familyOf(task) === 'reader' ? { ...schematic.stages, ...picture.stages } : schematic.stages;
