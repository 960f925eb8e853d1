// The controls beside the graph: search, filters, colours, time, files.
import { csv, download, edgeRows, EDGE_COLUMNS, gexf, nodeRows, NODE_COLUMNS } from "./files.js";
import { Histogram, totals } from "./histogram.js";
import { search, valueOf } from "./model.js";

const COMENTION = "comention";

export class Controls {
  constructor(page) {
    this.page = page;
    const { $, model, language, words } = page;
    this.checks("types", counted(model.nodes, (node) => node.type || ""), "noTypes", (type) => words.typeNames[type] || type || words.other, (type) => page.data.colours.type[type]);
    const kinds = counted(model.edges, (edge) => edge.kind || COMENTION);
    $("kinds").hidden = kinds.length < 2;
    this.checks("kinds", kinds, "noKinds", (kind) => language.relation(kind, ""), (kind) => page.edgeColours[page.tones[kind]] || page.edgeColours.plain);
    const statuses = counted(model.edges, (edge) => edge.status);
    $("statuses").hidden = statuses.length < 2;
    this.checks("statuses", statuses, "noStatuses", (status) => words.statuses[status] || words.stated);
    this.colourChoice();
    this.communityChoice();
    this.attributeChoice();
    this.time();
    this.weights();
    this.searching();
    $("fold").onclick = () => $("fold").setAttribute("aria-expanded", document.body.classList.toggle("unfolded"));
    $("unlinked").onchange = () => page.set({ alone: $("unlinked").checked });
    $("show-all").hidden = !model.isLarge;
    $("show-all").onclick = () => page.set({ all: !page.state.all }, { fit: true });
    $("labels").oninput = () => page.set({ n: +$("labels").value });
    $("reset").onclick = () => page.reset();
    $("png").onclick = () => page.picture((blob) => download("reseau.png", blob, "image/png"));
    $("svg").onclick = () => download("reseau.svg", page.drawing(), "image/svg+xml");
    $("csv").onclick = () => {
      download("noeuds.csv", csv(NODE_COLUMNS, nodeRows(page.shown.nodes)), "text/csv");
      download("liens.csv", csv(EDGE_COLUMNS, edgeRows(page.shown.edges)), "text/csv");
    };
    $("gexf").onclick = () => download("reseau.gexf", gexf(page.shown.nodes, page.shown.edges, {
      colour: (node) => page.colourOf(node), size: (node) => node.drawn, generator: page.data.generator,
    }), "application/xml");
  }

  checks(id, counts, name, text, colour = () => "") {
    const { $, page } = { $: this.page.$, page: this.page };
    for (const [value, count] of counts) {
      const label = document.createElement("label"), box = document.createElement("input");
      const words = document.createElement("span"), number = document.createElement("span");
      label.className = "check";
      Object.assign(box, { type: "checkbox", checked: true, value });
      box.onchange = () => {
        const off = [...document.querySelectorAll(`#${id} input`)].filter((one) => !one.checked).map((one) => one.value);
        page.set({ [name]: off });
      };
      words.textContent = text(value);
      number.className = "count";
      number.textContent = page.language.number(count);
      label.append(box);
      if (colour(value)) label.append(page.dot(null, colour(value)));
      label.append(words, number);
      $(id).append(label);
    }
  }

  colourChoice() {
    const { $, model } = this.page;
    const known = ["type", "community", "country"].filter((name) => model.nodes.some((node) => valueOf(node, name)));
    const others = new Set(model.nodes.flatMap((node) => Object.keys(node.attributes || {})));
    for (const name of [...known, ...others]) $("colour").append(option(name, this.page.attributeName(name)));
    $("colour").onchange = () => this.page.set({ by: $("colour").value });
  }

  communityChoice() {
    const { $, model, words } = this.page;
    const known = counted(model.nodes.filter((node) => valueOf(node, "community")), (node) => String(node.community));
    $("communities").hidden = known.length < 2;
    $("community").append(option("", words.any), ...known.filter(([, count]) => count > 2).map(([value]) => option(value, this.page.communityName(value))));
    $("community").onchange = () => this.page.set({ c: $("community").value }, { fit: true });
  }

  /** Only the entities of which an attribute says something: the women, the ministries. */
  attributeChoice() {
    const { $, model, page } = { $: this.page.$, model: this.page.model, page: this.page };
    const known = new Set(model.nodes.flatMap((node) => [...(node.country ? ["country"] : []), ...Object.keys(node.attributes || {})]));
    $("attributes").hidden = !known.size;
    $("attribute").append(option("", "–"), ...[...known].map((name) => option(name, page.attributeName(name))));
    $("attribute").onchange = () => page.set({ a: $("attribute").value, is: "" });
    $("value").onchange = () => page.set({ is: $("value").value }, { fit: true });
  }

  /** The values of the chosen attribute, the most frequent first. */
  values() {
    const { $, page, state } = { $: this.page.$, page: this.page, state: this.page.state };
    if (this.valuesOf !== state.a) {
      const found = state.a ? counted(page.model.nodes.filter((node) => valueOf(node, state.a)), (node) => valueOf(node, state.a)) : [];
      const named = found.map(([value, count]) => option(value, `${page.valueName(state.a, value)} (${page.language.number(count)})`));
      $("value").replaceChildren(option("", page.words.any), ...named);
      this.valuesOf = state.a;
    }
    $("attribute").value = state.a;
    $("value").value = state.is;
    $("value").hidden = !state.a;
  }

  time() {
    const { $, model, words } = this.page;
    const sources = this.page.data.sources;
    $("sources").hidden = sources.length < 2;
    $("source").append(option(-1, words.any), ...sources.map((name, number) => option(number, name)).sort((one, other) => one.text.localeCompare(other.text)));
    $("source").onchange = () => this.page.set({ src: +$("source").value });
    $("time").hidden = model.periods.length < 2;
    if (model.periods.length < 2) return;
    for (const id of ["first", "last"]) {
      $(id).append(...model.periods.map((name, number) => option(number, name)));
      $(id).onchange = () => {
        const [first, last] = [+$("first").value, +$("last").value];
        this.page.set({ from: Math.min(first, last), to: Math.max(first, last) });
      };
    }
    this.histogram = new Histogram($("histogram"), model.periods, (first, last) => this.page.set({ from: first, to: last }));
    $("whole").onclick = () => this.page.set({ from: 0, to: model.periods.length - 1 });
    $("play").onclick = () => this.play();
  }

  /** The window of the brush, or a period if all is chosen, step by step to the end. */
  play() {
    const { $, model, words, state } = this.page;
    if (this.playing) {
      clearInterval(this.playing);
      this.playing = null;
      $("play").textContent = words.play;
      this.page.apply();
      return;
    }
    const whole = state.from <= 0 && state.to >= model.periods.length - 1;
    const span = whole ? Math.max(0, Math.round(model.periods.length / 12) - 1) : state.to - state.from;
    let at = whole || state.to >= model.periods.length - 1 ? 0 : state.from + 1;
    $("play").textContent = words.pause;
    const step = () => {
      if (at + span >= model.periods.length) return this.play();
      this.page.set({ from: at, to: at + span });
      at += 1;
      return null;
    };
    this.playing = setInterval(step, 900);
    step();
  }

  weights() {
    const { $, model } = this.page;
    this.scale = [...new Set(model.edges.map((edge) => edge.weight))].sort((one, other) => one - other);
    $("weight").max = Math.max(this.scale.length - 1, 0);
    $("weights").hidden = this.scale.length < 2;
    $("weight").oninput = () => this.page.set({ w: +$("weight").value });
  }

  searching() {
    const { $, page } = { $: this.page.$, page: this.page };
    const field = $("search"), list = $("found");
    let at = -1;
    const choose = (hit) => {
      list.replaceChildren();
      field.value = "";
      page.select(hit.node, { glide: true });
    };
    const buttons = () => [...list.querySelectorAll("button")];
    const mark = () => {
      buttons().forEach((one, number) => one.setAttribute("aria-selected", number === at));
      field.setAttribute("aria-activedescendant", buttons()[at]?.id || "");
      buttons()[at]?.scrollIntoView({ block: "nearest" });
    };
    field.oninput = () => {
      at = -1;
      const hits = search(page.model, field.value).slice(0, 10);
      list.replaceChildren(...hits.map((hit, number) => {
        const line = page.reading.entry(hit.node, () => choose(hit));
        line.role = "none";
        Object.assign(line.firstChild, { role: "option", id: `found-${number}`, tabIndex: -1 });
        const form = hit.form && hit.form !== hit.node.label ? hit.form : "";
        if (form) line.querySelector("span:nth-child(2)").textContent = `${form} → ${hit.node.label}`;
        return line;
      }));
      field.setAttribute("aria-expanded", hits.length > 0);
      mark();
      if (field.value.trim() && !hits.length) {
        list.append(Object.assign(document.createElement("li"), { className: "none", role: "option", ariaDisabled: "true", textContent: page.words.nothing }));
      }
    };
    field.onkeydown = (event) => {
      const offered = buttons();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        at = (at + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % Math.max(offered.length, 1);
        mark();
        event.preventDefault();
      } else if (event.key === "Enter") {
        (offered[at] || offered[0])?.click();
      } else if (event.key === "Escape") {
        field.value = "";
        list.replaceChildren();
      }
    };
  }

  /** Show the state that the page has. */
  follow() {
    const { $, state, model, shown, language, words } = this.page;
    for (const [id, off] of [["types", state.noTypes], ["kinds", state.noKinds], ["statuses", state.noStatuses]]) {
      for (const box of document.querySelectorAll(`#${id} input`)) box.checked = !off.includes(box.value);
    }
    $("colour").value = state.by;
    $("community").value = state.c;
    this.values();
    $("source").value = state.src;
    $("unlinked").checked = state.alone;
    $("labels").value = state.n;
    $("weight").value = state.w;
    $("least").textContent = state.w ? `≥ ${language.number(this.scale[state.w] ?? 0)}` : "";
    $("show-all").textContent = state.all ? words.showCore : words.showAll;
    const all = language.someOf(shown.nodes.size, model.nodes.length, "entity");
    $("shown").textContent = `${all}, ${language.some(shown.edges.length, "link")}`;
    if (this.histogram) {
      $("first").value = state.from;
      $("last").value = state.to;
      Object.assign(this.histogram, { first: state.from, last: state.to });
      this.histogram.draw(totals(shown.nodes, model.periods.length, state.src));
    }
    this.legend();
  }

  legend() {
    const { $, page, words } = { $: this.page.$, page: this.page, words: this.page.words };
    const { state, shown } = page;
    const nodes = [...shown.nodes];
    const lines = [];
    const values = new Set(nodes.map((node) => valueOf(node, state.by)));
    for (const [value, colour] of page.colours) {
      if (values.has(value)) lines.push(this.legendLine(page.dot(null, colour), page.valueName(state.by, value)));
    }
    if (nodes.some((node) => !page.colours.has(valueOf(node, state.by)))) lines.push(this.legendLine(page.dot(null, page.data.colours.other), words.others));
    const tones = new Set(shown.edges.map((edge) => edge.tone));
    for (const tone of ["cooperation", "conflict", "fact"]) {
      if (tones.has(tone)) lines.push(this.legendLine(page.dash(page.edgeColours[tone]), words[tone]));
    }
    $("legend-colours").replaceChildren(...lines);
    $("legend-colour").textContent = page.attributeName(state.by);
    $("legend-size").textContent = `${words.sizeIs} ${page.attributeName(page.data.sizeBy)}`;
    $("legend-line").textContent = words.lineIs;
  }

  legendLine(mark, text) {
    const line = document.createElement("li"), words = document.createElement("span");
    words.textContent = text;
    line.append(mark, words);
    return line;
  }
}

export function counted(rows, value) {
  const counts = new Map();
  for (const row of rows) counts.set(value(row), (counts.get(value(row)) || 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

function option(value, text) {
  return Object.assign(document.createElement("option"), { value, textContent: text });
}

