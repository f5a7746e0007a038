/** How the command line ends, as the shell sees it. */
export const exitStatus = { done: 0, failed: 1, wrongUsage: 2, interrupted: 130 } as const;
