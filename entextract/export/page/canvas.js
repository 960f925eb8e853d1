// Draws a scene on a plain canvas, where there is no WebGL.
import { arrowhead, arrowOf, pixels, pointsOf, writeName } from "./scene.js";

const IN_MOTION = 1000; // lines, the widest, while the view moves

export class Canvas {
  constructor(canvas) {
    this.canvas = canvas;
    this.scene = { lines: [], over: [], discs: [] };
    // drawn by the processor: where there is no WebGL, software that stands for it takes 20 times as long
    this.pen = canvas.getContext("2d", { willReadFrequently: true });
  }

  load(scene) {
    if (scene.lines !== this.scene.lines) this.widest = [...scene.lines].sort((one, other) => other.width - one.width).slice(0, IN_MOTION);
    this.scene = scene;
  }

  /** Gives whether there is more to draw: never. */
  draw(camera, { boost, ratio, fade, names, rim, ink, background, inMotion = false }) {
    const { pen } = this;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, camera.width, camera.height);
    for (const line of inMotion ? this.widest : this.scene.lines) drawLine(pen, line, camera, line.alpha * fade);
    for (const line of this.scene.over) drawLine(pen, line, camera, line.alpha);
    for (const disc of this.scene.discs) {
      const [x, y] = camera.place(disc.x, disc.y);
      pen.globalAlpha = disc.alpha;
      pen.beginPath();
      pen.arc(x, y, pixels(disc.size, camera.k, boost) / 2, 0, 2 * Math.PI);
      pen.fillStyle = disc.colour;
      pen.fill();
      pen.lineWidth = disc.ring ? 3 : 1;
      pen.strokeStyle = disc.ring ? ink : rim;
      pen.stroke();
    }
    pen.globalAlpha = 1;
    for (const { text, x, y } of names) writeName(pen, text, x, y, { ink, background });
    return false;
  }
}

function drawLine(pen, line, camera, alpha) {
  const points = pointsOf(line).map(([x, y]) => camera.place(x, y));
  pen.globalAlpha = alpha;
  pen.strokeStyle = pen.fillStyle = line.colour;
  pen.lineWidth = line.width;
  pen.beginPath();
  points.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
  if (!line.arrow) return;
  pen.beginPath();
  for (const [x, y] of arrowhead(arrowOf(points), line.width)) pen.lineTo(x, y);
  pen.fill();
}
