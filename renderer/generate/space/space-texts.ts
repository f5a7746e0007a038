/** Every word of the views that walk through a latent space. */
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
} as const;
