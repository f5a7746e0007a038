/** Formats that hold moving pictures. */
export const animationFormats = ['gif', 'webp'] as const;
export type AnimationFormat = (typeof animationFormats)[number];
