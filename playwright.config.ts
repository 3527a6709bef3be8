/** Journeys through the production build in Chromium. `dist` and `dist-cli` must be built. */
import {defineConfig} from '@playwright/test';
import {chromiumPath} from './.ci/chromium.mjs';

const executablePath = chromiumPath();

export default defineConfig({
  testDir: 'e2e/journeys',
  outputDir: 'test-results',
  timeout: 60_000,
  workers: 2,
  forbidOnly: true,
  use: {
    viewport: {width: 1600, height: 900},
    locale: 'en-US',
    colorScheme: 'light',
    // Each test meets the page for the first time; offline.spec.ts lets them work.
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath ? {executablePath} : {}),
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
