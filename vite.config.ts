import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { collectLicences } from './src/cli/licences.mjs';
import { writeServiceWorker } from './src/cli/offline.mjs';
import { compileSimd } from './src/cli/simd.mjs';

/** What the built page may load: its own files, nothing else. The development server needs inline scripts. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // Compiling WebAssembly is not evaluating text, but without this a browser refuses both.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ');

const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

/** Loaded only for tests, so that a build drives no browser. */
const browserProvider = async () => {
  const { playwright } = await import('@vitest/browser-playwright');
  const { findPageRunner, testLaunchOptions } = await import('./src/cli/browser.mjs');
  return playwright({ launchOptions: testLaunchOptions(findPageRunner()) });
};

const licences = collectLicences();

export default defineConfig(
  async (): Promise<ViteUserConfig> => ({
    base: './',
    plugins: [react(), compileSimd(), contentSecurityPolicy, licences.page, writeServiceWorker()],
    worker: { format: 'es', plugins: () => [compileSimd(), ...licences.worker()] },
    build: { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
    test: {
      projects: process.env.VITEST
        ? [
            {
              extends: true,
              test: {
                name: 'unit',
                environment: 'node',
                include: ['src/**/*.test.{ts,tsx}'],
                exclude: ['src/**/*.gpu.test.ts'],
                testTimeout: 60_000,
                setupFiles: ['src/testing/seeded-draws.ts'],
              },
            },
            {
              extends: true,
              // Found while the tests run, a dependency would reload the page under them.
              optimizeDeps: { include: ['d3', 'fast-check', 'valibot', 'webgpu-utils'] },
              test: {
                name: 'gpu',
                include: ['src/**/*.gpu.test.ts'],
                fileParallelism: false,
                testTimeout: 120_000,
                hookTimeout: 60_000,
                browser: {
                  enabled: true,
                  headless: true,
                  ui: false,
                  connectTimeout: 180_000,
                  screenshotFailures: false,
                  provider: await browserProvider(),
                  instances: [{ browser: 'chromium' }],
                },
              },
            },
          ]
        : [],
    },
  }),
);
