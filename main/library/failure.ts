/** Errors as data, so that they cross a process with their code and sentence. */
import type { Failure } from '../../preload/contract.ts';

/** An error that came from another process, or that a person caused: a stable code and one sentence. */
export class RelumeError extends Error {
  override readonly name: string = 'RelumeError';
  readonly code: string;

  constructor({ code, message }: Failure) {
    super(message);
    this.code = code;
  }
}

// Our own codes are words with hyphens; the system's (ENOENT, ERR_…) say nothing to a person.
const ownCode = /^[a-z]+(-[a-z]+)*$/;

/**
 * The error as code and message.
 *
 * An abort becomes 'cancelled'; errors of ours keep their code; anything else is a defect and becomes
 * 'internal', with its stack on standard error.
 */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'internal', message: String(error) };
  if (error.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' };
  if ('code' in error && typeof error.code === 'string' && ownCode.test(error.code)) {
    return { code: error.code, message: error.message };
  }
  process.stderr.write(`${error.stack ?? error.message}\n`);
  return { code: 'internal', message: error.message };
}

/** What was thrown, in one sentence for the person. */
export function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').trim().replace(/\.?$/, '.');
}
