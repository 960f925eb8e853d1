// What a reader corrects on the page, as the file that entextract replays on every run.

const FIELDS = { merge: ["into", "from"], rename: ["entity", "name"], relabel: ["entity", "label"], drop: ["entity"] };

export class Corrections {
  constructor(rows = []) {
    this.rows = rows;
  }

  merge(into, from) {
    this.rows.push({ verb: "merge", into, from: [from] });
  }

  rename(entity, name) {
    this.rows.push({ verb: "rename", entity, name });
  }

  relabel(entity, label) {
    this.rows.push({ verb: "relabel", entity, label });
  }

  drop(entity) {
    this.rows.push({ verb: "drop", entity });
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
