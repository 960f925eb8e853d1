// What a reader corrects on the page, as the file that entextract replays on every run.

const FIELDS = { merge: ["into", "from"], rename: ["entity", "name"], relabel: ["entity", "label"], drop: ["entity"] };

export class Corrections {
  constructor(rows = []) {
    this.rows = rows;
  }

  merge(into, from) {
    this.settle(from);
    this.rows.push({ verb: "merge", into, from: [from] });
  }

  rename(entity, name) {
    this.settle(entity, "relabel");
    this.rows.push({ verb: "rename", entity, name });
  }

  relabel(entity, label) {
    this.settle(entity, "rename");
    this.rows.push({ verb: "relabel", entity, label });
  }

  drop(entity) {
    this.settle(entity);
    this.rows.push({ verb: "drop", entity });
  }

  /** The last word on an entity counts: what was said of it before goes, but for what may stand. */
  settle(entity, kept = "") {
    this.rows = this.rows.filter((row) => row.verb === kept || (row.entity ?? row.from[0]) !== entity);
  }

  /** Take up what was corrected before, of what there is still. */
  take(rows, isKnown) {
    const isRow = (row) => FIELDS[row?.verb]?.every((name) => [row[name]].flat().every((one) => typeof one === "string" && one !== ""));
    const named = (row) => [row.entity, row.into, row.from].flat().filter((id) => id !== undefined);
    this.rows = Array.isArray(rows) ? rows.filter((row) => isRow(row) && named(row).every(isKnown)) : [];
  }

  undo() {
    return this.rows.pop();
  }

  /** YAML, whose values are JSON, which YAML holds. */
  text() {
    const parts = ["# entextract"];
    for (const verb of Object.keys(FIELDS)) {
      const rows = this.rows.filter((row) => row.verb === verb);
      if (!rows.length) continue;
      parts.push(`${verb}:`);
      for (const row of rows) parts.push(`- {${FIELDS[verb].map((name) => `${name}: ${JSON.stringify(row[name])}`).join(", ")}}`);
    }
    return `${parts.join("\n")}\n`;
  }
}
