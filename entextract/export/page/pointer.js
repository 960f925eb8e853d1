// Mouse, touch and keys on the graph: move, zoom, hover, click, drag an entity.
import { hit } from "./scene.js";

const STILL = 4; // pixels below which a press is a click
const FINGER = 12; // pixels around a finger in which an entity or a tie is meant

export class Pointer {
  constructor(page, element) {
    Object.assign(this, { page, element, pressed: new Map(), grabbed: null, moved: 0 });
    element.addEventListener("pointerdown", (event) => this.down(event));
    element.addEventListener("pointermove", (event) => this.move(event));
    element.addEventListener("pointerup", (event) => this.up(event));
    element.addEventListener("pointercancel", (event) => this.cancel(event));
    element.addEventListener("pointerleave", () => page.hover(null));
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    element.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && event.target.id !== "search") page.select(null);
    });
    for (const [id, factor] of [["in", 1.4], ["out", 1 / 1.4]]) page.$(id).onclick = () => this.zoom(factor);
    page.$("fit").onclick = () => page.fit(true);
  }

  at(event) {
    const box = this.element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  under(event) {
    const { page } = this;
    return hit(page.scene, page.camera, page.boost, ...this.at(event), event.pointerType === "touch" ? FINGER : 0);
  }

  down(event) {
    if (event.target.closest("button, input, select, details")) return;
    this.page.gliding = null;
    this.pressed.set(event.pointerId, this.at(event));
    this.element.setPointerCapture(event.pointerId);
    // of several fingers none drags an entity, nor is any of them a click
    if (this.pressed.size > 1) return this.release(Infinity);
    this.moved = 0;
    const one = this.under(event);
    // a finger hardly misses all discs: it moves the view, unless it is on what is selected
    this.grabbed = one && !one.a && (event.pointerType !== "touch" || one === this.page.selected) ? one : null;
    return null;
  }

  move(event) {
    const { page } = this, here = this.at(event), before = this.pressed.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch" && !event.target.closest("button, input, select, details")) page.hover(this.under(event));
      return;
    }
    const [dx, dy] = [here[0] - before[0], here[1] - before[1]];
    this.moved += Math.hypot(dx, dy);
    if (this.pressed.size === 2) this.pinch(event.pointerId, here);
    else if (this.grabbed && this.moved > STILL) {
      page.drag(this.grabbed, ...page.camera.world(...here));
    } else if (!this.grabbed) {
      page.camera.pan(dx, dy);
      page.moved();
    }
    this.pressed.set(event.pointerId, here);
  }

  pinch(id, here) {
    const [other] = [...this.pressed].filter(([key]) => key !== id).map(([, place]) => place);
    const before = this.pressed.get(id);
    const [was, is] = [before, here].map(([x, y]) => Math.hypot(x - other[0], y - other[1]));
    // the places under both fingers stay under them
    this.page.camera.pan((here[0] - before[0]) / 2, (here[1] - before[1]) / 2);
    this.page.camera.zoom(is / Math.max(was, 1), (here[0] + other[0]) / 2, (here[1] + other[1]) / 2);
    this.page.moved();
  }

  up(event) {
    const single = this.pressed.size === 1 && this.pressed.has(event.pointerId);
    this.cancel(event);
    if (single && this.moved <= STILL) this.page.select(this.under(event), { at: this.at(event) });
  }

  cancel(event) {
    this.pressed.delete(event.pointerId);
    this.release(this.moved);
  }

  /** Let go of what a pointer drags; `moved` is how far the press has gone so far. */
  release(moved) {
    Object.assign(this, { grabbed: null, moved });
    this.page.drop();
  }

  wheel(event) {
    event.preventDefault();
    this.page.gliding = null;
    this.page.camera.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), ...this.at(event));
    this.page.moved();
  }

  zoom(factor) {
    this.page.gliding = null;
    this.page.camera.zoom(factor);
    this.page.moved();
  }

  key(event) {
    const { page } = this;
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (moves[event.key]) {
      page.camera.pan(...moves[event.key]);
      page.moved();
    } else if (event.key === "+" || event.key === "=") this.zoom(1.4);
    else if (event.key === "-") this.zoom(1 / 1.4);
    else if (event.key === "0") page.fit(true);
    else return;
    event.preventDefault();
  }
}
