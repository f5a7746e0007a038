import { expect, test } from 'vitest';
import { reportText } from '../../../main/jobs/batch-report.ts';
import type { Job } from '../../../preload/contract.ts';

const job = (facts: Partial<Job>): Job => ({
  id: '',
  kind: 'save',
  picture: '',
  file: '/a.jpg',
  state: 'done',
  progress: 1,
  ...facts,
});

test('a report says of every save where it went, or why it did not', () => {
  const text = reportText([
    job({ kind: 'preview' }),
    job({ output: '/a-denoised.jpg', note: 'It was done again on the CPU.' }),
    job({ file: '/b.jpg', state: 'failed', reason: 'The disk is full.' }),
    job({ file: '/c.jpg', state: 'cancelled' }),
    job({ file: '/d.jpg', state: 'queued' }),
  ]);
  expect(text.split('\n')).toEqual([
    '1 saved, 1 failed, 1 cancelled',
    '/a.jpg: /a-denoised.jpg (It was done again on the CPU.)',
    '/b.jpg: failed: The disk is full.',
    '/c.jpg: cancelled',
    '',
  ]);
});
