import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';
import { findPageRunner, testLaunchOptions } from '../src/cli/browser.mjs';

const PORT = 4273;

/** `npm test` serves a build of its own and says where; alone, the runner serves `dist`. */
const servedAt = process.env.E2E_URL;

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // A page spends half of its time waiting; two of them keep two cores busy, and have longer to answer.
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL: servedAt ?? `http://localhost:${PORT}/`,
    browserName: 'chromium',
    launchOptions: testLaunchOptions(findPageRunner()),
    actionTimeout: 30_000,
    // A build need not be kept by every test's browser; e2e/offline.spec.ts is about that.
    serviceWorkers: 'block',
    trace: 'off',
    screenshot: 'off',
    video: 'off',
  },
  ...(servedAt
    ? {}
    : {
        webServer: {
          command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${PORT} --strictPort`,
          cwd: fileURLToPath(new URL('..', import.meta.url)),
          url: `http://localhost:${PORT}/`,
          timeout: 120_000,
        },
      }),
});
