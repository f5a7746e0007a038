/** What the window can be used for, in the order of the top bar. */
export const workspaces = ['restore', 'train', 'generate', 'models'] as const;

/** What fills the window. */
export type Workspace = (typeof workspaces)[number] | 'settings';
