// What is to be drawn, in units of the graph: discs and lines with their looks.

const FADED_NODE = 0.12, FADED_EDGE = 0.05;

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

/** The value of an attribute as text; 0 is no community. */
export function valueOf(node, by) {
  const value = by in node ? node[by] : node.attributes?.[by];
  return value === undefined || value === null || (by === "community" && value === 0) ? "" : String(value);
}

/** Discs and lines of what is shown; `lit` are the entities and ties that stand out, or null. */
export function sceneOf({ nodes, edges }, { colours, other, edgeColours, lit, selected, sizes }) {
  const heaviest = edges.reduce((most, edge) => Math.max(most, edge.now), 1e-9);
  const many = edges.length > 2500 ? 0.45 : 1;
  const lines = edges.map((edge) => {
    const near = !lit || lit.edges.has(edge);
    return {
      edge,
      ax: edge.a.x, ay: edge.a.y, bx: edge.b.x, by: edge.b.y, curve: edge.curve,
      width: 0.6 + 4.4 * Math.sqrt(Math.max(edge.now, 0) / heaviest) + (edge === selected ? 1.5 : 0),
      colour: edge === selected ? edgeColours.selected : edgeColours[edge.tone] || edgeColours.plain,
      alpha: lit ? (near ? 0.85 : FADED_EDGE) : 0.16 + 0.4 * many * Math.sqrt(Math.max(edge.now, 0) / heaviest),
      arrow: Boolean(edge.directed),
    };
  });
  const discs = [...nodes].sort((one, two) => one.size - two.size).map((node) => ({
    node,
    x: node.x, y: node.y, size: sizes(node),
    colour: colours(node) || other,
    alpha: !lit || lit.nodes.has(node) ? 1 : FADED_NODE,
    ring: node === selected,
  }));
  return { lines, discs };
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
  return Math.max(size * Math.min(k * boost, 1.2), 2.2 + size * 0.03);
}

/** The disc, else the line, under a place on the screen. */
export function hit({ lines, discs }, camera, boost, left, top) {
  let best = null, nearest = 4;
  for (const disc of discs) {
    const [x, y] = camera.place(disc.x, disc.y);
    const far = Math.hypot(x - left, y - top) - pixels(disc.size, camera.k, boost) / 2;
    if (far < nearest) [best, nearest] = [disc.node, far];
  }
  if (best) return best;
  nearest = 6;
  for (const line of lines) {
    const points = pointsOf(line).map(([x, y]) => camera.place(x, y));
    for (let n = 1; n < points.length; n++) {
      const far = fromSegment(left, top, points[n - 1], points[n]);
      if (far < nearest) [best, nearest] = [line.edge, far];
    }
  }
  return best;
}

function fromSegment(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + along * dx - x, ay + along * dy - y);
}

/** Where names stand: the most important first, each in the first free place around its disc. */
export function placeNames(discs, camera, boost, { most, width, height = 15 }) {
  const seen = discs.filter(({ alpha }) => alpha === 1).map((disc) => {
    const [x, y] = camera.place(disc.x, disc.y);
    return { ...disc, x, y, radius: pixels(disc.size, camera.k, boost) / 2 };
  }).filter(({ x, y }) => x > 0 && y > 0 && x < camera.width && y < camera.height);
  seen.sort((one, other) => other.ring - one.ring || rank(one.node, other.node));
  const taken = new Boxes(), names = [];
  for (const { node, x, y, radius, ring } of seen) {
    if (names.length >= most) break;
    const [w, h] = [width(node) + 4, height];
    const places = [
      [x, y + radius + h / 2 + 1], [x, y - radius - h / 2 - 1],
      [x + radius + w / 2 + 2, y], [x - radius - w / 2 - 2, y],
      [x + radius * 0.7 + w / 2, y + radius * 0.7 + h / 2], [x - radius * 0.7 - w / 2, y + radius * 0.7 + h / 2],
      [x + radius * 0.7 + w / 2, y - radius * 0.7 - h / 2], [x - radius * 0.7 - w / 2, y - radius * 0.7 - h / 2],
    ];
    const free = places.find(([cx, cy]) => cx > w / 2 && cx < camera.width - w / 2
      && !taken.meets([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])) || (ring ? places[0] : null);
    if (!free) continue;
    taken.add([free[0] - w / 2, free[1] - h / 2, free[0] + w / 2, free[1] + h / 2]);
    names.push({ node, x: free[0], y: free[1] });
  }
  return names;
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
