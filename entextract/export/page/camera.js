// Where one looks from: the middle of the view in units of the graph, and pixels a unit.

export class Camera {
  constructor(width = 1, height = 1) {
    Object.assign(this, { x: 0, y: 0, k: 1, width, height });
  }

  /** Pixels of a place; y grows upwards in the graph and downwards on the screen. */
  place(x, y) {
    return [(x - this.x) * this.k + this.width / 2, (this.y - y) * this.k + this.height / 2];
  }

  world(left, top) {
    return [(left - this.width / 2) / this.k + this.x, this.y - (top - this.height / 2) / this.k];
  }

  /** Another room for the view: what is seen stays where it is on the screen. */
  resize(width, height) {
    const [left, top] = this.world(0, 0);
    Object.assign(this, { width, height, x: left + width / 2 / this.k, y: top - height / 2 / this.k });
  }

  /** Zoom so that the place under the pointer stays there. */
  zoom(factor, left = this.width / 2, top = this.height / 2) {
    const [x, y] = this.world(left, top);
    this.k = Math.min(Math.max(this.k * factor, 1e-5), 1e3);
    this.x = x - (left - this.width / 2) / this.k;
    this.y = y + (top - this.height / 2) / this.k;
  }

  pan(dx, dy) {
    this.x -= dx / this.k;
    this.y += dy / this.k;
  }

  /** The view that holds these places, with a margin of pixels. */
  fitting(places, margin = 48) {
    if (!places.length) return { x: 0, y: 0, k: 1 };
    let [left, low, right, high] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y } of places) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
    const k = Math.min((this.width - 2 * margin) / Math.max(right - left, 1), (this.height - 2 * margin) / Math.max(high - low, 1), 3);
    return { x: (left + right) / 2, y: (low + high) / 2, k: Math.max(k, 1e-5) };
  }

  /** A view between the present one and another, `part` of the way. */
  towards(start, end, part) {
    const smooth = part * part * (3 - 2 * part);
    this.x = start.x + (end.x - start.x) * smooth;
    this.y = start.y + (end.y - start.y) * smooth;
    this.k = start.k * (end.k / start.k) ** smooth;
  }
}
