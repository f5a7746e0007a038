/** Names of results by a pattern such as `{name}-{model}-{scale}x`. */

/** How a result is called where nothing is chosen, by how many times larger it is. */
export function defaultPattern(scale: number): string {
  return scale === 1 ? '{name}-denoised' : '{name}-{scale}x';
}

/** What the words in braces stand for. */
export interface NameFacts {
  /** The source's name without its extension. */
  readonly name: string;
  readonly model: string;
  /** How many times larger the result is: 1 where it has the source's size. */
  readonly scale: number;
  /** Of the result, in pixels. */
  readonly width: number;
  readonly height: number;
}

const words = ['name', 'model', 'scale', 'width', 'height'] as const satisfies (keyof NameFacts)[];
const longestPattern = 100;
/** What Windows forbids in names, which other systems should not write either, for files travel. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const forbidden = /[<>:"/\\|?*\u0000-\u001f]/;

/** Why a pattern cannot be used, as one sentence; undefined when it can. */
export function patternProblem(pattern: string): string | undefined {
  const unknown = [...pattern.matchAll(/\{([^{}]*)\}/g)].find(([, word]) => !isWord(word));
  const rest = pattern.replace(/\{[^{}]*\}/g, '');
  const list = words.map((word) => `{${word}}`).join(', ');
  if (pattern.length > longestPattern) return `A name pattern has at most ${longestPattern} characters.`;
  if (unknown) return `${unknown[0]} means nothing in a name pattern; use ${list}.`;
  if (/[{}]/.test(rest)) return 'A brace in the name pattern has no partner.';
  if (!pattern.includes('{name}'))
    return 'A name pattern must contain {name}, or all results were called the same.';
  const character = forbidden.exec(rest)?.[0];
  if (character !== undefined)
    return `The character ${JSON.stringify(character)} cannot stand in a file name.`;
  if (/^[.\s]|[.\s]$/.test(pattern)) return 'A name pattern must not begin or end with a dot or a space.';
  return undefined;
}

function isWord(word: string | undefined): word is (typeof words)[number] {
  return words.some((known) => known === word);
}

/**
 * The pattern filled in, in at most so many bytes of UTF-8: where it is longer, {name} loses its end, whole
 * characters at a time, so that no accent or part of an emoji stays behind alone.
 *
 * @param pattern one without a problem
 */
export function filledPattern(pattern: string, facts: NameFacts, bytes: number): string {
  const characters = [...segmenter.segment(facts.name)].map(({ segment }) => segment);
  for (;;) {
    const name = fill(pattern, { ...facts, name: characters.join('').trimEnd() });
    if (characters.length === 0 || encoder.encode(name).length <= bytes) return name;
    characters.pop();
  }
}

const encoder = new TextEncoder();
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function fill(pattern: string, facts: NameFacts): string {
  const safe = { ...facts, model: facts.model.replace(new RegExp(forbidden, 'g'), '_') };
  return pattern.replace(/\{([^{}]*)\}/g, (whole, word: string) =>
    isWord(word) ? String(safe[word]) : whole,
  );
}
