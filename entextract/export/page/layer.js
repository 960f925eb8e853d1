// Lines too many to be drawn at each frame: a picture of them, larger than the view, that moves and
// grows with it; another is drawn bit by bit once the view rests, or if it has left the picture.
import { Program, texture } from "./gl.js";

const MARGIN = 0.2; // of the view, on each side: what a pan brings in is there already
const LARGEST = 2; // times that a picture may grow or shrink while the view moves
const AT_REST = 5; // times more is drawn in a frame of a view that does not move
const VERTEX = `
attribute vec2 corner; uniform vec2 middle, size, half_size; varying vec2 place;
void main() { gl_Position = vec4((middle + corner * size) / half_size, 0.0, 1.0); place = corner * 0.5 + 0.5; }`;
const FRAGMENT = `
precision mediump float; uniform sampler2D picture; uniform vec4 background; uniform float fade; varying vec2 place;
void main() { gl_FragColor = mix(background, texture2D(picture, place), fade); }`;

export class Layer {
  /** `budget` is how many pixels of lines a frame may draw. */
  constructor(gl, lines, budget) {
    Object.assign(this, { gl, lines, budget, width: 0, height: 0, corners: gl.createBuffer() });
    this.program = new Program(gl, VERTEX, FRAGMENT, [["corner", 2]]);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.corners);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
    [this.front, this.back] = [0, 1].map(() => ({ texture: texture(gl), frame: gl.createFramebuffer(), view: null }));
  }

  /** Whether the lines of a view are too many for one frame. */
  isNeeded(camera) {
    return this.lines.pixels(camera) > this.budget;
  }

  /** The lines are others: what is seen stays until they are drawn. */
  stale() {
    this.back.view = null;
    this.old = true;
  }

  /** Draw some more of the next picture, if it is time for one; gives whether more is to come. */
  goOn(camera, inMotion) {
    this.resize();
    if (inMotion && this.covers(camera)) return false;
    if (!inMotion && this.back.view && !isSame(this.back.view, camera)) this.stale();
    if (!this.back.view && (this.old || !isSame(this.front.view, camera))) this.begin(camera);
    if (!this.back.view) return false;
    const { gl, lines, back } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, back.frame);
    gl.viewport(0, 0, this.width, this.height);
    const step = this.step * (inMotion ? 1 : AT_REST);
    lines.draw(back.view, 1, this.done, Math.min(step, lines.count - this.done));
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    this.done += step;
    if (this.done < lines.count) return true;
    [this.front, this.back] = [back, this.front];
    this.back.view = null;
    return !isSame(this.front.view, camera);
  }

  /** Whether the last picture has all lines of a view, at about its size. */
  covers({ x, y, k, width, height }) {
    const { view } = this.front, { left, right, low, high } = this.lines.extent;
    if (!view || k > LARGEST * view.k || k * LARGEST < view.k) return false;
    const inside = (from, to, middle, half) => from >= to || (from >= middle - half && to <= middle + half);
    return inside(Math.max(left, x - width / 2 / k), Math.min(right, x + width / 2 / k), view.x, view.width / 2 / view.k)
      && inside(Math.max(low, y - height / 2 / k), Math.min(high, y + height / 2 / k), view.y, view.height / 2 / view.k);
  }

  resize() {
    const { gl } = this, most = gl.getParameter(gl.MAX_TEXTURE_SIZE);
    const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight].map((size) => Math.min(size + 2 * Math.round(size * MARGIN), most));
    if (width === this.width && height === this.height) return;
    Object.assign(this, { width, height });
    for (const one of [this.front, this.back]) {
      gl.bindTexture(gl.TEXTURE_2D, one.texture);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
      gl.bindFramebuffer(gl.FRAMEBUFFER, one.frame);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, one.texture, 0);
      one.view = null;
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }

  begin({ x, y, k, width, height }) {
    const { gl } = this;
    this.back.view = { x, y, k, width: width * this.width / gl.drawingBufferWidth, height: height * this.height / gl.drawingBufferHeight };
    this.old = false;
    this.done = 0;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.back.frame);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const part = Math.min(1, this.budget / this.lines.pixels(this.back.view));
    this.step = 3 * Math.ceil(this.lines.count * part / 3);
  }

  /** The last picture that is whole, if there is one, where the view is now. */
  draw({ x, y, k, width, height }, fade, background) {
    const { texture: picture, view } = this.front.view ? this.front : this.back;
    const { gl } = this, scale = k / view.k;
    gl.bindTexture(gl.TEXTURE_2D, picture);
    // moved only, it is copied point by point, on nothing: half the work
    for (const name of ["TEXTURE_MIN_FILTER", "TEXTURE_MAG_FILTER"]) gl.texParameteri(gl.TEXTURE_2D, gl[name], scale === 1 ? gl.NEAREST : gl.LINEAR);
    gl.disable(gl.BLEND);
    this.program.use(this.corners, {
      middle: [(view.x - x) * k, (view.y - y) * k], size: [view.width / 2 * scale, view.height / 2 * scale], half_size: [width / 2, height / 2], fade, background,
    });
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.enable(gl.BLEND);
  }
}

function isSame(view, { x, y, k }) {
  return view !== null && view.x === x && view.y === y && view.k === k;
}
