// The panel of what is selected: who it is, its sentences, its ties, and how to correct it.
import { evidenceOf, evidenceRows, EVIDENCE_COLUMNS, reference } from "./evidence.js";
import { csv, download } from "./files.js";
import { isWhole, mentionsIn, search, tiesOf } from "./model.js";
import { parts } from "./text.js";

const STEP = 20;

const isAddress = (url) => /^https?:\/\//i.test(url || "");

/** Have an element lead to a page that learns nothing of this one. */
const lead = (link, url) => Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer" });

/** A link whose words are the site that it leads to. */
function address(url) {
  const link = lead(document.createElement("a"), url);
  link.textContent = url.replace(/^https?:\/\/(www\.)?/i, "").split("/")[0];
  return link;
}

/** Put a text on the clipboard; gives whether the browser let us. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // in a frame of a notebook, or without the permission: as by hand
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

export class Reading {
  constructor(page) {
    this.page = page;
    this.quotes = STEP;
    const { $ } = page;
    $("close").onclick = () => page.select(null);
    $("more-quotes").onclick = () => { this.quotes += STEP; this.show(page.selected, true); };
    $("evidence-csv").onclick = () => {
      const { rows } = evidenceOf(page.model, page.selected, page.filters);
      download("phrases.csv", csv(EVIDENCE_COLUMNS, evidenceRows(page.selected, rows)), "text/csv");
    };
    for (const steps of [0, 1, 2]) $(`focus-${steps}`).onclick = () => page.focus(steps);
    $("path-to").oninput = () => this.offer($("path-to"), $("path-found"), (node) => page.showPath(page.selected, node));
    $("merge-with").oninput = () => this.offer($("merge-with"), $("merge-found"), (node) => this.correct("merge", node.id, page.selected.id));
    $("rename").onclick = () => { if ($("new-name").value.trim()) this.correct("rename", page.selected.id, $("new-name").value.trim()); };
    $("relabel").onchange = () => { if ($("relabel").value) this.correct("relabel", page.selected.id, $("relabel").value); };
    $("drop").onclick = () => this.correct("drop", page.selected.id);
    $("undo").onclick = () => { page.corrections.undo(); this.count(); };
    $("decisions").onclick = () => {
      download("decisions.yaml", page.corrections.text(), "text/yaml");
      page.draft.forget();
    };
  }

  /** Entities that a field means, to choose from. */
  offer(field, list, chosen) {
    const found = search(this.page.model, field.value).map(({ node }) => node).filter((node) => node !== this.page.selected);
    list.replaceChildren(...found.slice(0, 6).map((node) => this.entry(node, () => {
      field.value = "";
      list.replaceChildren();
      chosen(node);
    })));
  }

  correct(verb, ...what) {
    this.page.corrections[verb](...what);
    this.count();
  }

  count() {
    const { $, page } = { $: this.page.$, page: this.page };
    page.draft.keep(page.corrections.rows);
    this.told();
  }

  /** How much is corrected. */
  told() {
    const { $, page } = { $: this.page.$, page: this.page };
    const count = page.corrections.rows.length;
    $("corrected").hidden = !count;
    $("corrections").textContent = page.language.some(count, "correction");
  }

  entry(node, chosen, note = "") {
    const line = document.createElement("li"), button = document.createElement("button");
    const name = document.createElement("span"), count = document.createElement("span");
    name.textContent = node.label;
    count.className = "count";
    count.textContent = note;
    button.append(this.page.dot(node), name, count);
    button.onclick = chosen;
    line.append(button);
    return line;
  }

  show(one, more = false) {
    const { $, language, words } = this.page;
    $("reading").hidden = !one;
    if (!one) return;
    if (!more) this.quotes = STEP;
    const isEdge = Boolean(one.a);
    $("name").textContent = isEdge ? `${one.a.label} ${one.directed ? "→" : "–"} ${one.b.label}` : one.label;
    $("about").textContent = this.about(one);
    if (isAddress(one.url)) $("about").append(" · ", address(one.url));
    $("forms").textContent = !isEdge && one.forms.length > 1 ? `${words.alsoWritten} ${one.forms.slice(0, 12).join(", ")}` : "";
    $("facts").textContent = this.facts(one).join(" · ");
    for (const id of ["steps", "correct"]) $(id).hidden = isEdge;
    this.showQuotes(one);
    const ties = isEdge ? [] : tiesOf(this.page.model, one, this.page.filters);
    $("links-title").textContent = isEdge ? words.ends : ties.length ? language.some(ties.length, "link") : words.noLinks;
    $("links").replaceChildren(...(isEdge ? [one.a, one.b].map((node) => this.entry(node, () => this.page.select(node))) : ties.map((edge) => this.tie(edge, one))));
    if (!more) $("reading").scrollTop = 0;
  }

  /** What lists and tables say of an entity. */
  facts(one) {
    const { page } = this;
    return Object.entries({ ...one.attributes, ...one.facts })
      .map(([name, value]) => `${page.attributeName(name)}\u00a0: ${page.valueName(name, value)}`);
  }

  about(one) {
    const { language, words, model, filters } = this.page;
    const some = (count, what) => count !== undefined && language.some(count, what);
    // in how many articles of a period is not known
    const articles = isWhole(filters, model.periods.length) && some(one.articles, "article");
    const list = one.a
      ? [one.kind && language.relation(one.kind, one.status), `${words.weightIs} ${language.number(one.now)}`, articles]
      : [words.typeName[one.type] || one.type || words.other, one.country, some(mentionsIn(model, one, filters), "mention"), articles];
    return list.filter(Boolean).join(" · ");
  }

  tie(edge, node) {
    const other = edge.a === node ? edge.b : edge.a;
    const { language } = this.page;
    const kind = edge.kind ? ` – ${edge.a === node || !edge.directed ? "" : "← "}${language.relation(edge.kind, edge.status)}` : "";
    const line = this.entry(other, () => this.page.select(edge), language.number(edge.now));
    line.querySelector("span:nth-child(2)").textContent = other.label + kind;
    return line;
  }

  showQuotes(one) {
    const { $, model, filters, language, words } = this.page;
    const { rows, total } = evidenceOf(model, one, filters);
    const names = (one.a ? [one.a, one.b] : [one]).flatMap((node) => [node.label, ...node.forms]).filter((name) => name.length > 1);
    $("quotes-title").textContent = rows.length ? `${words.quotes} (${language.outOf(rows.length, total)})` : words.noQuotes;
    $("quotes").replaceChildren(...rows.slice(0, this.quotes).map((row) => this.quote(row, names)));
    $("more-quotes").hidden = rows.length <= this.quotes;
    $("evidence-csv").hidden = !rows.length;
  }

  // Everything that comes from an article reaches the page as textContent: no markup is made of it.
  quote(row, names) {
    const { words, language } = this.page;
    const line = document.createElement("li"), text = document.createElement("p"), origin = document.createElement("p");
    for (const [piece, isName] of parts(row.text, names)) {
      const part = document.createElement(isName ? "mark" : "span");
      part.textContent = piece;
      text.append(part);
    }
    const isLink = isAddress(row.url);
    const link = document.createElement(isLink ? "a" : "span");
    link.textContent = [row.source || row.id, row.date].filter(Boolean).join(", ") || row.url;
    if (isLink) lead(link, row.url);
    const copy = document.createElement("button");
    copy.className = "small";
    copy.textContent = words.copy;
    copy.onclick = async () => { if (await copied(reference(row))) copy.textContent = words.copied; };
    origin.className = "origin";
    origin.append(link);
    if (row.office) origin.append(` · ${row.office}`);
    if (row.speaker) origin.append(` · ${words.saidBy} ${row.speaker}`);
    if (row.status && language.words.statuses[row.status]) origin.append(` · ${language.words.statuses[row.status]}`);
    origin.append(" ", copy);
    line.append(text, origin);
    return line;
  }
}
