// Names in WebGL: each is written once on a sheet, from which it is copied at each frame.
import { Program, texture, Writer } from "./gl.js";
import { FONT, NAME_HEIGHT, writeName } from "./scene.js";

const SIDE = 1024, EDGE = 3; // pixels: of the sheet, at one point a pixel, and around a name, for its halo
const VERTEX = `
attribute vec2 at, from; uniform vec2 half_size; varying vec2 place;
void main() { gl_Position = vec4(at / half_size - 1.0, 0.0, 1.0); gl_Position.y *= -1.0; place = from; }`;
const FRAGMENT = `
precision mediump float; uniform sampler2D picture; varying vec2 place;
void main() { gl_FragColor = texture2D(picture, place); }`;

export class Atlas {
  constructor(gl) {
    Object.assign(this, { gl, buffer: gl.createBuffer(), texture: texture(gl), sheet: document.createElement("canvas"), places: new Map(), key: "", count: 0 });
    this.program = new Program(gl, VERTEX, FRAGMENT, [["at", 2], ["from", 2]]);
  }

  /** Put names at places on the screen, in these colours. */
  place(names, { ink, background, ratio }) {
    const { gl } = this, key = `${ink} ${background} ${ratio}`;
    if (key !== this.key) this.clear(ratio);
    this.key = key;
    const write = () => names.every(({ text }) => this.places.has(text) || this.write(text, { ink, background, ratio }));
    if (!write()) {
      this.clear(ratio);
      write();
    }
    if (this.changed) {
      gl.bindTexture(gl.TEXTURE_2D, this.texture);
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.sheet);
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
      this.changed = false;
    }
    this.half = [gl.canvas.width / ratio / 2, gl.canvas.height / ratio / 2];
    const data = new Writer(4), side = this.sheet.width;
    for (const { text, x, y } of names) {
      const box = this.places.get(text);
      if (!box) continue;
      // on whole pixels, so that letters stay sharp
      const left = Math.round(x * ratio - box.width / 2), top = Math.round(y * ratio - box.height / 2);
      const corner = (dx, dy) => data.add((left + dx) / ratio, (top + dy) / ratio, (box.x + dx) / side, (box.y + dy) / side);
      for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 0], [0, 1], [1, 1]]) corner(dx * box.width, dy * box.height);
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data.array(), gl.STREAM_DRAW);
    this.count = data.count;
  }

  draw() {
    if (!this.count) return;
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    this.program.use(this.buffer, { half_size: this.half });
    gl.drawArrays(gl.TRIANGLES, 0, this.count);
  }

  clear(ratio) {
    this.sheet.width = this.sheet.height = SIDE * Math.ceil(ratio);
    this.pen = this.sheet.getContext("2d", { willReadFrequently: true });
    Object.assign(this, { left: 0, top: 0 });
    this.places.clear();
  }

  /** Write a name on the sheet, unless it is full. */
  write(text, { ink, background, ratio }) {
    const { pen, sheet } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.font = FONT;
    const width = Math.ceil((pen.measureText(text).width + 2 * EDGE) * ratio), height = Math.ceil((NAME_HEIGHT + 2 * EDGE) * ratio);
    if (this.left + width > sheet.width) Object.assign(this, { left: 0, top: this.top + height });
    if (this.top + height > sheet.height) return false;
    pen.setTransform(ratio, 0, 0, ratio, this.left + width / 2, this.top + height / 2);
    writeName(pen, text, 0, 0, { ink, background });
    this.places.set(text, { x: this.left, y: this.top, width, height });
    this.left += width;
    this.changed = true;
    return true;
  }
}
