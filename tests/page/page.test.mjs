// The page's own modules on node: node --test tests/page
import assert from "node:assert/strict";
import { test } from "node:test";
import { read, written } from "../../entextract/export/page/address.js";
import { Camera } from "../../entextract/export/page/camera.js";
import { Corrections } from "../../entextract/export/page/decisions.js";
import { Draft } from "../../entextract/export/page/draft.js";
import { evidenceOf, reference } from "../../entextract/export/page/evidence.js";
import { csv } from "../../entextract/export/page/files.js";
import { totals } from "../../entextract/export/page/histogram.js";
import { around, gone, mentionsIn, Model, path, search, sizeIn, tiesOf, visible } from "../../entextract/export/page/model.js";
import { arrowhead, coloursOf, hit, linesOf, placeNames, sceneOf } from "../../entextract/export/page/scene.js";
import { matching, row } from "../../entextract/export/page/tables.js";
import { Language, parts } from "../../entextract/export/page/text.js";

const node = (id, label, mentions, x, more = {}) => ({ id, label, mentions, type: "PER", x, y: 0, size: 20, ...more });
const DATA = {
  nodes: [
    node("country:RU", "Russie", 9, 0, { type: "COUNTRY", forms: ["Russie", "Moscou", "Kremlin"], times: [[0, 0, 5], [1, 1, 4]] }),
    node("per:awa-sarr", "Awa Sarr", 5, 100, { times: [[1, 1, 5]] }),
    node("per:jean-sarr", "Jean Sarr", 3, 200),
    node("per:seul", "Seul", 1, 300),
  ],
  edges: [
    { a: 0, b: 1, weight: 3, times: [[0, 0, 2], [1, 1, 1]], quotes: [0, 1], said: 3 },
    { a: 1, b: 2, weight: 1, times: [[1, 1, 1]] },
    { a: 0, b: 1, weight: 1, kind: "accuse", status: "negated", directed: true },
  ],
  articles: [{ id: "a1", source: "Le Pli", date: "2024-01-02", period: 0, sourceNumber: 0 }, { id: "a2", source: "", date: "2024-02-02", period: 1, sourceNumber: 1 }],
  sentences: [{ text: "Moscou reçoit Awa Sarr.", article: 0 }, { text: "Awa Sarr quitte la Russie.", article: 1 }],
  periods: ["2024-01", "2024-02"],
};
const all = { noTypes: new Set(), noKinds: new Set(), noStatuses: new Set(), community: "", first: 0, last: 1, source: -1, least: -Infinity, linked: true, within: null };
const labels = (nodes) => [...nodes].map(({ label }) => label);

test("a name is found by any of its forms, its words in any order", () => {
  const model = new Model(DATA);
  const found = (query) => search(model, query).map(({ node: one }) => one.label);
  assert.deepEqual(found("MOSCOU"), ["Russie"]);
  assert.equal(search(model, "kreml")[0].form, "Kremlin");
  assert.deepEqual(found("sarr awa"), ["Awa Sarr"]);
  assert.deepEqual(found("sarr"), ["Awa Sarr", "Jean Sarr"]);
  assert.deepEqual(found("arr"), []);
  assert.deepEqual(found("  "), []);
});

test("hyphens, apostrophes and points part words, in a name and in what is searched", () => {
  const names = ["Itamar Ben-Gvir", "L'Oréal", "Jeanne d'Arc", "J.-P. Sarr", "Côte d’Ivoire", "AT&T", "🎉"];
  const model = new Model({ ...DATA, nodes: names.map((name, at) => node(`per:${at}`, name, 9 - at, at)), edges: [] });
  const found = (query) => search(model, query).map(({ node: one }) => one.label);
  for (const query of ["gvir", "ben-gvir", "Ben Gvir", "gvir ben"]) assert.deepEqual(found(query), ["Itamar Ben-Gvir"], query);
  for (const query of ["oreal", "l'oreal", "L’Oréal", "l oréal"]) assert.deepEqual(found(query), ["L'Oréal"], query);
  for (const query of ["d'arc jeanne", "arc"]) assert.deepEqual(found(query), ["Jeanne d'Arc"], query);
  assert.deepEqual(found("j.p. sarr"), ["J.-P. Sarr"]);
  assert.deepEqual(found("cote d'ivoire"), ["Côte d’Ivoire"]);
  assert.deepEqual(found("at&t"), ["AT&T"]);
  assert.deepEqual(found("🎉"), ["🎉"]);
  assert.deepEqual(found("-"), []);
  assert.equal(matching([row(1, ["Itamar Ben-Gvir"]), row(2, ["Paris"])], "gvir ben-").length, 1);
});

test("ties and mentions of an entity follow the filters", () => {
  const model = new Model(DATA), [russia] = model.nodes;
  const told = (filters) => {
    visible(model, filters);
    return [mentionsIn(model, russia, filters), tiesOf(model, russia, filters).map((edge) => [edge.kind, edge.now])];
  };
  assert.deepEqual(told(all), [9, [["", 3], ["accuse", 1]]]);
  assert.deepEqual(told({ ...all, noKinds: new Set(["comention"]) }), [9, [["accuse", 1]]]);
  assert.deepEqual(told({ ...all, first: 1 }), [4, [["", 1]]]);
  // those to entities that are not shown too
  assert.deepEqual(told({ ...all, within: new Set([russia]) }), [9, [["", 3], ["accuse", 1]]]);
});

test("filters leave entities, ties and their weights", () => {
  const model = new Model(DATA);
  assert.deepEqual(labels(visible(model, all).nodes), ["Russie", "Awa Sarr", "Jean Sarr"]);
  assert.deepEqual(labels(visible(model, { ...all, linked: false }).nodes), ["Russie", "Awa Sarr", "Jean Sarr", "Seul"]);
  const january = visible(model, { ...all, last: 0 });
  assert.deepEqual(january.edges.map(({ now }) => now), []);
  const february = visible(model, { ...all, first: 1 });
  assert.deepEqual([labels(february.nodes), february.edges.map(({ now }) => now)], [["Russie", "Awa Sarr"], [1]]);
  assert.equal(visible(model, { ...all, noKinds: new Set(["accuse"]) }).edges.length, 2);
  assert.equal(visible(model, { ...all, least: 2 }).edges.length, 1);
});

test("an attribute leaves only the entities of which it says something", () => {
  const sarr = { attributes: { gender: "f", party: "PDR" } };
  const model = new Model({ ...DATA, nodes: DATA.nodes.map((row, at) => (at === 1 ? { ...row, ...sarr } : row)) });
  const left = (attribute, value) => labels(visible(model, { ...all, linked: false, attribute, value }).nodes);
  assert.deepEqual(left("gender", "f"), ["Awa Sarr"]);
  assert.deepEqual(left("party", "PS"), []);
  assert.equal(left("gender", "").length, 4); // no value is chosen yet
});

test("sizes follow the period, and none outgrows its room", () => {
  const model = new Model(DATA), sizes = (filters) => model.nodes.slice(0, 2).map((one) => sizeIn(model, one, filters, 10));
  assert.deepEqual(sizes(all), [20, 20]);
  assert.deepEqual(sizes({ ...all, first: 1 }), [10 + 10 * Math.sqrt(4 / 9), 20]);
  assert.deepEqual(sizes({ ...all, last: 0 })[1], 10);
  const without = new Model({ ...DATA, nodes: [node("a", "A", undefined, 0)], edges: [] });
  assert.equal(sizeIn(without, without.nodes[0], { ...all, last: 0 }, 10), 20);
});

test("sentences of an entity are those of the kinds of ties that are chosen", () => {
  const edges = DATA.edges.map((row, at) => (at === 2 ? { ...row, quotes: [1], times: [[1, 1, 1]] } : row));
  const model = new Model({ ...DATA, nodes: DATA.nodes.map((row) => ({ ...row, quotes: [0, 1] })), edges });
  const told = (filters) => {
    visible(model, { ...all, ...filters });
    const { rows, total } = evidenceOf(model, model.nodes[0], { ...all, ...filters });
    return [rows.map(({ id }) => id), total];
  };
  assert.deepEqual(told({})[0], ["a1", "a2"]);
  assert.deepEqual(told({ noKinds: new Set(["comention"]) }), [["a2"], 1]);
  assert.deepEqual(told({ noKinds: new Set(["accuse"]) }), [["a1", "a2"], 2]);
  assert.deepEqual(told({ noKinds: new Set(["accuse"]), last: 0 }), [["a1"], 1]);
});

test("corrections in no file yet are there the next time, of what there is still", () => {
  const kept = new Map();
  const storage = () => ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), removeItem: (name) => kept.delete(name) });
  const draft = new Draft(storage, "/presse.html"), made = new Corrections(), again = new Corrections();
  made.drop("per:b");
  made.merge("per:a", "per:c");
  draft.keep(made.rows);
  again.take(new Draft(storage, "/presse.html").kept(), (id) => id !== "per:b");
  assert.deepEqual(again.rows, [{ verb: "merge", into: "per:a", from: ["per:c"] }]);
  assert.deepEqual(new Draft(storage, "/autre.html").kept(), []);
  draft.forget();
  assert.deepEqual(draft.kept(), []);
  for (const nonsense of ["{", "[null]", '[{"verb":"hack"}]', '[{"verb":"drop","entity":7}]', "3"]) {
    kept.set("entextract /presse.html", nonsense);
    again.take(draft.kept(), () => true);
    assert.deepEqual(again.rows, [], nonsense);
  }
  const forbidden = new Draft(() => { throw new Error("SecurityError"); }, "/presse.html");
  assert.deepEqual([forbidden.kept(), forbidden.keep(made.rows), forbidden.lost], [[], true, true]);
  forbidden.forget();
  assert.equal(forbidden.lost, false);
});

test("what leaves from one period to the next", () => {
  const model = new Model(DATA);
  const [january, february] = [{ ...all, linked: false, last: 0 }, { ...all, linked: false, first: 1 }].map((filters) => visible(model, filters));
  const left = gone(january, february);
  assert.deepEqual([labels(left.nodes), left.edges.length], [[], 0]);
  assert.deepEqual(labels(gone(february, january).nodes), ["Awa Sarr"]);
});

test("sentences are those of the period, out of all that there are", () => {
  const model = new Model(DATA), edge = model.edges[0];
  assert.deepEqual([evidenceOf(model, edge, all).rows.length, evidenceOf(model, edge, all).total], [2, 3]);
  const { rows, total } = evidenceOf(model, edge, { ...all, first: 1 });
  assert.deepEqual([rows.map(({ text }) => text), total], [["Awa Sarr quitte la Russie."], 1]);
  assert.equal(reference(rows[0]), "« Awa Sarr quitte la Russie. » (a2, 2024-02-02)");
});

test("neighbours and ways", () => {
  const model = new Model(DATA), [russia, awa, jean, alone] = model.nodes;
  assert.deepEqual(labels(around(russia, 1)), ["Russie", "Awa Sarr"]);
  assert.deepEqual(labels(around(russia, 2)), ["Russie", "Awa Sarr", "Jean Sarr"]);
  assert.deepEqual(path(russia, jean, model.edges), [model.edges[0], model.edges[1]]);
  assert.equal(path(russia, alone, model.edges), null);
  assert.deepEqual(path(awa, awa, model.edges), []);
});

test("a co-mention and a relation of the same two do not hide each other", () => {
  const model = new Model(DATA);
  assert.notEqual(model.edges[0].curve, model.edges[2].curve);
});

test("an address gives back the state", () => {
  const usual = { e: "", noTypes: [], from: 0, all: false };
  const state = { e: "per:a|country:FR|accuse|", noTypes: ["ORG", "LOC"], from: 3, all: true };
  assert.deepEqual(read(`#${written(state, usual)}`, usual), state);
  assert.equal(written(usual, usual), "");
  assert.deepEqual(read("#from=zwei&x=1&e=%", usual), { ...usual, e: "%" });
});

test("zooming keeps the place under the pointer", () => {
  const camera = new Camera(800, 600);
  const before = camera.world(200, 100);
  camera.zoom(2.5, 200, 100);
  assert.deepEqual(camera.world(200, 100).map(Math.round), before.map(Math.round));
  const place = camera.place(30, 40);
  camera.resize(400, 900);
  assert.deepEqual(camera.place(30, 40), place);
  const view = new Camera(800, 600).fitting([{ x: 0, y: 0 }, { x: 1000, y: 100 }]);
  assert.deepEqual([view.x, view.y, view.k < 0.8], [500, 50, true]);
});

test("names cover no other, the most mentioned first", () => {
  const model = new Model({ ...DATA, nodes: DATA.nodes.map((one) => ({ ...one, x: 0 })) });
  const camera = new Camera(300, 300);
  const shown = visible(model, { ...all, linked: false });
  const scene = sceneOf(shown.nodes, {
    lines: linesOf(shown.edges, { plain: "#111111" }),
    colours: () => "#000000", other: "#999999", edgeColours: { plain: "#111111" }, lit: null, selected: null, sizes: () => 10,
  });
  const names = placeNames(scene.ranked, camera, 1, { most: 9, width: () => 60 });
  assert.equal(names[0].node.label, "Russie");
  for (const one of names) {
    for (const other of names) assert.ok(one === other || Math.abs(one.x - other.x) >= 60 || Math.abs(one.y - other.y) >= 15);
  }
  // the hovered one is named before all others, even where no name is wanted
  const hovered = sceneOf(shown.nodes, { lines: [], colours: () => "#000000", other: "#999999", edgeColours: {}, lit: null, selected: null, hovered: model.nodes[3], sizes: () => 10 });
  assert.deepEqual([9, 0].map((most) => placeNames(hovered.ranked, camera, 1, { most, width: () => 60 })[0].node.label), ["Seul", "Seul"]);
  assert.equal(hit(scene, camera, 1, 150, 150).x, 0);
  assert.equal(hit(scene, camera, 1, 5, 5), null);
  // a finger means what is a little beside it
  assert.deepEqual([hit(scene, camera, 1, 150, 165), hit(scene, camera, 1, 150, 165, 12)?.x], [null, 0]);
});

test("colours: the most frequent values, none for no community", () => {
  const nodes = [{ community: 0 }, { community: 2 }, { community: 2 }, { community: 1 }];
  assert.deepEqual([...coloursOf(nodes, "community", { palette: ["a"], type: {} })], [["2", "a"]]);
});

test("an arrow points to the end of its tie, with its base square to it", () => {
  const [tip, left, right] = arrowhead([[0, 0], [0, 10]], 1);
  assert.deepEqual([tip[0], left[1], left[0] + right[0]], [0, right[1], 0]);
  assert.ok(tip[1] > 5 && left[1] < 5);
});

test("a table is a file that a spreadsheet does not run", () => {
  assert.equal(csv(["a", "b"], [{ a: "=1+1", b: 'il dit "non", lui' }, { a: -2 }]), '\ufeffa,b\r\n\'=1+1,"il dit ""non"", lui"\r\n-2,\r\n');
});

test("the last correction of an entity counts", () => {
  const corrections = new Corrections();
  corrections.drop("per:a");
  corrections.rename("per:a", 'A "B": c');
  assert.equal(corrections.text(), '# entextract\nrename:\n- {entity: "per:a", name: "A \\"B\\": c"}\n');
  corrections.merge("per:b", "per:a");
  assert.deepEqual(corrections.rows, [{ verb: "merge", into: "per:b", from: ["per:a"] }]);
});

test("counted words, marked names, searched rows, mentions a period", () => {
  const french = new Language("fr", { article: ["article", "articles"], of: "sur", kinds: { accuse: "accuse" }, statuses: { negated: "nié" } });
  assert.deepEqual([french.some(0, "article"), french.some(2, "article"), french.outOf(5, 9)], ["0 article", "2 articles", "5 sur 9"]);
  assert.deepEqual([french.someOf(1, 1, "article"), french.someOf(1, 3, "article")], ["1 article", "1 sur 3 articles"]);
  assert.equal(french.relation("accuse", "negated"), "accuse (nié)");
  assert.deepEqual(parts("Awa Sarr et Sarr", ["Sarr", "Awa Sarr"]), [["Awa Sarr", true], [" et ", false], ["Sarr", true]]);
  assert.equal(matching([row(1, ["Élysée", 3]), row(2, ["Paris", 1])], "elysee")[0].one, 1);
  assert.deepEqual(totals(new Model(DATA).nodes, 2, -1), [5, 9]);
});
