/** As the journeys run, but with captures that take long to make and to read, one after the other. */
import {defineConfig} from '@playwright/test';
import journeys from '../../playwright.config.ts';

export default defineConfig({...journeys, testDir: '.', outputDir: '../../test-results/big', timeout: 600_000, workers: 1, reporter: 'list'});
