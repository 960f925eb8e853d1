// The page: its state, and what follows from it.
import { read, written } from "./address.js";
import { Camera } from "./camera.js";
import { Canvas } from "./canvas.js";
import { Controls } from "./controls.js";
import { Corrections } from "./decisions.js";
import { Draft } from "./draft.js";
import * as files from "./files.js";
import { around, gone, isWhole, mentionsIn, Model, path, sizeIn, tiesOf, valueOf, visible } from "./model.js";
import { Pointer } from "./pointer.js";
import { Reading } from "./reading.js";
import { coloursOf, followed, FONT, linesOf, pastLines, pixels, placeNames, sceneOf } from "./scene.js";
import { row, Table } from "./tables.js";
import { capital, cut, Language } from "./text.js";
import { WebGL } from "./webgl.js";

const NAMES = 60, LONGEST_NAME = 34, NEAR = 0.25;
const REST = 300; // milliseconds without a move after which the view rests

class Page {
  constructor(data) {
    this.$ = (id) => document.getElementById(id);
    this.data = data;
    this.model = new Model(data);
    this.tones = data.tones;
    this.edgeColours = data.edgeColours;
    for (const edge of this.model.edges) edge.tone = data.tones[edge.kind] || "plain";
    this.words = data.words;
    this.language = new Language(document.documentElement.lang, data.words);
    this.corrections = new Corrections();
    this.draft = new Draft(() => localStorage, location.pathname);
    this.corrections.take(this.draft.kept(), (id) => this.model.byId.has(id));
    addEventListener("beforeunload", (event) => { if (this.draft.lost) event.preventDefault(); });
    this.usual = {
      e: "", noTypes: [], noKinds: [], noStatuses: [], c: "", a: "", is: "", from: 0, to: Math.max(data.periods.length - 1, 0), src: -1, w: 0,
      all: !this.model.isLarge, alone: false, f: 0, p: "", by: data.colourBy, n: NAMES, tab: "graph", t: "entities", v: "",
    };
    this.state = { ...this.usual };
    this.selected = null;
    this.hovered = null;
    this.inMotion = false;
    this.camera = new Camera();
    this.widths = new Map();
    this.pen = document.createElement("canvas").getContext("2d");
    this.pen.font = FONT;
    this.core = this.model.core();
    this.communityNames = new Map();
    for (const one of document.querySelectorAll("[data-word]")) one.textContent = this.words[one.dataset.word];
    for (const one of document.querySelectorAll("[data-aria]")) {
      one.setAttribute("aria-label", this.words[one.dataset.aria]);
      if (one.localName === "button") one.title = this.words[one.dataset.aria];
    }
    this.readLooks();
    this.reading = new Reading(this);
    this.reading.told();
    this.controls = new Controls(this);
    this.table = new Table({
      table: this.$("rows"), query: this.$("table-query"), more: this.$("more-rows"), status: this.$("table-count"),
      count: (count, total) => this.language.someOf(count, total, "row"),
      chosen: (one) => this.select(one, { glide: true }),
    });
    for (const tab of ["graph", "table"]) this.$(`tab-${tab}`).onclick = () => this.set({ tab });
    for (const kind of ["entities", "ties", "relations"]) this.$(`of-${kind}`).onclick = () => this.set({ t: kind });
    this.renderer = this.rendererFor(this.$("drawing"));
    this.pointer = new Pointer(this, this.$("graph"));
    new ResizeObserver(() => this.resize()).observe(this.$("graph"));
    addEventListener("popstate", () => this.restore());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.readLooks();
      this.lined = null;
      this.paint();
    });
  }

  rendererFor(canvas) {
    const plain = () => {
      // a canvas that has given a context of WebGL gives no other
      const other = canvas.cloneNode();
      canvas.replaceWith(other);
      return new Canvas(other);
    };
    try {
      const made = new WebGL(canvas);
      // a phone takes it away for another program
      canvas.addEventListener("webglcontextlost", () => {
        this.renderer = plain();
        this.paint();
      });
      return made;
    } catch {
      return plain();
    }
  }

  // ---- state

  restore() {
    this.state = read(location.hash, this.usual);
    this.selected = this.model.byId.get(this.state.e) || this.model.byKey.get(this.state.e) || null;
    this.apply();
    if (this.camera.width > 1 && this.toView()) this.ask();
  }

  /** Change the state, show it, and remember it in the address. */
  set(changes, { fit = false, push = false } = {}) {
    Object.assign(this.state, changes);
    this.remember(push);
    this.apply();
    if (fit) this.fit(true);
  }

  remember(push = false) {
    const hash = `#${written(this.state, this.usual)}`;
    try {
      // what changes nothing is no step back
      if (push && hash !== (location.hash || "#")) history.pushState(null, "", hash);
      else history.replaceState(null, "", hash);
    } catch {
      // a frame without an address of its own
    }
  }

  reset() {
    this.selected = null;
    this.set({ ...this.usual }, { fit: true });
  }

  get filters() {
    const { state, model } = this;
    const start = state.p ? null : this.selected && (this.selected.a ? null : this.selected);
    let within = state.all ? null : this.core;
    if (state.f && start) within = around(start, state.f);
    else if (within && this.selected) within = new Set([...within, ...(this.selected.a ? [this.selected.a, this.selected.b] : [this.selected])]);
    if (this.way) within = new Set([...(within || model.nodes), ...this.way.flatMap((edge) => [edge.a, edge.b])]);
    return {
      noTypes: new Set(state.noTypes), noKinds: new Set(state.noKinds), noStatuses: new Set(state.noStatuses),
      community: state.c, attribute: state.a, value: state.a && state.is, first: state.from, last: state.to, source: state.src,
      least: state.w ? this.controls.scale[state.w] ?? -Infinity : -Infinity, linked: !state.alone, within,
    };
  }

  apply() {
    const [from, to] = this.state.p.split("~").map((id) => this.model.byId.get(id));
    this.way = null;
    if (from && to) this.way = path(from, to, visible(this.model, { ...this.filters, within: null }).edges);
    const before = this.controls.playing ? this.shown : null;
    this.shown = visible(this.model, this.filters);
    this.past = before && gone(before, this.shown);
    if (this.selected && !this.selected.a && !isWhole(this.filters, this.model.periods.length)) this.shown.nodes.add(this.selected);
    const filters = this.filters, sized = this.data.sizeBy === "mentions";
    for (const node of this.model.nodes) node.drawn = sized ? sizeIn(this.model, node, filters, this.data.smallest) : node.size;
    this.colours = coloursOf(this.model.nodes, this.state.by, this.data.colours);
    this.controls.follow();
    this.reading.show(this.selected);
    document.body.classList.toggle("reads", Boolean(this.selected));
    const table = this.state.tab === "table";
    this.$("graph").hidden = table;
    this.$("table").hidden = !table;
    for (const tab of ["graph", "table"]) this.$(`tab-${tab}`).setAttribute("aria-selected", tab === this.state.tab);
    for (const kind of ["entities", "ties", "relations"]) this.$(`of-${kind}`).setAttribute("aria-pressed", kind === this.state.t);
    if (table) this.fillTable();
    for (const steps of [1, 2]) this.$(`focus-${steps}`).setAttribute("aria-pressed", steps === this.state.f);
    this.$("no-way").hidden = !(from && to && !this.way);
    this.paint();
  }

  fillTable() {
    const { words, language, model, filters } = this, attributes = words.attributes;
    const nodes = [...this.shown.nodes];
    // in how many articles of a period is not known
    const articles = isWhole(filters, model.periods.length) ? (one) => one.articles ?? "" : () => "";
    if (this.state.t === "entities") {
      const rows = nodes.map((node) => row(node, [node.label, words.typeName[node.type] || node.type || "", node.country || "", mentionsIn(model, node, filters) ?? "", articles(node), tiesOf(model, node, filters).length]));
      this.table.fill([words.name, attributes.type, attributes.country, attributes.mentions, attributes.articles, capital(words.link[1])], rows, 3, true);
      return;
    }
    const edges = this.shown.edges.filter((edge) => this.state.t === "ties" || (edge.kind && edge.kind !== "comention"));
    const rows = edges.map((edge) => row(edge, [edge.a.label, edge.kind ? language.relation(edge.kind, edge.status) : words.kinds.comention, edge.b.label, edge.now, articles(edge)]));
    this.table.fill([words.name, words.relation, words.name, capital(words.weightIs), attributes.articles], rows, 3, true);
  }

  // ---- what is selected

  select(one, { glide = false, push = true, at = null } = {}) {
    this.selected = one;
    this.clicked = at;
    this.set({ e: one ? one.key || one.id : "", f: 0, p: "" }, { push });
    if (one && glide) this.glide(one.a || one);
  }

  byId(id) {
    return this.model.byId.get(id) || null;
  }

  focus(steps) {
    this.set({ f: steps, p: "" }, { fit: true, push: true });
  }

  showPath(from, to) {
    this.set({ p: `${from.id}~${to.id}`, f: 0 }, { push: true });
    if (this.way) this.glideTo(this.camera.fitting(this.way.flatMap((edge) => [edge.a, edge.b]), 120));
  }

  /** What stands out: the selected or hovered one with its neighbours, or a way. */
  get lit() {
    if (this.way) return { nodes: new Set(this.way.flatMap((edge) => [edge.a, edge.b])), edges: new Set(this.way) };
    const one = this.hovered || this.selected;
    if (!one) return null;
    if (one.a) return { nodes: new Set([one.a, one.b]), edges: new Set([one]) };
    const edges = this.shown.edges.filter((edge) => edge.a === one || edge.b === one);
    return { nodes: new Set([one, ...edges.flatMap((edge) => [edge.a, edge.b])]), edges: new Set(edges) };
  }

  hover(one) {
    if (one === this.hovered) return;
    this.hovered = one;
    this.$("graph").style.cursor = one ? "pointer" : "grab";
    this.paint();
  }

  // ---- looks

  /** The colours of the style sheet, which knows of light and dark. */
  readLooks() {
    const style = getComputedStyle(document.body);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.looks = { background: colour("--page"), ink: colour("--ink"), rim: colour("--rim") };
    this.edgeLooks = { ...this.edgeColours, selected: this.looks.ink };
  }

  colourOf(node) {
    return this.colours.get(valueOf(node, this.state.by)) || this.data.colours.other;
  }

  dot(node, colour = this.colourOf(node)) {
    const dot = document.createElement("span");
    dot.className = "dot";
    dot.style.background = colour;
    return dot;
  }

  dash(colour) {
    const dash = this.dot(null, colour);
    dash.className = "dash";
    return dash;
  }

  attributeName(name) {
    return this.words.attributes[name] || name.replaceAll("_", " ");
  }

  /** A value of an attribute in words. */
  valueName(by, value) {
    if (by === "type") return this.words.typeNames[value] || value;
    if (by === "community") return this.communityName(value);
    if (by === "country" || by === "affiliation") return this.byId(`country:${value}`)?.label || value;
    return this.words.values[by]?.[value] || value;
  }

  communityName(value) {
    if (!this.communityNames.size) {
      for (const node of this.model.ranked) {
        const own = valueOf(node, "community");
        if (!this.communityNames.has(own)) this.communityNames.set(own, []);
        this.communityNames.get(own).push(node.label);
      }
    }
    const leaders = (this.communityNames.get(value) || []).slice(0, 3);
    return leaders.map((name) => cut(name, 24)).join(", ") || value;
  }

  // ---- drawing

  /** The scene anew, and a frame; lines only if they are others than before. */
  paint() {
    if (this.lined !== this.shown) {
      const past = this.past ? pastLines(this.past.edges, this.edgeLooks) : [];
      this.lines = [...linesOf(this.shown.edges, this.edgeLooks), ...past];
    }
    this.lined = this.shown;
    this.scene = sceneOf(this.shown.nodes, {
      lines: this.lines, moving: this.moving && followed(this.moving), past: this.past?.nodes, colours: (node) => this.colourOf(node), other: this.data.colours.other,
      edgeColours: this.edgeLooks, lit: this.lit, selected: this.selected, hovered: this.hovered, sizes: (node) => node.drawn,
    });
    this.renderer.load(this.scene);
    this.ask();
  }

  /** An entity follows the pointer; of all ties only its own are drawn anew. */
  drag(node, x, y) {
    if (!this.moving) {
      const isOwn = ({ edge }) => edge.a === node || edge.b === node;
      this.moving = this.lines.filter(isOwn);
      this.lines = this.lines.filter((line) => !isOwn(line));
    }
    Object.assign(node, { x, y });
    this.paint();
  }

  drop() {
    if (!this.moving) return;
    this.moving = this.lined = undefined;
    this.paint();
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.frame();
    });
  }

  /** How much larger than in a file dots are drawn: the layout leaves them that room. */
  get boost() {
    return this.data.room;
  }

  /** Draw what there is now; with `whole`, at once and entirely. */
  frame(whole = false) {
    if (!this.scene || this.camera.width < 2) return;
    this.placed = placeNames(this.scene.ranked, this.camera, this.boost, { most: this.state.n, width: (node) => this.widthOf(node) });
    const names = this.placed.map(({ node, x, y }) => ({ text: cut(node.label, LONGEST_NAME), x, y }));
    const looks = { boost: this.boost, ratio: devicePixelRatio || 1, fade: this.scene.fade, names, whole, inMotion: this.inMotion && !whole, ...this.looks };
    if (this.renderer.draw(this.camera, looks)) this.ask();
  }

  widthOf(node) {
    if (!this.widths.has(node)) this.widths.set(node, this.pen.measureText(cut(node.label, LONGEST_NAME)).width);
    return this.widths.get(node);
  }

  resize() {
    const box = this.$("graph").getBoundingClientRect();
    if (!box.width) return;
    const first = this.camera.width < 2, ratio = devicePixelRatio || 1;
    if (first) Object.assign(this.camera, { width: box.width, height: box.height });
    else this.camera.resize(box.width, box.height);
    Object.assign(this.renderer.canvas, { width: Math.round(box.width * ratio), height: Math.round(box.height * ratio) });
    if (first && !this.toView()) this.fit();
    this.keepInSight();
    this.frame();
  }

  /** Where a panel has opened over what was clicked, the view moves as little as shows it. */
  keepInSight() {
    if (!this.clicked) return;
    const [x, y] = this.clicked, { width, height, k } = this.camera, margin = 20;
    const dx = Math.max(0, x - width + margin), dy = Math.max(0, y - height + margin);
    this.clicked = null;
    if (dx || dy) this.glideTo({ x: this.camera.x + dx / k, y: this.camera.y - dy / k, k });
  }

  /** The view that the address has, if it has one. */
  toView() {
    const [x, y, k] = this.state.v.split("~").map(Number);
    if (!(k > 0) || !Number.isFinite(x + y)) return false;
    Object.assign(this.camera, { x, y, k });
    return true;
  }

  /** The view has moved: draw it; once it rests, draw it in full and note it in the address. */
  moved() {
    this.inMotion = true;
    this.ask();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.inMotion = false;
      this.ask();
      const { x, y, k } = this.camera;
      this.state.v = [x.toFixed(1), y.toFixed(1), k.toPrecision(4)].join("~");
      this.remember();
    }, REST);
  }

  fit(slowly = false) {
    const view = this.camera.fitting([...this.shown.nodes]);
    if (slowly) this.glideTo(view);
    else {
      this.gliding = null; // what was on its way elsewhere stops
      Object.assign(this.camera, view);
    }
    this.ask();
  }

  glide(node) {
    if (this.state.tab === "graph") this.glideTo({ x: node.x, y: node.y, k: Math.max(this.camera.k, NEAR) });
  }

  glideTo(end) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      Object.assign(this.camera, end);
      this.moved();
      return;
    }
    const { x, y, k } = this.camera, start = { x, y, k }, began = performance.now();
    this.gliding = end;
    const step = () => {
      if (this.gliding !== end) return;
      const part = Math.min((performance.now() - began) / 450, 1);
      this.camera.towards(start, end, part);
      this.moved();
      if (part < 1) requestAnimationFrame(step);
      else this.gliding = null;
    };
    requestAnimationFrame(step);
  }

  // ---- files

  picture(done) {
    const canvas = document.createElement("canvas"), { width, height } = this.renderer.canvas;
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = this.looks.background;
    pen.fillRect(0, 0, width, height);
    this.frame(true); // WebGL keeps what it drew until the browser shows it
    pen.drawImage(this.renderer.canvas, 0, 0);
    canvas.toBlob(done, "image/png");
  }

  drawing() {
    const { background, ink } = this.looks;
    const names = this.placed.map(({ node, x, y }) => ({ text: cut(node.label, LONGEST_NAME), x, y, size: 13 }));
    const radius = (disc) => pixels(disc.size, this.camera.k, this.boost) / 2;
    return files.svg(this.scene, names, this.camera, { radius, background, ink, title: document.title });
  }
}

if (typeof document !== "undefined") {
  const page = new Page(JSON.parse(document.getElementById("data").textContent));
  page.restore();
  page.resize();
  // for whoever drives the page from outside
  window.entextract = {
    page, files, pixels,
    select: (id) => page.select(page.byId(id)),
    shown: () => [page.shown.nodes.size, page.shown.edges.length],
    names: () => page.placed.map(({ node }) => node.label),
    view: () => [page.camera.x, page.camera.y, page.camera.k],
    place: (x, y) => {
      const box = document.getElementById("graph").getBoundingClientRect();
      const [left, top] = page.camera.place(x, y);
      return [box.left + left, box.top + top];
    },
  };
  document.body.dataset.ready = "true";
}
