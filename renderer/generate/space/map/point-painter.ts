import { canvasPainter } from './canvas-painter.ts';
import type { PointPainter } from './screen.ts';
import { webGlPainter } from './web-gl-painter.ts';

/** Paints points by WebGL, or where there is none on a plain canvas, which is slow with many. */
export function pointPainter(canvas: HTMLCanvasElement): PointPainter {
  const gl = canvas.getContext('webgl2', { antialias: false });
  return gl ? webGlPainter(canvas, gl) : canvasPainter(canvas);
}
