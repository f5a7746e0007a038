import { type PointPainter, resize } from './screen.ts';

const vertexShader = `#version 300 es
in vec2 place;
in vec4 colour;
uniform vec4 view;
uniform float diameter;
out vec4 tint;
void main() {
  gl_Position = vec4(place * view.xy + view.zw, 0.0, 1.0);
  gl_PointSize = colour.a == 0.0 ? 0.0 : diameter;
  tint = colour;
}`;

const fragmentShader = `#version 300 es
precision mediump float;
in vec4 tint;
out vec4 result;
void main() {
  float away = length(gl_PointCoord - 0.5);
  float alpha = tint.a * (1.0 - smoothstep(0.38, 0.5, away));
  result = vec4(tint.rgb * alpha, alpha);
}`;

/** Points stay in the graphics card; a frame costs one call, however many there are. */
export function webGlPainter(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext): PointPainter {
  let scene = prepare(gl);
  let upload = () => {};
  let count = 0;
  canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
  canvas.addEventListener('webglcontextrestored', () => {
    scene = prepare(gl);
    upload();
  });
  return {
    set: (places, colours) => {
      count = places.length / 2;
      upload = () => {
        gl.bindBuffer(gl.ARRAY_BUFFER, scene.places);
        gl.bufferData(gl.ARRAY_BUFFER, places, gl.STATIC_DRAW);
        gl.bindBuffer(gl.ARRAY_BUFFER, scene.colours);
        gl.bufferData(gl.ARRAY_BUFFER, colours, gl.STATIC_DRAW);
      };
      upload();
    },
    paint: ({ x, y, scale }, screen, diameter) => {
      resize(canvas, screen);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clear(gl.COLOR_BUFFER_BIT);
      // The map's y goes down, that of WebGL up.
      const [across, down] = [(2 * scale) / screen.size.width, (-2 * scale) / screen.size.height];
      gl.uniform4f(scene.view, across, down, -x * across, -y * down);
      gl.uniform1f(scene.diameter, diameter * screen.pixelRatio);
      gl.drawArrays(gl.POINTS, 0, count);
    },
  };
}

function prepare(gl: WebGL2RenderingContext) {
  const program = gl.createProgram();
  attach(gl, program, gl.VERTEX_SHADER, vertexShader);
  attach(gl, program, gl.FRAGMENT_SHADER, fragmentShader);
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  return {
    places: attribute(gl, program, 'place', 2, gl.FLOAT),
    colours: attribute(gl, program, 'colour', 4, gl.UNSIGNED_BYTE),
    view: gl.getUniformLocation(program, 'view'),
    diameter: gl.getUniformLocation(program, 'diameter'),
  };
}

function attach(gl: WebGL2RenderingContext, program: WebGLProgram, kind: GLenum, source: string): void {
  const shader = gl.createShader(kind);
  if (!shader) return;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  gl.attachShader(program, shader);
}

/** The buffer that an input of the vertex shader is read from; bytes are read as 0..1. */
function attribute(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  name: string,
  size: number,
  type: GLenum,
): WebGLBuffer {
  const buffer = gl.createBuffer();
  const location = gl.getAttribLocation(program, name);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.enableVertexAttribArray(location);
  gl.vertexAttribPointer(location, size, type, type === gl.UNSIGNED_BYTE, 0, 0);
  return buffer;
}
