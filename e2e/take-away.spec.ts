/** What leaves the page as a file: the picture on the stage, the curves, the model. */

import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Download, Page } from 'playwright/test';
import { cells, expect, open, test, trainFor } from './heed.ts';

const CPU = 'executor=cpu';

/** Opens the list, which is ready when its sizes are known. */
async function openList(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Take away', exact: true }).click();
  await expect(page.getByRole('button', { name: /^ONNX: .*, [\d.,]+\s[kM]?B$/ })).toBeVisible();
}

async function save(page: Page, name: RegExp): Promise<{ readonly fileName: string; readonly bytes: Buffer }> {
  const waiting: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const download = await waiting;
  const fileName = download.suggestedFilename();
  await expect(page.getByRole('status').filter({ hasText: `Saved ${fileName}` })).toBeVisible();
  return { fileName, bytes: readFileSync(await download.path()) };
}

const lines = (bytes: Buffer): string[][] =>
  bytes
    .toString('utf8')
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

test('the heatmap leaves as a drawing, as pixels and as numbers', async ({ page }) => {
  await open(page, CPU);
  const words = await page.getByRole('columnheader').allTextContents();
  await openList(page);

  const svg = await save(page, /^SVG/);
  expect(svg.fileName).toBe('heed-phrases-step0-attention.svg');
  const drawing = svg.bytes.toString();
  for (const word of words) expect(drawing).toContain(`>${word}</text>`);
  expect(drawing).toContain('<title>');
  expect(drawing).toContain('step 0');

  const { bytes: png } = await save(page, /^PNG/);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const width = Number(/ width="(\d+)"/.exec(drawing)?.[1]);
  expect(png.readUInt32BE(16)).toBe(2 * width);

  const [header = [], ...rows] = lines((await save(page, /^CSV: every weight/)).bytes);
  expect(header).toEqual(['', ...words]);
  expect(rows.length * words.length).toBe(await cells(page).count());
  for (const [, ...weights] of rows) expect(weights.reduce((sum, weight) => sum + Number(weight), 0)).toBeCloseTo(1, 5);
});

test('the curves leave with their units, once there are any', async ({ page }) => {
  await open(page, CPU);
  await openList(page);
  await expect(page.getByRole('button', { name: 'CSV: Curves begin with the first step.' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await trainFor(page, 5);
  await openList(page);
  const { fileName, bytes } = await save(page, /^CSV: every curve/);
  expect(fileName).toMatch(/^heed-phrases-step\d+-meters\.csv$/);
  const [header = [], ...rows] = lines(bytes);
  expect(header).toContain('training loss mean (nats/token)');
  expect(header).toContain('rate stepsPerSecond (steps/s)');
  expect(Number(rows.at(-1)?.[0])).toBeGreaterThanOrEqual(5);
});

test('the model leaves as weights, for PyTorch and for onnxruntime', async ({ page }) => {
  await open(page, CPU);
  await openList(page);
  const weights = await save(page, /^safetensors/);
  const length = Number(weights.bytes.readBigUInt64LE(0));
  const header = JSON.parse(weights.bytes.subarray(8, 8 + length).toString());
  expect(header['encoder.lstm.weight_ih_l0_reverse']).toMatchObject({ dtype: 'F32', shape: [32, 8] });
  expect(Object.keys(header).filter((name) => name.startsWith('heed.'))).toEqual([]);

  const torch = await save(page, /^PyTorch/);
  const folder = torch.fileName.replace('.zip', '');
  const files = unzipSync(torch.bytes);
  expect(Object.keys(files).sort()).toEqual(
    ['expected.json', 'model.safetensors', 'translate.py'].map((name) => `${folder}/${name}`),
  );
  expect(Buffer.from(files[`${folder}/translate.py`] ?? []).toString()).toContain('class Translator(nn.Module):');
  expect(Buffer.from(files[`${folder}/model.safetensors`] ?? []).equals(weights.bytes)).toBe(true);

  const onnx = await save(page, /^ONNX/);
  expect(onnx.bytes.length).toBeGreaterThan(weights.bytes.length / 2);
  expect(Object.keys(unzipSync(onnx.bytes)).map((name) => name.split('/')[1])).toEqual(
    expect.arrayContaining(['encoder.onnx', 'decoder.onnx', 'translate.py']),
  );
});

test('a list that was opened before there was anything to take fills itself', async ({ page }) => {
  await page.goto(`./#${CPU}`);
  await page.getByRole('button', { name: 'Take away', exact: true }).click();
  for (const name of [/^SVG: .*, [\d.,]+\s[kM]?B$/, /^ONNX: .*, [\d.,]+\s[kM]?B$/])
    await expect(page.getByRole('button', { name })).toBeEnabled({ timeout: 60_000 });
});

test('without attention there is no picture to take, and the list says so', async ({ page }) => {
  await open(page, `${CPU}&score=none`);
  await page.keyboard.press('e');
  await expect(page.getByRole('button', { name: 'SVG: This model has no attention.' })).toBeDisabled();
  await expect(page.getByRole('button', { name: /^PyTorch: .*kB$/ })).toBeEnabled();
});
