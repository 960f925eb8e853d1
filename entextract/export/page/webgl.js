// Draws a scene with WebGL: two programs, buffers that change only with the scene.
import { pointsOf } from "./scene.js";

const SOFT = 0.6; // pixels of the soft edge of a line, which costs less than antialiasing all
const LINES = `
attribute vec2 at; attribute vec2 off; attribute vec2 side; attribute vec4 colour;
uniform vec2 middle, half_size; uniform float k; varying vec4 tint; varying vec2 across;
void main() {
  vec2 p = (at - middle) * k + off;
  gl_Position = vec4(p / half_size, 0.0, 1.0); tint = colour; across = side;
}`;
// across: from -1 to 1 over the width of a line, and half of that width in pixels; its edges are soft
const FLAT = `
precision mediump float; varying vec4 tint; varying vec2 across;
void main() {
  float alpha = tint.a * clamp((1.0 - abs(across.x)) * across.y + 0.25, 0.0, 1.0);
  gl_FragColor = vec4(tint.rgb * alpha, alpha);
}`;
const DISCS = `
attribute vec2 at; attribute float size; attribute vec4 colour; attribute float ring;
uniform vec2 middle, half_size; uniform float k, boost, ratio; varying vec4 tint; varying float diameter, ringed;
void main() {
  gl_Position = vec4((at - middle) * k / half_size, 0.0, 1.0);
  diameter = (max(size * min(k * boost, 1.2), 2.2 + size * 0.03) + 2.0 + 3.0 * ring) * ratio;
  gl_PointSize = diameter; tint = colour; ringed = ring;
}`;
const ROUND = `
precision mediump float; varying vec4 tint; varying float diameter, ringed; uniform vec3 border, marked; uniform float scale;
void main() {
  float far = length(gl_PointCoord - 0.5) * diameter;
  float edge = diameter * 0.5;
  float inside = 1.0 - smoothstep(edge - 1.0, edge, far);
  float line = smoothstep(edge - (1.2 + 2.0 * ringed) * scale - 0.7, edge - (1.2 + 2.0 * ringed) * scale, far);
  vec3 shade = mix(tint.rgb, mix(border, marked, ringed), line);
  float alpha = inside * tint.a; gl_FragColor = vec4(shade * alpha, alpha);
}`;

export class WebGL {
  /** Throws where the browser has no WebGL. */
  constructor(canvas) {
    const gl = canvas.getContext("webgl", { antialias: false, preserveDrawingBuffer: true, premultipliedAlpha: true });
    if (!gl) throw new Error("no WebGL");
    Object.assign(this, { gl, canvas, lines: 0, discs: 0 });
    this.programs = { lines: program(gl, LINES, FLAT), discs: program(gl, DISCS, ROUND) };
    this.buffers = { lines: gl.createBuffer(), index: gl.createBuffer(), discs: gl.createBuffer() };
    if (!gl.getExtension("OES_element_index_uint")) throw new Error("no large index");
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  load({ lines, discs }) {
    const { gl } = this;
    const data = new Writer(10), index = [];
    for (const line of lines) {
      const points = pointsOf(line), tint = channels(line.colour, line.alpha);
      for (let n = 1; n < points.length; n++) {
        const [ax, ay] = points[n - 1], [bx, by] = points[n];
        const far = Math.hypot(bx - ax, by - ay) || 1;
        const half = line.width / 2 + SOFT;
        const [px, py] = [-(by - ay) / far * half, (bx - ax) / far * half];
        const at = data.count;
        for (const [x, y, way] of [[ax, ay, 1], [ax, ay, -1], [bx, by, 1], [bx, by, -1]]) data.add(x, y, px * way, py * way, way, half, ...tint);
        index.push(at, at + 1, at + 2, at + 1, at + 2, at + 3);
      }
      if (line.arrow) {
        const [[ax, ay], [bx, by]] = arrowOf(points);
        const far = Math.hypot(bx - ax, by - ay) || 1, [ux, uy] = [(bx - ax) / far, (by - ay) / far];
        const length = 7 + line.width, wide = 4 + line.width / 2, at = data.count;
        const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
        for (const [ox, oy] of [[ux * length / 2, uy * length / 2], [-ux * length / 2 - uy * wide, -uy * length / 2 + ux * wide], [-ux * length / 2 + uy * wide, -uy * length / 2 - ux * wide]]) {
          data.add(mx, my, ox, oy, 0, 9, tint[0], tint[1], tint[2], Math.min(1, tint[3] * 1.8));
        }
        index.push(at, at + 1, at + 2);
      }
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.lines);
    gl.bufferData(gl.ARRAY_BUFFER, data.array(), gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.buffers.index);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, new Uint32Array(index), gl.DYNAMIC_DRAW);
    this.lines = index.length;
    const round = new Writer(8);
    for (const disc of discs) round.add(disc.x, disc.y, disc.size, disc.ring ? 1 : 0, ...channels(disc.colour, disc.alpha));
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.discs);
    gl.bufferData(gl.ARRAY_BUFFER, round.array(), gl.DYNAMIC_DRAW);
    this.discs = discs.length;
  }

  draw(camera, { boost, ratio, rim, marked }) {
    const { gl } = this;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const common = (one) => {
      gl.useProgram(one);
      gl.uniform2f(gl.getUniformLocation(one, "middle"), camera.x, camera.y);
      gl.uniform2f(gl.getUniformLocation(one, "half_size"), camera.width / 2, camera.height / 2);
      gl.uniform1f(gl.getUniformLocation(one, "k"), camera.k);
    };
    common(this.programs.lines);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.lines);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.buffers.index);
    attributes(gl, this.programs.lines, [["at", 2], ["off", 2], ["side", 2], ["colour", 4]]);
    gl.drawElements(gl.TRIANGLES, this.lines, gl.UNSIGNED_INT, 0);
    common(this.programs.discs);
    gl.uniform1f(gl.getUniformLocation(this.programs.discs, "boost"), boost);
    for (const name of ["ratio", "scale"]) gl.uniform1f(gl.getUniformLocation(this.programs.discs, name), ratio);
    gl.uniform3f(gl.getUniformLocation(this.programs.discs, "border"), ...channels(rim, 1).slice(0, 3));
    gl.uniform3f(gl.getUniformLocation(this.programs.discs, "marked"), ...channels(marked, 1).slice(0, 3));
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.discs);
    attributes(gl, this.programs.discs, [["at", 2], ["size", 1], ["ring", 1], ["colour", 4]]);
    gl.drawArrays(gl.POINTS, 0, this.discs);
  }
}

/** Numbers of the same width one after the other, in memory that grows. */
class Writer {
  constructor(width) {
    Object.assign(this, { width, count: 0, room: new Float32Array(1024 * width) });
  }

  add(...numbers) {
    const at = this.count * this.width;
    if (at + this.width > this.room.length) {
      const more = new Float32Array(this.room.length * 2);
      more.set(this.room);
      this.room = more;
    }
    this.room.set(numbers, at);
    this.count += 1;
  }

  array() {
    return this.room.subarray(0, this.count * this.width);
  }
}

/** The piece of a line on which its arrow stands, some way before its end. */
export function arrowOf(points) {
  if (points.length > 2) {
    const at = Math.round(points.length * 0.62);
    return [points[at - 1], points[at]];
  }
  const [[ax, ay], [bx, by]] = points;
  const at = (t) => [ax + (bx - ax) * t, ay + (by - ay) * t];
  return [at(0.58), at(0.66)];
}

/** Red, green, blue and alpha from 0 to 1 of « #rrggbb ». */
export function channels(colour, alpha) {
  const number = parseInt(colour.slice(1), 16);
  return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255, alpha];
}

function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  return made;
}

function attributes(gl, made, columns) {
  const wide = columns.reduce((sum, [, count]) => sum + count, 0) * 4;
  let at = 0;
  for (const [name, count] of columns) {
    const place = gl.getAttribLocation(made, name);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, count, gl.FLOAT, false, wide, at);
    at += count * 4;
  }
}
