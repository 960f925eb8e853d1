// Lines in WebGL: ribbons of triangles whose width is in pixels, whatever the zoom.
import { channels, Program, Writer } from "./gl.js";
import { arrowhead, arrowOf, pointsOf } from "./scene.js";

const SOFT = 0.6; // pixels of the soft edge of a line, which costs less than antialiasing all
const VERTEX = `
attribute vec2 at; attribute vec2 off; attribute vec2 side; attribute vec4 colour;
uniform vec2 middle, half_size; uniform float k, fade; varying vec4 tint; varying vec2 across;
void main() {
  vec2 p = (at - middle) * k + off;
  gl_Position = vec4(p / half_size, 0.0, 1.0);
  tint = vec4(colour.rgb, 1.0) * colour.a * fade; across = side;
}`;
// across: from -1 to 1 over the width of a line, and half of that width in pixels; its edges are soft
const FRAGMENT = `
precision mediump float; varying vec4 tint; varying vec2 across;
void main() { gl_FragColor = tint * clamp((1.0 - abs(across.x)) * across.y + 0.25, 0.0, 1.0); }`;

export class Lines {
  constructor(gl) {
    Object.assign(this, { gl, count: 0, reach: 0, extent: null, box: 1, buffer: gl.createBuffer(), index: gl.createBuffer() });
    this.program = new Program(gl, VERTEX, FRAGMENT, [["at", 2], ["off", 2], ["side", 2], ["colour", 4]]);
  }

  load(lines) {
    const { gl } = this, data = new Writer(10), index = [];
    let [reach, left, right, low, high] = [0, Infinity, -Infinity, Infinity, -Infinity];
    for (const line of lines) {
      const points = pointsOf(line), [r, g, b, a] = channels(line.colour, line.alpha), half = line.width / 2 + SOFT;
      for (let n = 1; n < points.length; n++) {
        const [ax, ay] = points[n - 1], [bx, by] = points[n], far = Math.hypot(bx - ax, by - ay) || 1;
        const px = -(by - ay) / far * half, py = (bx - ax) / far * half, at = data.count;
        data.add(ax, ay, px, py, 1, half, r, g, b, a);
        data.add(ax, ay, -px, -py, -1, half, r, g, b, a);
        data.add(bx, by, px, py, 1, half, r, g, b, a);
        data.add(bx, by, -px, -py, -1, half, r, g, b, a);
        index.push(at, at + 1, at + 2, at + 1, at + 2, at + 3);
        reach += far * 2 * half;
      }
      left = Math.min(left, line.ax, line.bx);
      right = Math.max(right, line.ax, line.bx);
      low = Math.min(low, line.ay, line.by);
      high = Math.max(high, line.ay, line.by);
      if (line.arrow) {
        const [[ax, ay], [bx, by]] = arrowOf(points), at = data.count;
        // its corners around its middle, in pixels
        const corners = arrowhead([[(ax - bx) / 2, (ay - by) / 2], [(bx - ax) / 2, (by - ay) / 2]], line.width);
        for (const [ox, oy] of corners) data.add((ax + bx) / 2, (ay + by) / 2, ox, oy, 0, 9, r, g, b, Math.min(1, a * 1.8));
        index.push(at, at + 1, at + 2);
      }
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data.array(), gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.index);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, new Uint32Array(index), gl.DYNAMIC_DRAW);
    Object.assign(this, { count: index.length, reach, extent: { left, right, low, high }, box: Math.max((right - left) * (high - low), 1) });
  }

  /** About how many pixels the lines cover in a view; three times more stand in its middle than elsewhere. */
  pixels({ k, width, height }) {
    return this.reach * k * Math.min(1, 3 * width * height / (this.box * k * k));
  }

  /** Draw them, or a part of their triangles. */
  draw({ x, y, k, width, height }, fade, from = 0, count = this.count) {
    if (!count) return;
    const { gl } = this;
    this.program.use(this.buffer, { middle: [x, y], half_size: [width / 2, height / 2], k, fade });
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.index);
    gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, from * 4);
  }
}
