/** Every word of the views that walk through a latent space. */
import type { MapLayout } from '../../../preload/contract.ts';
import { texts } from '../../texts.ts';

export const spaceTexts = {
  about: 'What is this?',
  ofClass: 'Class',

  kept: 'Kept pictures',
  keptNone: 'Pictures you keep stand here, for every view.',
  keep: 'Keep this picture',
  keptPicture: (number: number, name: string) => `Kept picture ${number}: ${name}`,
  keptKeys: 'Delete removes it; Shift with ← or → moves it.',
  removeKept: (number: number) => `Remove kept picture ${number}`,
  draw: 'Draw one',
  open: 'Open a picture',
  drawn: 'drawn by chance',

  plane: {
    pane: (zoom: number) =>
      `Plane of pictures, enlarged ${zoom} times. Arrow keys move the point, plus and minus zoom, Enter keeps the picture.`,
    here: 'The picture at this point',
    which: 'Plane',
    whole: 'Whole space',
    main: 'Main directions',
    through: 'Three pictures',
    chooseThree: 'Keep three pictures, and the plane goes through them.',
    chosenThree: 'It goes through the three marked pictures; press others below to change them.',
    wholeSays: 'This model has two numbers a picture, so this is everything it can draw.',
    mainSays: (shown: number) =>
      `The two directions in which your pictures differ most: ${texts.percent(shown)} of all difference between them.`,
    throughSays: (shown: number) => `This plane holds ${texts.percent(shown)} of how your pictures differ.`,
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    all: 'All of it',
    fromPlane: 'from the plane',
    about: [
      'A trained model turns every picture into a few numbers, its code, and draws a picture back from any code.',
      'Two of these numbers span a plane. Each point of it is a picture: move over it, and one picture melts into the next.',
      'The middle is drawn finer than the edges because most codes lie there: every cell stands for equally many pictures.',
    ],
    aboutDrawing: 'A point of a plane becomes two numbers, and the decoder draws a picture from them.',
  },

  map: {
    pane: (count: number) =>
      `Map of ${count.toLocaleString('en')} pictures. Arrow keys move it, plus and minus zoom, 0 shows all, Enter selects the picture in the middle.`,
    layout: 'Laid out by',
    layouts: {
      latent: 'the two numbers',
      pca: 'main directions of the codes',
      umap: 'neighbours of the codes (UMAP)',
      pixels: 'main directions of the pixels',
    } satisfies Record<MapLayout, string>,
    layingOut: (count: number) => `Laying out ${count.toLocaleString('en')} pictures…`,
    slow: 'UMAP compares every picture with its neighbours: thousands take half a minute.',
    thumbnails: 'Thumbnails',
    lasso: 'Lasso',
    lassoAbout: 'Draw around pictures to select them (or hold Shift)',
    fit: 'Show all',
    classes: 'Classes',
    classOf: (name: string, count: number) => `Select ${name}: ${count} pictures`,
    selected: (count: number) =>
      count === 1 ? '1 picture selected' : `${count.toLocaleString('en')} pictures selected`,
    nothing: 'Press a picture, or draw around several with Shift.',
    ofClass: (name: string) => `class ${name}`,
    similar: 'Find similar',
    isolate: 'Show only these',
    all: 'Show all pictures',
    clear: 'Clear',
    mark: 'Mark as a group',
    marked: (count: number) => `Group of ${count} for Arithmetic marked.`,
    picture: (name: string) => `Select ${name}`,
    better: 'Is it better than plain pixels?',
    measure: 'Measure',
    thisModel: 'This model',
    ofPixels: 'PCA of pixels',
    reconstruction: (numbers: number) => `Error with ${numbers} numbers`,
    agreementMap: 'Neighbours of one class, on this map',
    agreement: (numbers: number) => `Neighbours of one class, by ${numbers} numbers`,
    chance: (share: number) => `Guessing would reach ${texts.percent(share)}.`,
    unmeasured: 'measuring…',
    about: [
      'Every picture of your collection is a point. Pictures with similar codes lie close together, so kinds of pictures become islands.',
      'With two numbers a picture the map is the space itself. With more, two directions have to do: the main directions keep as much of the differences as a flat map can; UMAP keeps neighbours together instead.',
      'The table measures whether this is worth it: how often most of the ten nearest neighbours are of one class, and how well pictures come back from as few numbers, beside plain principal components of the pixels.',
    ],
    aboutDrawing: 'Pictures that are alike lie in the same part of a map.',
  },

  interpolate: {
    empty: 'Choose two or more pictures to go from one to the next.',
    drawSome: (count: number) => `Draw ${count} pictures`,
    emptyHow: 'Or drop pictures here, or keep some in Plane, Map or Arithmetic.',
    play: 'Play',
    pause: 'Pause',
    scrub: 'Frame',
    frame: (frame: number, frames: number) => `Frame ${frame} of ${frames}`,
    frames: 'Frames',
    frameMs: 'Each is shown for',
    length: (seconds: number) => `${seconds.toFixed(1)} seconds in all`,
    path: 'Way',
    paths: { spherical: 'Around', straight: 'Straight' },
    pathSays: {
      spherical:
        'Keeps its distance from the middle: every picture on the way is as clear as the two it joins.',
      straight: 'The shortest way. It passes nearer to the middle, where pictures are blander.',
    },
    loop: 'Return to the first',
    formats: { gif: 'GIF animation', webp: 'WebP animation', png: 'PNG, a file a frame' },
    save: (frames: number) => `Save ${frames} frames`,
    saved: (files: readonly string[]) =>
      files.length === 1 ? `Saved ${files[0]}` : `Saved ${files.length} files, from ${files[0]} on`,
    about: [
      'Between the codes of two pictures lie codes of other pictures. Drawn one after the other, they turn the first into the second.',
      'Mixing the pixels of two photographs gives a ghost of both. Mixing their codes gives pictures that could have been in your collection.',
      'With more than two numbers a picture, most codes lie at about the same distance from the middle. So the way around, along a circle, stays where the model knows what to draw.',
    ],
    aboutDrawing: 'Two codes joined by a straight line and by a piece of a circle; a one turns into a seven.',
  },
} as const;
