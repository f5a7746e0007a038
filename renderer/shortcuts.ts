/** What a key asks for, wherever the focus is. */
export type Shortcut =
  | 'choose'
  | 'save'
  | 'save-all'
  | 'undo'
  | 'redo'
  | 'jobs'
  | 'previous'
  | 'next'
  | 'proof'
  | 'theme'
  | 'keys';

const plain: Readonly<Record<string, Shortcut>> = {
  g: 'proof',
  t: 'theme',
  '?': 'keys',
  j: 'jobs',
  ArrowUp: 'previous',
  ArrowDown: 'next',
};

const withControl: Readonly<Record<string, Shortcut>> = {
  o: 'choose',
  s: 'save',
  z: 'undo',
  y: 'redo',
};
const withControlAndShift: Readonly<Record<string, Shortcut>> = { s: 'save-all', z: 'redo' };

/** The shortcut of a key press; none while what has the focus takes the key itself. */
export function shortcutOf(
  key: { key: string; control: boolean; alt: boolean; shift?: boolean },
  inField: boolean,
): Shortcut | undefined {
  if (key.alt) return undefined;
  const name = key.key.length === 1 ? key.key.toLowerCase() : key.key;
  if (key.control) {
    const shortcut = (key.shift ? withControlAndShift : withControl)[name];
    // What is typed is undone by the field itself.
    return inField && (shortcut === 'undo' || shortcut === 'redo') ? undefined : shortcut;
  }
  return inField ? undefined : plain[name];
}

/** Whether an element takes a key for itself: fields take all, sliders those that move them. */
export function takesKeys(element: EventTarget | null, key: string): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.matches('input[type="range"]')) return key.startsWith('Arrow');
  return element.matches('input:not([type="checkbox"]), select, textarea');
}
