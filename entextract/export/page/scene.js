// What is to be drawn, in units of the graph: discs and lines with their looks.
import { valueOf } from "./model.js";

const FADED_NODE = 0.12, FADED_LINES = 0.25, PAST = 0.3;
const FOREMOST = 30; // names that are sought a place for at some cost
const GAP = 4; // pixels between names, side by side
export const FONT = "13px system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
export const NAME_HEIGHT = 15;

/** Colours of the values of an attribute: the most frequent are told apart. */
export function coloursOf(nodes, by, colours) {
  if (by === "type") return new Map(Object.entries(colours.type));
  const counts = new Map();
  for (const node of nodes) {
    const value = valueOf(node, by);
    if (value !== "") counts.set(value, (counts.get(value) || 0) + (by === "community" ? 1 : node.mentions || 1));
  }
  const ranked = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  return new Map(ranked.slice(0, colours.palette.length).map(([value], rank) => [value, colours.palette[rank]]));
}

/** Lines of ties as they look when none stands out: the more there are, the thinner and paler. */
export function linesOf(edges, edgeColours) {
  const heaviest = edges.reduce((most, edge) => Math.max(most, edge.now), 1e-9);
  const crowd = Math.min(1, Math.sqrt(1200 / edges.length));
  return edges.map((edge) => {
    const strength = Math.sqrt(Math.max(edge.now, 0) / heaviest);
    return {
      edge,
      ax: edge.a.x, ay: edge.a.y, bx: edge.b.x, by: edge.b.y, curve: edge.curve,
      width: 0.6 + 4.4 * crowd * strength, alpha: 0.16 + 0.4 * crowd * strength,
      colour: edgeColours[edge.tone] || edgeColours.plain,
      arrow: Boolean(edge.directed),
    };
  });
}

/** Lines of what was shown a step of time ago and is not now: they are leaving. */
export function pastLines(edges, edgeColours) {
  return linesOf(edges, edgeColours).map((line) => ({ ...line, alpha: line.alpha * PAST }));
}

/** The same lines where their ends are now, to be seen while they move. */
export function followed(lines) {
  return lines.map((line) => ({ ...line, ax: line.edge.a.x, ay: line.edge.a.y, bx: line.edge.b.x, by: line.edge.b.y, alpha: 0.85 }));
}

/**
 * Discs, and the lines to be drawn over the others: those that stand out, and those that move.
 * `lit` is what stands out, or null; `past` are the entities that are leaving; the selected and the
 * hovered one are named first.
 */
export function sceneOf(nodes, { lines, moving = [], past = new Set(), colours, other, edgeColours, lit, selected, hovered = null, sizes }) {
  const over = !lit ? [] : lines.filter(({ edge }) => lit.edges.has(edge)).map((line) => (line.edge === selected
    ? { ...line, alpha: 0.85, width: line.width + 1.5, colour: edgeColours.selected } : { ...line, alpha: 0.85 }));
  const alpha = (node) => (past.has(node) ? PAST : !lit || lit.nodes.has(node) ? 1 : FADED_NODE);
  const asked = new Set([selected, hovered].flatMap((one) => (one?.a ? [one.a, one.b] : [one])));
  const discs = [...nodes, ...past].sort((one, two) => sizes(one) - sizes(two)).map((node) => ({
    node,
    x: node.x, y: node.y, size: sizes(node),
    colour: colours(node) || other,
    alpha: alpha(node),
    ring: node === selected,
    asked: asked.has(node),
  }));
  const ranked = discs.filter((disc) => disc.alpha === 1);
  ranked.sort((one, two) => two.asked - one.asked || rank(one.node, two.node));
  return { lines, over: [...over, ...moving], fade: lit ? FADED_LINES : 1, discs, ranked };
}

/** Points of a tie, a straight line or a curve to the left of its way. */
export function pointsOf({ ax, ay, bx, by, curve }, steps = 10) {
  if (!curve) return [[ax, ay], [bx, by]];
  const [cx, cy] = [(ax + bx) / 2 - (by - ay) * curve, (ay + by) / 2 + (bx - ax) * curve];
  const found = [];
  for (let step = 0; step <= steps; step++) {
    const t = step / steps, u = 1 - t;
    found.push([u * u * ax + 2 * u * t * cx + t * t * bx, u * u * ay + 2 * u * t * cy + t * t * by]);
  }
  return found;
}

/** Diameter of a disc in pixels at a zoom: never too small to be seen, nor growing for ever. */
export function pixels(size, k, boost) {
  return Math.max(size * Math.min(k * boost, 0.8), 2.2 + size * 0.03);
}

/** The disc, else the line, under a place on the screen, or so many pixels more around it. */
export function hit({ lines, discs }, camera, boost, left, top, more = 0) {
  let best = null, nearest = 4 + more;
  for (const disc of discs) {
    const [x, y] = camera.place(disc.x, disc.y);
    const far = Math.hypot(x - left, y - top) - pixels(disc.size, camera.k, boost) / 2;
    if (far < nearest) [best, nearest] = [disc.node, far];
  }
  if (best) return best;
  nearest = 6 + more;
  const [x, y] = camera.world(left, top);
  for (const line of lines) {
    if (!isNear(line, x, y, nearest / camera.k)) continue;
    const points = pointsOf(line).map((point) => camera.place(...point));
    for (let n = 1; n < points.length; n++) {
      const far = fromSegment(left, top, points[n - 1], points[n]);
      if (far < nearest) [best, nearest] = [line.edge, far];
    }
  }
  return best;
}

/** Whether a place is in the box around a line, so much larger on each side: most lines are far away. */
function isNear({ ax, ay, bx, by, curve }, x, y, more) {
  const side = more + Math.abs(curve) * (Math.abs(bx - ax) + Math.abs(by - ay));
  return x >= Math.min(ax, bx) - side && x <= Math.max(ax, bx) + side && y >= Math.min(ay, by) - side && y <= Math.max(ay, by) + side;
}

function fromSegment(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + along * dx - x, ay + along * dy - y);
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

/** The corners in pixels of the arrow of a line: its tip, then its two ends. */
export function arrowhead([[ax, ay], [bx, by]], width) {
  const far = Math.hypot(bx - ax, by - ay) || 1, length = (7 + width) / 2, wide = 4 + width / 2;
  const ux = (bx - ax) / far, uy = (by - ay) / far;
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  return [
    [x + ux * length, y + uy * length],
    [x - ux * length - uy * wide, y - uy * length + ux * wide],
    [x - ux * length + uy * wide, y - uy * length - ux * wide],
  ];
}

/** Where names stand: the most important first, each in the first free place around its disc. */
export function placeNames(ranked, camera, boost, { most, width, height = NAME_HEIGHT }) {
  const taken = new Boxes(), names = [];
  for (const { node, size, asked, x: east, y: north } of ranked) {
    if (names.length >= most && !asked) break;
    const [x, y] = camera.place(east, north);
    if (x <= 0 || y <= 0 || x >= camera.width || y >= camera.height) continue;
    const radius = pixels(size, camera.k, boost) / 2, w = width(node) + GAP, h = height;
    const up = y - radius - h / 2 - 1, down = y + radius + h / 2 + 1, right = x + radius + w / 2 + 2, left = x - radius - w / 2 - 2;
    const aside = radius * 0.7 + w / 2, slant = radius * 0.7 + h / 2;
    const places = [
      [x, down], [x, up], [right, y], [left, y],
      [x + aside, y + slant], [x - aside, y + slant], [x + aside, y - slant], [x - aside, y - slant],
      [x + w / 4, down], [x - w / 4, down], [x + w / 4, up], [x - w / 4, up],
      [x + w / 2, down], [x - w / 2, down], [x + w / 2, up], [x - w / 2, up],
    ];
    // the foremost are named even a line farther off
    if (names.length < FOREMOST) for (const dx of [0, w / 3, -w / 3]) places.push([x + dx, down + h * 0.8], [x + dx, up - h * 0.8]);
    const free = places.find(([cx, cy]) => cx > w / 2 && cx < camera.width - w / 2
      && !taken.meets([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])) || (asked ? places[0] : null);
    if (!free) continue;
    taken.add([free[0] - w / 2, free[1] - h / 2, free[0] + w / 2, free[1] + h / 2]);
    // nor does a name cover the disc of a more important one that is named
    const half = radius * 0.7;
    if (half > 2) taken.add([x - half, y - half, x + half, y + half]);
    names.push({ node, x: free[0], y: free[1] });
  }
  return names;
}

/** A name in its halo, around a place. */
export function writeName(pen, text, x, y, { ink, background }) {
  Object.assign(pen, {
    font: FONT, textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3.5, strokeStyle: background, fillStyle: ink,
  });
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
}

const rank = (one, other) => (other.mentions || 0) - (one.mentions || 0) || other.strength - one.strength || one.index - other.index;

/** Rectangles in a grid, so that a meeting is found among the near ones only. */
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  * keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / 120); x <= Math.floor(right / 120); x++) {
      for (let y = Math.floor(top / 40); y <= Math.floor(bottom / 40); y++) yield `${x} ${y}`;
    }
  }

  meets(box) {
    for (const key of this.keys(box)) {
      for (const one of this.cells.get(key) || []) {
        if (one[0] < box[2] && box[0] < one[2] && one[1] < box[3] && box[1] < one[3]) return true;
      }
    }
    return false;
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}
