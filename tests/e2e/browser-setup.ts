/** Finds or installs the browser once, before the first window test. */
import type { TestProject } from 'vitest/node';
import { provideBrowser } from './browser.ts';

export default function setup(project: TestProject): void {
  const found = provideBrowser((line) => process.stderr.write(`${line}\n`));
  project.provide('browser', found);
}
