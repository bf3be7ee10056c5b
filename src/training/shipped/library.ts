/** The models that ship with the page, in the folder that `npm run ship` writes. */

import { type Config, defaultConfig, FIELD_NAMES } from '../../model/config.ts';
import MODELS from './models.json';
import { decodeShipped, type ShippedModel } from './shipped-model.ts';

/** Sizes in bytes of the models that there are, by task. */
const SIZES: Readonly<Record<string, number>> = MODELS;

const isSame = (a: Config, b: Config): boolean => FIELD_NAMES.every((name) => a[name] === b[name]);

/** True where a model may ship with these settings: those that its task starts with. */
export const mayShip = (config: Config): boolean =>
  Object.hasOwn(SIZES, config.task) && isSame(config, defaultConfig(config.task));

/**
 * Loads the model that ships with these settings from the folder's address.
 * @returns null where there is none, and where it can't be had: then the page shows a model that has learned nothing yet
 */
export async function loadShipped(folder: string, config: Config, signal: AbortSignal): Promise<ShippedModel | null> {
  if (!mayShip(config)) return null;
  try {
    const response = await fetch(new URL(`${config.task}.safetensors`, folder), { signal });
    if (!response.ok) return null;
    const model = decodeShipped(new Uint8Array(await response.arrayBuffer()));
    return isSame(model.checkpoint.config, config) ? model : null;
  } catch {
    return null;
  }
}
