/** How a picture that is no square becomes one: its middle, where the eye goes first, or all of it between bars. */
export const fits = ['centre', 'smart', 'pad'] as const;
export type Fit = (typeof fits)[number];
