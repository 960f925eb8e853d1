"use strict";
// Everything that comes from an article reaches the page as textContent or on the canvas:
// no markup is ever made of it.
(async () => {
  const $ = (id) => document.getElementById(id);
  const parse = (id) => JSON.parse($(id).textContent);
  const { nodes, edges, periods, colours, words, hasCommunities, byCommunity } = parse("data");
  const language = document.documentElement.lang;
  words.number = (value) => value.toLocaleString(language, { maximumFractionDigits: 4 });
  // in French 0 and 1,5 are singular
  const some = (count, what) => `${words.number(count)} ${words[what][language === "fr" ? +(count >= 2) : +(count !== 1)]}`;
  const list = (...parts) => parts.filter(Boolean).join(" · ");
  words.shown = (entities, links) => `${some(entities, "entity")}, ${some(links, "link")}`;
  words.links = (count) => some(count, "link");
  const counted = (one, what) => one[`${what}s`] !== undefined && some(one[`${what}s`], what);
  words.aboutNode = (node, type) => list(type, counted(node, "mention"), counted(node, "article"));
  words.aboutEdge = (edge) => list(kindOf(edge), `${words.weightIs} ${words.number(edge.weight)}`, counted(edge, "article"));
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = words[one.dataset.word];
  for (const one of document.querySelectorAll("[data-aria]")) {
    one.setAttribute("aria-label", words[one.dataset.aria]);
    one.title = words[one.dataset.aria];
  }

  const item = parse("plot");
  await Bokeh.embed.embed_item(item, "drawing");
  const doc = Bokeh.documents[Bokeh.documents.length - 1];
  const model = (name) => doc.get_model_by_name(name);
  const plot = model("drawing");
  const [nodeSource, edgeSource, arrowSource, nameSource] =
    ["nodes", "edges", "arrows", "names"].map(model);

  const flat = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[-\u2010\u2011]/g, " ");
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const neighbours = new Map(nodes.map((node) => [node.id, []]));
  for (const node of nodes) node.flat = flat(`${node.label} ${node.id}`);
  for (const edge of edges) {
    edge.a = byId.get(edge.source);
    edge.b = byId.get(edge.target);
    neighbours.get(edge.source).push(edge);
    if (edge.a !== edge.b) neighbours.get(edge.target).push(edge);
  }
  const kindOf = (edge) => edge.kind === "comention" ? words.comention : edge.kind;
  const typeOf = (type) => words.typeNames[type] || type || words.other;
  const colourOf = (node) => (hasCommunities && $("by-community").checked
    ? colours.community[node.community] : colours.type[node.type]) || colours.other;

  // ---- what is shown

  let shownNodes = new Set(), shownEdges = [], selected = null;
  const inPeriods = (counts) => {
    const [first, last] = [+$("first").value, +$("last").value];
    let sum = 0;
    for (const [period, count] of counts || []) if (period >= first && period <= last) sum += count;
    return sum;
  };
  const wholeTime = () => !periods.length || (+$("first").value === 0 && +$("last").value === periods.length - 1);
  const weightOf = (edge) => (wholeTime() ? edge.weight : inPeriods(edge.times));

  function filter() {
    const types = new Set([...document.querySelectorAll("#types input:checked")].map((box) => box.value));
    const community = $("community").value;
    const all = wholeTime();
    const least = scale[+$("weight").value] ?? -Infinity;
    $("least").textContent = Number.isFinite(least) ? `≥ ${words.number(least)}` : "";
    shownNodes = new Set(nodes.filter((node) => types.has(node.type)
      && (!community || String(node.community) === community)
      && (all || inPeriods(node.times) > 0)));
    shownEdges = edges.filter((edge) => {
      edge.now = weightOf(edge);
      return shownNodes.has(edge.a) && shownNodes.has(edge.b) && edge.now >= least && (all || edge.now > 0);
    });
    if ($("linked").checked) {
      const ends = new Set(shownEdges.flatMap((edge) => [edge.a, edge.b]));
      shownNodes = new Set([...shownNodes].filter((node) => ends.has(node)));
    }
    $("shown").textContent = words.shown(shownNodes.size, shownEdges.length);
    draw();
  }

  // ---- drawing

  const near = () => {
    if (!selected) return null;
    if (selected.a) return new Set([selected.a, selected.b]);
    return new Set([selected, ...neighbours.get(selected.id).flatMap((edge) => [edge.a, edge.b])]);
  };
  function draw() {
    const close = near();
    const drawn = [...shownNodes].sort((one, other) => one.size - other.size);
    const faded = (node) => (close && !close.has(node) ? 0.13 : 1);
    nodeSource.data = {
      x: drawn.map((n) => n.x), y: drawn.map((n) => n.y), size: drawn.map((n) => n.size),
      colour: drawn.map(colourOf), alpha: drawn.map(faded), label: drawn.map((n) => n.label),
      line: drawn.map((n) => (n === selected ? "#111111" : "#ffffff")),
    };
    const heaviest = Math.max(1e-9, ...shownEdges.slice(0, 50000).map((edge) => edge.now));
    const thin = shownEdges.length > 3000; // so many lines would make one grey stain
    const alpha = (edge) => {
      if (!selected) return thin ? 0.1 : 0.4;
      return edge === selected || edge.a === selected || edge.b === selected ? 0.95 : 0.06;
    };
    edgeSource.data = {
      x0: shownEdges.map((e) => e.a.x), y0: shownEdges.map((e) => e.a.y),
      x1: shownEdges.map((e) => e.b.x), y1: shownEdges.map((e) => e.b.y),
      width: shownEdges.map((e) => (thin && !selected ? 0.5 : 1) * (0.4 + 3.6 * Math.sqrt(Math.max(e.now, 0) / heaviest))),
      alpha: shownEdges.map(alpha),
      colour: shownEdges.map((e) => (e === selected ? "#111111" : "#7b8794")),
    };
    const arrows = shownEdges.filter((edge) => edge.directed);
    arrowSource.data = {
      x: arrows.map((e) => e.a.x + 0.62 * (e.b.x - e.a.x)), y: arrows.map((e) => e.a.y + 0.62 * (e.b.y - e.a.y)),
      angle: arrows.map((e) => Math.atan2(e.b.y - e.a.y, e.b.x - e.a.x) - Math.PI / 2),
      alpha: arrows.map(alpha),
    };
    drawNames();
  }

  const pixels = () => plot.inner_width / (plot.x_range.end - plot.x_range.start);
  // Names of the largest first, each where it covers no other.
  function drawNames() {
    const close = near();
    const k = pixels(), { start: x0, end: x1 } = plot.x_range, { start: y0, end: y1 } = plot.y_range;
    const seen = [...shownNodes].filter((n) => n.x > x0 && n.x < x1 && n.y > y0 && n.y < y1)
      .filter((n) => !close || close.has(n));
    seen.sort((one, other) => (other === selected) - (one === selected) || other.size - one.size
      || (one.id < other.id ? -1 : 1));
    const boxes = [], names = [];
    for (const node of seen.slice(0, 400)) {
      const text = node.label.length > 34 ? `${node.label.slice(0, 33)}…` : node.label;
      const half = text.length * 3.4 + 2;
      const x = (node.x - x0) * k, y = (y1 - node.y) * k + node.size / 2 + 9;
      const box = [x - half, y - 8, x + half, y + 8];
      if (node !== selected && boxes.some((b) => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])) continue;
      boxes.push(box);
      names.push([node, text]);
      if (names.length >= 90) break;
    }
    nameSource.data = {
      x: names.map(([n]) => n.x), y: names.map(([n]) => n.y),
      dy: names.map(([n]) => n.size / 2 + 2), text: names.map(([, text]) => text),
    };
  }
  function view(left, low, right, high) {
    const ratio = plot.inner_width / Math.max(plot.inner_height, 1);
    const wide = Math.max(right - left, (high - low) * ratio, 1e-6) * 1.12;
    const [x, y] = [(left + right) / 2, (low + high) / 2];
    plot.x_range.setv({ start: x - wide / 2, end: x + wide / 2 });
    plot.y_range.setv({ start: y - wide / ratio / 2, end: y + wide / ratio / 2 });
  }
  function viewAll() {
    const chosen = shownNodes.size ? [...shownNodes] : [{ x: 0, y: 0 }];
    const [xs, ys] = [chosen.map((n) => n.x), chosen.map((n) => n.y)];
    const margin = nodes.length > 1 ? 0 : 50;
    view(Math.min(...xs) - margin, Math.min(...ys) - margin, Math.max(...xs) + margin, Math.max(...ys) + margin);
  }
  function zoom(factor) {
    for (const range of [plot.x_range, plot.y_range]) {
      const [middle, half] = [(range.start + range.end) / 2, (range.end - range.start) / 2 * factor];
      range.setv({ start: middle - half, end: middle + half });
    }
  }

  // ---- reading

  function link(edge, node) {
    const line = document.createElement("li"), button = document.createElement("button");
    const dot = document.createElement("span"), name = document.createElement("span"), count = document.createElement("span");
    const other = edge.a === node ? edge.b : edge.a;
    dot.className = "dot";
    dot.style.background = colourOf(other);
    name.textContent = other.label + (edge.kind ? ` (${kindOf(edge)})` : "");
    count.className = "count";
    count.textContent = words.number(edge.weight);
    button.append(dot, name, count);
    button.onclick = () => select(edge);
    line.append(button);
    return line;
  }
  // The text with the names that it was chosen for marked.
  function marked(text, names) {
    const part = document.createElement("p");
    let rest = text;
    while (rest) {
      const hits = names.map((name) => [rest.indexOf(name), name]).filter(([at]) => at >= 0);
      if (!hits.length) break;
      const [at, name] = hits.sort((one, other) => one[0] - other[0] || other[1].length - one[1].length)[0];
      const mark = document.createElement("mark");
      mark.textContent = name;
      part.append(rest.slice(0, at), mark);
      rest = rest.slice(at + name.length);
    }
    part.append(rest);
    return part;
  }
  function quote({ text, source, date, url }, names) {
    const line = document.createElement("li");
    line.append(marked(text, names));
    const origin = document.createElement(/^https?:\/\//i.test(url || "") ? "a" : "span");
    origin.className = "origin";
    origin.textContent = [source, date].filter(Boolean).join(", ");
    if (origin.tagName === "A") {
      origin.href = url;
      origin.target = "_blank";
      origin.rel = "noopener noreferrer";
      origin.textContent ||= url;
    }
    line.append(origin);
    return line;
  }
  const namesOf = (node) => [node.label, ...(node.forms || [])].filter((name) => name.length > 1);
  function select(one) {
    selected = one;
    $("reading").hidden = !one;
    if (one) {
      const isEdge = Boolean(one.a);
      const names = isEdge ? [...namesOf(one.a), ...namesOf(one.b)] : namesOf(one);
      $("name").textContent = isEdge ? `${one.a.label} ${one.directed ? "→" : "–"} ${one.b.label}` : one.label;
      $("about").textContent = isEdge ? words.aboutEdge(one) : words.aboutNode(one, typeOf(one.type));
      $("quotes").replaceChildren(...(one.quotes || []).map((q) => quote(q, names)));
      $("quotes-title").textContent = one.quotes?.length ? words.quotes : words.noQuotes;
      const links = isEdge ? [] : [...neighbours.get(one.id)].sort((x, y) => y.weight - x.weight);
      $("links").replaceChildren(...links.slice(0, 40).map((edge) => link(edge, one)));
      if (isEdge) $("links").append(...[one.a, one.b].map(entry));
      $("links-title").textContent = isEdge ? words.ends : links.length ? words.links(links.length) : words.noLinks;
      $("reading").scrollTop = 0;
    }
    draw();
  }
  function entry(node) {
    const line = document.createElement("li"), button = document.createElement("button");
    const dot = document.createElement("span"), name = document.createElement("span");
    dot.className = "dot";
    dot.style.background = colourOf(node);
    name.textContent = node.label;
    button.append(dot, name);
    button.onclick = () => { select(node); centre(node); };
    line.append(button);
    return line;
  }
  function centre(node) {
    const { start, end } = plot.x_range, half = (end - start) / 2;
    const high = (plot.y_range.end - plot.y_range.start) / 2;
    plot.x_range.setv({ start: node.x - half, end: node.x + half });
    plot.y_range.setv({ start: node.y - high, end: node.y + high });
  }
  function tap(x, y) {
    const k = pixels();
    let best = null, distance = Infinity;
    for (const node of shownNodes) {
      const far = Math.hypot(node.x - x, node.y - y) * k - node.size / 2;
      if (far < Math.min(distance, 4)) [best, distance] = [node, far];
    }
    if (!best) {
      for (const edge of shownEdges) {
        const [dx, dy] = [edge.b.x - edge.a.x, edge.b.y - edge.a.y];
        const along = Math.max(0, Math.min(1, ((x - edge.a.x) * dx + (y - edge.a.y) * dy) / (dx * dx + dy * dy || 1)));
        const far = Math.hypot(edge.a.x + along * dx - x, edge.a.y + along * dy - y) * k;
        if (far < Math.min(distance, 7)) [best, distance] = [edge, far];
      }
    }
    select(best);
  }

  // ---- controls

  const counts = new Map();
  for (const node of nodes) counts.set(node.type, (counts.get(node.type) || 0) + 1);
  for (const [type, count] of [...counts].sort((one, other) => other[1] - one[1])) {
    const label = document.createElement("label"), box = document.createElement("input");
    const dot = document.createElement("span"), name = document.createElement("span"), number = document.createElement("span");
    label.className = "check";
    Object.assign(box, { type: "checkbox", checked: true, value: type, onchange: filter });
    dot.className = "dot";
    dot.style.background = colours.type[type] || colours.other;
    name.textContent = typeOf(type);
    number.className = "count";
    number.textContent = count;
    label.append(box, dot, name, number);
    $("types").append(label);
  }
  const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
  if (hasCommunities) {
    $("communities").hidden = false;
    const known = [...new Set(nodes.map((n) => n.community).filter((c) => c !== undefined))];
    known.sort((one, other) => (typeof one === "number" ? one - other : String(one).localeCompare(other)));
    const leader = (c) => nodes.filter((n) => n.community === c).sort((one, other) => other.size - one.size)[0].label;
    $("community").append(option("", words.any), ...known.map((c) => option(String(c), c === 0 ? words.alone : `${c} – ${leader(c)}`)));
    $("community").onchange = filter;
    $("by-community").checked = byCommunity;
    $("by-community").onchange = () => draw();
  }
  if (periods.length > 1) {
    $("periods").hidden = false;
    for (const id of ["first", "last"]) $(id).append(...periods.map((name, number) => option(number, name)));
    $("last").value = periods.length - 1;
    $("first").onchange = () => { if (+$("last").value < +$("first").value) $("last").value = $("first").value; filter(); };
    $("last").onchange = () => { if (+$("last").value < +$("first").value) $("first").value = $("last").value; filter(); };
  } else {
    for (const id of ["first", "last"]) $(id).append(option(0, ""));
  }
  const scale = [...new Set(edges.map((edge) => edge.weight))].sort((one, other) => one - other);
  $("weight").max = Math.max(scale.length - 1, 0);
  $("weight").oninput = filter;
  $("linked").onchange = filter;
  $("search").oninput = () => {
    const wanted = flat($("search").value.trim());
    const starts = (node) => (node.flat.startsWith(wanted) ? 0 : node.flat.includes(` ${wanted}`) ? 1 : 2);
    const hits = wanted ? nodes.filter((node) => node.flat.includes(wanted)) : [];
    hits.sort((one, other) => starts(one) - starts(other) || other.size - one.size);
    $("found").replaceChildren(...hits.slice(0, 8).map(entry));
    if (wanted && !hits.length) {
      $("found").append(Object.assign(document.createElement("li"), { className: "none", textContent: words.nothing }));
    }
  };
  $("search").onkeydown = (event) => { if (event.key === "Enter") $("found").querySelector("button")?.click(); };
  $("close").onclick = () => select(null);
  $("in").onclick = () => zoom(0.7);
  $("out").onclick = () => zoom(1 / 0.7);
  $("all").onclick = viewAll;
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") select(null); });

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; drawNames(); }, 60);
  };
  plot.x_range.change.connect(soon);
  plot.y_range.change.connect(soon);
  const whole = () => { if (plot.inner_width > 0) { viewAll(); drawNames(); } };
  let resizing = 0;
  new ResizeObserver(() => { clearTimeout(resizing); resizing = setTimeout(whole, 120); }).observe($("drawing"));

  window.entextract = {
    tap, select: (id) => select(byId.get(id) || null), shown: () => [shownNodes.size, shownEdges.length],
    // where a point of the drawing stands in the window
    place: (x, y) => {
      const box = $("drawing").getBoundingClientRect(), k = pixels();
      return [box.left + (x - plot.x_range.start) * k, box.top + (plot.y_range.end - y) * k];
    },
    nodes, edges,
  };
  filter();
  for (let tries = 0; tries < 100 && !(plot.inner_width > 0); tries++) await new Promise((done) => setTimeout(done, 30));
  whole();
  document.body.dataset.ready = "true";
})();
