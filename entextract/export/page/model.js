// The graph of the page: entities, ties, what is shown of them, neighbours and paths.
import { wordsOf } from "./text.js";

const COMENTION = "comention", WIDEST = 1;

/** Entities and ties as objects that know each other; made once of the data in the page. */
export class Model {
  constructor({ nodes, edges, articles, sentences, periods }) {
    this.nodes = nodes.map((row, index) => ({ times: [], quotes: [], forms: [], ...row, index, edges: [] }));
    this.byId = new Map(this.nodes.map((node) => [node.id, node]));
    this.edges = edges.map((row, index) => ({
      times: [], quotes: [], kind: "", status: "", ...row, index, a: this.nodes[row.a], b: this.nodes[row.b],
    }));
    this.articles = articles;
    this.sentences = sentences;
    this.periods = periods;
    const parallel = new Map();
    for (const edge of this.edges) {
      edge.key = [edge.a.id, edge.b.id, edge.kind, edge.status].join("|");
      edge.a.edges.push(edge);
      if (edge.a !== edge.b) edge.b.edges.push(edge);
      const pair = edge.a.index < edge.b.index ? `${edge.a.index} ${edge.b.index}` : `${edge.b.index} ${edge.a.index}`;
      if (!parallel.has(pair)) parallel.set(pair, []);
      parallel.get(pair).push(edge);
    }
    for (const group of parallel.values()) bend(group);
    this.byKey = new Map(this.edges.map((edge) => [edge.key, edge]));
    for (const node of this.nodes) {
      node.strength = node.edges.reduce((sum, edge) => sum + Math.max(edge.weight, 0), 0);
      node.written = [node.label, ...node.forms, node.id.split(":").pop()].map(wordsOf);
    }
    this.ranked = [...this.nodes].sort(byImportance);
  }

  /** The entities and ties of a first view: the strongest that fit. */
  core(most = 300) {
    const linked = this.nodes.filter((node) => node.edges.some((edge) => edge.a !== edge.b));
    linked.sort((one, other) => other.strength - one.strength || byImportance(one, other));
    return new Set(linked.slice(0, most));
  }

  get isLarge() {
    return this.nodes.length > 400;
  }
}

/** Ties that share both ends: the straight one is a co-mention, or the only one. */
function bend(group) {
  if (group.length === 1) {
    group[0].curve = group[0].directed ? 0.12 : 0;
    return;
  }
  const step = Math.min(0.1, WIDEST / group.length); // however many, they stay near their ends
  let left = 0;
  for (const edge of group) {
    const straight = !edge.directed && !edge.kind.replace(COMENTION, "");
    edge.curve = straight ? 0 : 0.14 + step * left++;
  }
}

export function byImportance(one, other) {
  return (other.mentions || 0) - (one.mentions || 0) || other.strength - one.strength || (one.id < other.id ? -1 : 1);
}

/** How often in the chosen periods and newspapers; counts are [period, source, count]. */
export function countIn(times, { first, last, source }) {
  let sum = 0;
  for (const [period, from, count] of times) {
    if (period >= first && period <= last && (source < 0 || from === source)) sum += count;
  }
  return sum;
}

/** How often an entity is named in what the filters of time and newspaper leave. */
export function mentionsIn(model, node, filters) {
  return isWhole(filters, model.periods.length) ? node.mentions : countIn(node.times, filters);
}

/** The ties of an entity that the filters leave, the heaviest first, whether its neighbours are shown or not. */
export function tiesOf(model, node, filters) {
  const whole = isWhole(filters, model.periods.length);
  return node.edges.filter((edge) => (whole || edge.now > 0) && !isOff(edge, filters)).sort((one, other) => other.now - one.now);
}

/** The value of an attribute as text; 0 is no community. */
export function valueOf(node, by) {
  const value = by in node ? node[by] : node.attributes?.[by];
  return value === undefined || value === null || (by === "community" && value === 0) ? "" : String(value);
}

/**
 * The size of an entity in what the filters of time and newspaper leave, where its mentions give it: its area is their
 * share, so that it never outgrows the room that it has, and two periods can be compared.
 */
export function sizeIn(model, node, filters, smallest) {
  if (isWhole(filters, model.periods.length) || !(node.mentions > 0)) return node.size;
  const share = Math.min(countIn(node.times, filters) / node.mentions, 1);
  return smallest + (node.size - smallest) * Math.sqrt(share);
}

const isOff = (edge, { noKinds, noStatuses }) => noKinds.has(edge.kind || COMENTION) || noStatuses.has(edge.status);

/** Whether the filters let everything through, articles without a date too. */
export function isWhole(filters, periods) {
  return filters.source < 0 && filters.first <= 0 && filters.last >= periods - 1;
}

/** What the filters leave: entities, ties, and the weight of each tie as `now`. */
export function visible(model, filters) {
  const whole = isWhole(filters, model.periods.length);
  const within = filters.within;
  let nodes = new Set(model.nodes.filter((node) => !filters.noTypes.has(node.type || "")
    && (!within || within.has(node))
    && (filters.community === "" || String(node.community) === filters.community)
    && (!filters.value || valueOf(node, filters.attribute) === filters.value)
    && (whole || countIn(node.times, filters) > 0)));
  const edges = model.edges.filter((edge) => {
    edge.now = whole ? edge.weight : countIn(edge.times, filters);
    return nodes.has(edge.a) && nodes.has(edge.b) && edge.now >= filters.least && (whole || edge.now > 0)
      && !isOff(edge, filters);
  });
  if (filters.linked) {
    const ends = new Set(edges.flatMap((edge) => [edge.a, edge.b]));
    nodes = new Set([...nodes].filter((node) => ends.has(node)));
  }
  return { nodes, edges };
}

/** What one view has and the next has not. */
export function gone(before, now) {
  const edges = new Set(now.edges);
  return { nodes: new Set([...before.nodes].filter((node) => !now.nodes.has(node))), edges: before.edges.filter((edge) => !edges.has(edge)) };
}

/** Those that so many ties lead to, and the start itself. */
export function around(start, steps, edges = null) {
  const allowed = edges && new Set(edges);
  const found = new Set([start]);
  let border = [start];
  for (let step = 0; step < steps; step++) {
    const next = [];
    for (const node of border) {
      for (const edge of node.edges) {
        if (allowed && !allowed.has(edge)) continue;
        const other = edge.a === node ? edge.b : edge.a;
        if (!found.has(other)) {
          found.add(other);
          next.push(other);
        }
      }
    }
    border = next;
  }
  return found;
}

/** The ties of a shortest way between two entities, the heavier where several are; null if none. */
export function path(from, to, edges) {
  const allowed = new Set(edges);
  const came = new Map([[from, null]]);
  let border = [from];
  while (border.length && !came.has(to)) {
    const ways = border.flatMap((node) => node.edges.filter((edge) => allowed.has(edge)).map((edge) => [node, edge]));
    ways.sort(([, one], [, other]) => (other.now ?? other.weight) - (one.now ?? one.weight) || one.index - other.index);
    border = [];
    for (const [node, edge] of ways) {
      const other = edge.a === node ? edge.b : edge.a;
      if (came.has(other)) continue;
      came.set(other, [node, edge]);
      border.push(other);
    }
  }
  if (!came.has(to)) return null;
  const found = [];
  for (let step = came.get(to); step; step = came.get(step[0])) found.unshift(step[1]);
  return found;
}

/** The entities that a query means: each of its words begins a word of one of its forms. */
export function search(model, query) {
  const wanted = wordsOf(query), whole = wanted.join(" ");
  if (!wanted.length) return [];
  const found = [];
  for (const node of model.nodes) {
    let best = Infinity, form = -1;
    node.written.forEach((words, number) => {
      if (!wanted.every((word) => words.some((one) => one.startsWith(word)))) return;
      const name = words.join(" ");
      const rank = (name === whole ? 0 : name.startsWith(whole) ? 1 : 2) + (number ? 0.5 : 0);
      if (rank < best) [best, form] = [rank, number];
    });
    if (form >= 0) found.push({ node, rank: best, form: form && form <= node.forms.length ? node.forms[form - 1] : "" });
  }
  found.sort((one, other) => one.rank - other.rank || byImportance(one.node, other.node));
  return found;
}
