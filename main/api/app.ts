import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { appRoot } from '../library/paths.ts';
import type { Answers, ApiContext } from './context.ts';

const packageSchema = z.object({ version: z.string() });

export const appAnswers = ({ shell }: ApiContext): Answers<'app.info'> => ({
  'app.info': async () => {
    const text = await readFile(join(appRoot, 'package.json'), 'utf8');
    return { version: packageSchema.parse(JSON.parse(text)).version, shell };
  },
});
