/** How commands are written, for help and after a mistake. */
import { existsSync } from 'node:fs';
import type { Command, CommandOptions } from 'commander';
import type { z } from 'zod';

/** What a person types before a command. */
export const programName = 'npm start --';

/** One line with everything that a command takes. */
export function usageOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
  const wanted = command.registeredArguments.map((each) => {
    const name = `${each.name()}${each.variadic ? '…' : ''}`;
    return each.required ? `<${name}>` : `[${name}]`;
  });
  const options = command.options.map(({ flags, mandatory }) => (mandatory ? flags : `[${flags}]`));
  const commands = command.commands.map((inner) => inner.name()).join(' | ');
  return [...names, ...wanted, ...options, ...(commands ? [commands] : [])].join(' ');
}

/** Adds a command whose mistakes are answered with its usage. */
export function addCommand(
  parent: Command,
  name: string,
  description: string,
  options: CommandOptions = {},
): Command {
  return answerWithUsage(parent.command(name, options).description(description));
}

export function answerWithUsage(command: Command): Command {
  return command.configureOutput({
    outputError: (message, write) => write(`${message}Usage: ${usageOf(command)}\n`),
  });
}

/**
 * The options of a command as its schema reads them. A bad value ends the command as wrong usage, naming
 * the option, what it takes, and what was given.
 */
export function readOptions<T>(command: Command, schema: z.ZodType<T>): T {
  const given: Record<string, unknown> = command.opts();
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? '');
  const option = command.options.find((each) => each.attributeName() === name);
  const takes = option?.flags.replace(/^--\S+ /, '').replace(/[<>]/g, '');
  return command.error(`error: ${option?.long} takes ${takes}, not "${String(given[name])}"`);
}

/**
 * The command as it was probably meant, when a word of it was mistyped, or is a file whose name begins with a dash.
 *
 * @param message Commander's, with its suggestion
 */
export function nearestForm(args: readonly string[], message: string): string | undefined {
  const typed = /unknown (?:option|command) '([^']+)'/.exec(message)?.[1];
  const meant = /Did you mean (?:one of )?([^,?]+)/.exec(message)?.[1];
  const right = typed !== undefined && existsSync(typed) ? `./${typed}` : meant;
  if (typed === undefined || right === undefined) return undefined;
  const corrected = args.map((arg) => (arg === typed ? right : arg));
  return [programName, ...corrected.map(quoted)].join(' ');
}

const quoted = (arg: string) => (/^[\w./:=+,@%-]+$/.test(arg) ? arg : `"${arg}"`);
