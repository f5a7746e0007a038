/** What a key asks for, wherever the focus is. */
export type Shortcut = 'choose' | 'save' | 'previous' | 'next' | 'proof' | 'theme' | 'keys';

const plain: Readonly<Record<string, Shortcut>> = {
  g: 'proof',
  t: 'theme',
  '?': 'keys',
  ArrowUp: 'previous',
  ArrowDown: 'next',
};

const withControl: Readonly<Record<string, Shortcut>> = { o: 'choose', s: 'save' };

/** The shortcut of a key press; none while what has the focus takes the key itself. */
export function shortcutOf(
  key: { key: string; control: boolean; alt: boolean },
  inField: boolean,
): Shortcut | undefined {
  if (key.alt) return undefined;
  const name = key.key.length === 1 ? key.key.toLowerCase() : key.key;
  if (key.control) return withControl[name];
  return inField ? undefined : plain[name];
}

/** Whether an element takes letters, digits or arrows for itself. */
export function takesKeys(element: EventTarget | null): boolean {
  return element instanceof HTMLElement && element.matches('input:not([type="checkbox"]), select, textarea');
}
