/** As the journeys run, but what comes out are pictures. */
import {defineConfig} from '@playwright/test';
import journeys from '../../playwright.config.ts';

export default defineConfig({...journeys, testDir: '.', testMatch: 'shots.ts', outputDir: '../../test-results/shots', timeout: 180_000, reporter: 'list', use: {...journeys.use, actionTimeout: 90_000}});
