import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../main/cli/program.ts';
import { nearestForm, usageOf } from '../../../main/cli/usage.ts';

/** What a wrong command line prints, and how it ends. */
async function mistake(args: string[]): Promise<{ printed: string; error: CommanderError }> {
  const printed: string[] = [];
  const original = process.stderr.write;
  process.stderr.write = (text: string | Uint8Array) => printed.push(String(text)) > 0;
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { printed: printed.join(''), error };
    throw error;
  } finally {
    process.stderr.write = original;
  }
  throw new Error(`"${args.join(' ')}" was taken as right.`);
}

describe('wrong usage', () => {
  it.each([
    [['denoise', 'a.jpg', '--sigma', '76'], '--sigma takes 0..75, not "76"'],
    [['denoise', 'a.jpg', '--sigma', '-1'], '--sigma takes 0..75, not "-1"'],
    [['denoise', 'a.jpg', '--sigma', ''], '--sigma takes 0..75, not ""'],
    [['denoise', 'a.jpg', '--sigma', '0x10'], '--sigma takes 0..75, not "0x10"'],
    [['denoise', 'a.jpg', '--strength', 'full'], '--strength takes auto|0..100, not "full"'],
    [['denoise', 'a.jpg', '--strength', '101'], '--strength takes auto|0..100, not "101"'],
    [
      ['denoise', 'a.jpg', '--device', 'gpu'],
      '--device takes auto|cpu|webgpu|dml|coreml|cuda|tensorflow, not "gpu"',
    ],
    [['denoise', 'a.jpg', '--format', 'bmp'], '--format takes keep|jpeg|png|tiff|webp|avif, not "bmp"'],
    [['denoise', 'a.jpg', '--quality', '0'], '--quality takes 1..100, not "0"'],
    [['denoise', 'a.jpg', '--quality', '90.5'], '--quality takes 1..100, not "90.5"'],
    [['restore', 'a.jpg', '--chain', 'tiny,,tiny'], '--chain takes id,id…, not "tiny,,tiny"'],
    [['upscale', 'a.jpg', '--width', '0'], '--width takes pixels, 1 or more, not "0"'],
    [['serve', '--port', '70000'], '--port takes 1..65535, not "70000"'],
    [['train', 'denoise', '--data', '.', '--steps', '0'], '--steps takes 1 or more, not "0"'],
    [
      ['train', 'denoise', '--data', '.', '--name', '../x'],
      '--name takes small letters, digits, hyphens, not "../x"',
    ],
    [
      ['train', 'denoise', '--data', '.', '--steps', '5', '--minutes', '5'],
      '--minutes and --steps exclude each other',
    ],
    [['evaluate', 'denoise', '--data', '.', '--sigma', 'x'], '--sigma takes 0..75, not "x"'],
    [['evaluate', 'denoise', '--sigma', '25'], "required option '--data <folder>' not specified"],
    [['denoise'], 'missing required argument'],
  ])('of %j is answered with what the option takes, and the usage', async (args, sentence) => {
    const { printed } = await mistake(args);
    expect(printed).toContain(sentence);
    expect(printed).toContain(`Usage: npm start -- ${args[0]}`);
  });

  it.each([
    [['denois', 'a b.jpg'], 'npm start -- denoise "a b.jpg"'],
    [['denoise', 'a.jpg', '--stength', '50'], 'npm start -- denoise a.jpg --strength 50'],
    [['train', 'denose', '--data', 'x'], 'npm start -- train denoise --data x'],
  ])('of %j is answered with the nearest right command', async (args, right) => {
    const { error } = await mistake(args);
    expect(nearestForm(args, error.message)).toBe(right);
  });

  it('far from every command suggests none', async () => {
    const { error } = await mistake(['xyzzy']);
    expect(nearestForm(['xyzzy'], error.message)).toBeUndefined();
  });
});

it('shows everything that a command takes in one line', () => {
  const evaluate = createProgram().commands.find((command) => command.name() === 'evaluate');
  const denoise = evaluate?.commands[0];
  expect(denoise && usageOf(denoise)).toBe(
    'npm start -- evaluate denoise --data <folder> [--sigma <0..75>] [--noisy <folder>] [--model <id or file.onnx>] [--device <auto|cpu|webgpu|dml|coreml|cuda|tensorflow>] [--json]',
  );
});
