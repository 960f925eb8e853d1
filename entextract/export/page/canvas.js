// Draws a scene on a plain canvas, where there is no WebGL.
import { pixels, pointsOf } from "./scene.js";
import { arrowOf } from "./webgl.js";

export class Canvas {
  constructor(canvas) {
    this.canvas = canvas;
    this.scene = { lines: [], discs: [] };
  }

  load(scene) {
    this.scene = scene;
  }

  draw(camera, { boost, ratio, rim, marked }) {
    const pen = this.canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, camera.width, camera.height);
    for (const line of this.scene.lines) {
      const points = pointsOf(line).map(([x, y]) => camera.place(x, y));
      pen.globalAlpha = line.alpha;
      pen.strokeStyle = pen.fillStyle = line.colour;
      pen.lineWidth = line.width;
      pen.beginPath();
      points.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
      if (line.arrow) arrow(pen, arrowOf(points), line.width);
    }
    for (const disc of this.scene.discs) {
      const [x, y] = camera.place(disc.x, disc.y);
      pen.globalAlpha = disc.alpha;
      pen.beginPath();
      pen.arc(x, y, pixels(disc.size, camera.k, boost) / 2, 0, 2 * Math.PI);
      pen.fillStyle = disc.colour;
      pen.fill();
      pen.lineWidth = disc.ring ? 3 : 1;
      pen.strokeStyle = disc.ring ? marked : rim;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }
}

function arrow(pen, [[ax, ay], [bx, by]], width) {
  const way = Math.atan2(by - ay, bx - ax), length = 7 + width, wide = 4 + width / 2;
  pen.save();
  pen.translate((ax + bx) / 2, (ay + by) / 2);
  pen.rotate(way);
  pen.beginPath();
  pen.moveTo(length / 2, 0);
  pen.lineTo(-length / 2, wide);
  pen.lineTo(-length / 2, -wide);
  pen.fill();
  pen.restore();
}
