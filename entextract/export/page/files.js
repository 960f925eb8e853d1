// Files of what is seen: CSV, GEXF, SVG.
import { arrowhead, arrowOf, pointsOf } from "./scene.js";

/** A table as CSV; what a spreadsheet would run as a formula begins with an apostrophe. */
export function csv(columns, rows) {
  const cell = (value) => {
    let text = value === undefined || value === null ? "" : String(value);
    if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${[columns, ...rows.map((row) => columns.map((name) => row[name]))].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

export const NODE_COLUMNS = ["id", "label", "type", "country", "community", "mentions", "articles"];
export const EDGE_COLUMNS = ["source", "target", "source_label", "target_label", "kind", "status", "directed", "weight", "articles"];

export function nodeRows(nodes) {
  return [...nodes].map((node) => Object.fromEntries(NODE_COLUMNS.map((name) => [name, node[name]])));
}

export function edgeRows(edges) {
  return edges.map((edge) => ({
    source: edge.a.id, target: edge.b.id, source_label: edge.a.label, target_label: edge.b.label, kind: edge.kind, status: edge.status,
    directed: edge.directed ? "true" : "false", weight: edge.now ?? edge.weight, articles: edge.articles,
  }));
}

// what XML 1.0 forbids
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export function escaped(text) {
  return String(text).replace(FORBIDDEN, "").replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** GEXF 1.3 of what is seen, with places, sizes and colours. */
export function gexf(nodes, edges, { colour, size, generator }) {
  const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const values = (row, names) => names.filter((name) => row[name] !== undefined && row[name] !== "")
    .map((name) => `<attvalue for="${name}" value="${escaped(row[name])}"/>`).join("");
  const own = ["type", "country", "community", "mentions", "articles"], ties = ["kind", "status", "articles"];
  const numbers = new Set(["mentions", "articles"]);
  const declared = (element, names) => `<attributes class="${element}">${names.map((name) => `<attribute id="${name}" title="${name}" type="${numbers.has(name) ? "integer" : "string"}"/>`).join("")}</attributes>`;
  const node = (one) => {
    const [r, g, b] = rgb(colour(one));
    return `<node id="${escaped(one.id)}" label="${escaped(one.label)}"><attvalues>${values(one, own)}</attvalues><viz:color r="${r}" g="${g}" b="${b}"/><viz:size value="${size(one).toFixed(1)}"/><viz:position x="${one.x.toFixed(2)}" y="${one.y.toFixed(2)}" z="0"/></node>`;
  };
  const edge = (one, number) => `<edge id="${number}" source="${escaped(one.a.id)}" target="${escaped(one.b.id)}" type="${one.directed ? "directed" : "undirected"}"${one.kind ? ` kind="${escaped(one.status ? `${one.kind} (${one.status})` : one.kind)}"` : ""} weight="${one.now ?? one.weight}"><attvalues>${values(one, ties)}</attvalues></edge>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><meta><creator>${escaped(generator)}</creator></meta><graph defaultedgetype="undirected">${declared("node", own)}${declared("edge", ties)}<nodes>${[...nodes].map(node).join("")}</nodes><edges>${edges.map(edge).join("")}</edges></graph></gexf>\n`;
}

/** The picture as SVG, its names as text. */
export function svg({ lines, over, fade, discs }, names, camera, { radius, background, ink, title }) {
  const round = (number) => number.toFixed(1);
  const drawn = [...lines.map((line) => ({ ...line, alpha: line.alpha * fade })), ...over].flatMap((line) => {
    const points = pointsOf(line).map(([x, y]) => camera.place(x, y)), alpha = line.alpha.toFixed(2);
    const through = (some) => some.map((one) => one.map(round).join(" ")).join("L");
    const way = `<path d="M${through(points)}" stroke="${line.colour}" stroke-opacity="${alpha}" stroke-width="${round(line.width)}"/>`;
    return line.arrow ? [way, `<path d="M${through(arrowhead(arrowOf(points), line.width))}Z" fill="${line.colour}" fill-opacity="${alpha}"/>`] : [way];
  });
  const round_ = discs.map((disc) => {
    const [x, y] = camera.place(disc.x, disc.y);
    return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius(disc))}" fill="${disc.colour}" fill-opacity="${disc.alpha}" stroke="${background}"/>`;
  });
  const words = names.map(({ text, x, y, size }) => `<text x="${round(x)}" y="${round(y)}" font-size="${size}">${escaped(text)}</text>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${camera.width}" height="${camera.height}" viewBox="0 0 ${camera.width} ${camera.height}"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="${background}"/><g fill="none">${drawn.join("")}</g><g>${round_.join("")}</g><g font-family="system-ui, sans-serif" text-anchor="middle" dominant-baseline="central" fill="${ink}" stroke="${background}" stroke-width="3" paint-order="stroke">${words.join("")}</g></svg>\n`;
}

/** Hand a file to the browser. */
export function download(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
