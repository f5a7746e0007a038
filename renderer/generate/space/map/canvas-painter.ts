import { type PointPainter, resize } from './screen.ts';

/** Where there is no WebGL: one square after the other. */
export function canvasPainter(canvas: HTMLCanvasElement): PointPainter {
  let places = new Float32Array();
  let colours = new Uint8Array();
  return {
    set: (newPlaces, newColours) => {
      places = newPlaces;
      colours = newColours;
    },
    paint: ({ x, y, scale }, screen, diameter) => {
      resize(canvas, screen);
      const context = canvas.getContext('2d');
      if (!context) return;
      const { width, height } = screen.size;
      context.setTransform(screen.pixelRatio, 0, 0, screen.pixelRatio, 0, 0);
      context.clearRect(0, 0, width, height);
      for (let index = 0; index < places.length / 2; index++) {
        const [red, green, blue, alpha = 0] = colours.subarray(4 * index, 4 * index + 4);
        const left = width / 2 + ((places[2 * index] ?? 0) - x) * scale - diameter / 2;
        const top = height / 2 + ((places[2 * index + 1] ?? 0) - y) * scale - diameter / 2;
        const inSight = left > -diameter && top > -diameter && left < width && top < height;
        if (alpha === 0 || !inSight) continue;
        context.fillStyle = `rgb(${red} ${green} ${blue} / ${alpha / 255})`;
        context.fillRect(left, top, diameter, diameter);
      }
    },
  };
}
