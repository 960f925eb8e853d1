// Draws a scene with WebGL; what is in the buffers changes only with the scene.
import { Atlas } from "./atlas.js";
import { channels, Program, Writer } from "./gl.js";
import { Layer } from "./layer.js";
import { Lines } from "./lines.js";

// pixels of lines a frame: what software draws in some 8 ms, and what graphics cards draw in less
const IN_SOFTWARE = 2e5, IN_HARDWARE = 1e7;
// what is the same all over a disc is reckoned here, once, and not for each of its pixels
const DISCS = `
attribute vec2 at; attribute float size; attribute vec4 colour; attribute float ring;
uniform vec2 middle, half_size; uniform float k, boost, ratio; uniform vec3 border, marked;
varying vec4 tint; varying vec3 edge; varying float radius, inner;
void main() {
  gl_Position = vec4((at - middle) * k / half_size, 0.0, 1.0);
  gl_PointSize = (max(size * min(k * boost, 0.8), 2.2 + size * 0.03) + 2.0 + 3.0 * ring) * ratio;
  radius = gl_PointSize * 0.5; inner = radius - (1.2 + 2.0 * ring) * ratio - 0.7;
  tint = colour; edge = mix(border, marked, ring);
}`;
const ROUND = `
precision mediump float; varying vec4 tint; varying vec3 edge; varying float radius, inner;
void main() {
  float far = length(gl_PointCoord - 0.5) * radius * 2.0;
  float alpha = clamp(radius - far, 0.0, 1.0) * tint.a;
  gl_FragColor = vec4(mix(tint.rgb, edge, clamp((far - inner) / 0.7, 0.0, 1.0)) * alpha, alpha);
}`;

export class WebGL {
  /** Throws where the browser has no WebGL. */
  constructor(canvas) {
    const gl = canvas.getContext("webgl", { alpha: false, antialias: false, depth: false });
    if (!gl) throw new Error("no WebGL");
    if (!gl.getExtension("OES_element_index_uint")) throw new Error("no large index");
    Object.assign(this, { gl, canvas, discs: 0, buffer: gl.createBuffer(), loaded: null });
    this.program = new Program(gl, DISCS, ROUND, [["at", 2], ["size", 1], ["ring", 1], ["colour", 4]]);
    this.lines = new Lines(gl);
    this.over = new Lines(gl);
    this.layer = new Layer(gl, this.lines, isSoftware(gl) ? IN_SOFTWARE : IN_HARDWARE);
    this.atlas = new Atlas(gl);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  load({ lines, over, discs }) {
    const { gl } = this;
    if (lines !== this.loaded) {
      this.lines.load(lines);
      this.layer.stale();
    }
    this.loaded = lines;
    this.over.load(over);
    const round = new Writer(8);
    for (const { x, y, size, ring, colour, alpha } of discs) round.add(x, y, size, ring ? 1 : 0, ...channels(colour, alpha));
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, round.array(), gl.DYNAMIC_DRAW);
    this.discs = discs.length;
  }

  /** Gives whether the next frame has more to draw; with `whole`, all is drawn now. */
  draw(camera, { boost, ratio, fade, names, rim, ink, background, inMotion = false, whole = false }) {
    const { gl } = this, inParts = !whole && this.layer.isNeeded(camera), page = channels(background, 1);
    gl.clearColor(...page);
    // what goes elsewhere first: each change of target or of numbers costs time between two drawings
    this.atlas.place(names, { ink, background, ratio });
    const more = inParts && this.layer.goOn(camera, inMotion);
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (inParts) this.layer.draw(camera, fade, page);
    else this.lines.draw(camera, fade);
    this.over.draw(camera, 1);
    this.program.use(this.buffer, {
      middle: [camera.x, camera.y], half_size: [camera.width / 2, camera.height / 2], k: camera.k,
      boost, ratio, border: channels(rim, 1).slice(0, 3), marked: channels(ink, 1).slice(0, 3),
    });
    gl.drawArrays(gl.POINTS, 0, this.discs);
    this.atlas.draw();
    return more;
  }
}

function isSoftware(gl) {
  const known = gl.getExtension("WEBGL_debug_renderer_info");
  return /swiftshader|llvmpipe|software|basic render/i.test(gl.getParameter(known ? known.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
