/** Colours of classes. Names always stand beside them, so that no colour has to be told from another. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** For up to ten classes: after Okabe and Ito (2008), lightened where they are too dark on black, and three more. */
const few: readonly Rgb[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 190, 140],
  [240, 228, 66],
  [80, 130, 230],
  [226, 100, 30],
  [214, 131, 178],
  [190, 190, 190],
  [160, 110, 250],
  [140, 200, 70],
];

const ofNoClass: Rgb = [222, 170, 110];
/** Degrees between two classes that follow each other: the golden ratio keeps neighbours apart. */
const hueStep = 222.5;

/** The colour of a class; another one where there are no classes. @param count how many classes there are */
export function classColour(label: number | undefined, count: number): Rgb {
  if (label === undefined) return ofNoClass;
  if (count <= few.length) return few[label % few.length] ?? ofNoClass;
  return fromHue((label * hueStep) % 360, 0.55 + 0.12 * (label % 3));
}

export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** From a hue in degrees and a lightness 0..1, with a saturation of 0.7. */
function fromHue(degrees: number, lightness: number): Rgb {
  const reach = 0.7 * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const sector = (offset + degrees / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(sector - 3, 9 - sector, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
