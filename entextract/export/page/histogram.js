// Mentions a period, with a brush that chooses a span of periods.

const SVG = "http://www.w3.org/2000/svg";

export function totals(nodes, count, source) {
  const sums = new Array(count).fill(0);
  for (const node of nodes) {
    for (const [period, from, number] of node.times) if (period >= 0 && (source < 0 || from === source)) sums[period] += number;
  }
  return sums;
}

export class Histogram {
  /** `changed(first, last, done)` is called while the brush moves, and when it stands. */
  constructor(svg, periods, changed) {
    Object.assign(this, { svg, periods, changed, first: 0, last: periods.length - 1, sums: [] });
    let start = null;
    const at = (event) => {
      const box = svg.getBoundingClientRect();
      const place = Math.floor((event.clientX - box.left) / Math.max(box.width, 1) * periods.length);
      return Math.max(0, Math.min(periods.length - 1, place));
    };
    svg.addEventListener("pointerdown", (event) => {
      start = at(event);
      svg.setPointerCapture(event.pointerId);
      this.choose(start, start, false);
    });
    svg.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const here = at(event);
      this.choose(Math.min(start, here), Math.max(start, here), false);
    });
    svg.addEventListener("pointerup", () => {
      if (start === null) return;
      start = null;
      this.choose(this.first, this.last, true);
    });
    svg.addEventListener("dblclick", () => this.choose(0, periods.length - 1, true));
  }

  choose(first, last, done) {
    Object.assign(this, { first, last });
    this.draw();
    this.changed(first, last, done);
  }

  draw(sums = this.sums) {
    this.sums = sums;
    const most = Math.max(1, ...sums), wide = 1000 / this.periods.length;
    const bars = sums.map((sum, number) => {
      const bar = document.createElementNS(SVG, "rect");
      const high = sum ? Math.max(2, 40 * sum / most) : 0;
      const values = { x: number * wide + wide * 0.08, width: wide * 0.84, y: 42 - high, height: high };
      for (const [name, value] of Object.entries(values)) bar.setAttribute(name, value);
      bar.setAttribute("class", number >= this.first && number <= this.last ? "in" : "out");
      const title = document.createElementNS(SVG, "title");
      title.textContent = `${this.periods[number]}: ${sum}`;
      bar.append(title);
      return bar;
    });
    this.svg.replaceChildren(...bars);
  }
}
