// The same entities, ties and relations as rows that can be sorted and searched.
import { flat, wordsOf } from "./text.js";

const STEP = 200;

export function sorted(rows, column, down) {
  const compare = (one, other) => {
    const [x, y] = [one.cells[column], other.cells[column]];
    if (typeof x === "number" && typeof y === "number") return x - y;
    if (typeof x === "number" || typeof y === "number") return typeof x === "number" ? 1 : -1;
    return String(x ?? "").localeCompare(String(y ?? ""), document.documentElement.lang);
  };
  return [...rows].sort((one, other) => (down ? -compare(one, other) : compare(one, other)));
}

export function matching(rows, query) {
  const words = wordsOf(query);
  return words.length ? rows.filter(({ flat: text }) => words.every((word) => text.includes(word))) : rows;
}

/** A row of a table: its cells, and what a click on it selects. */
export function row(one, cells) {
  return { one, cells, flat: flat(cells.join(" ")) };
}

export class Table {
  constructor({ table, query, more, count, status, chosen }) {
    Object.assign(this, { table, more, status, count, column: 0, down: false, rows: [], headings: [], shown: STEP });
    this.chosen = chosen;
    query.addEventListener("input", () => { this.query = query.value; this.shown = STEP; this.draw(); });
    more.addEventListener("click", () => { this.shown += STEP; this.draw(); });
    this.query = "";
  }

  fill(headings, rows, column, down) {
    Object.assign(this, { headings, rows, column, down, shown: STEP });
    this.draw();
  }

  draw() {
    const found = sorted(matching(this.rows, this.query), this.column, this.down);
    const isNumeric = (number) => typeof this.rows[0]?.cells[number] === "number";
    const head = document.createElement("tr");
    this.headings.forEach((heading, number) => {
      const cell = document.createElement("th"), button = document.createElement("button");
      cell.scope = "col";
      if (isNumeric(number)) cell.className = "number";
      cell.setAttribute("aria-sort", number !== this.column ? "none" : this.down ? "descending" : "ascending");
      button.textContent = heading + (number !== this.column ? "" : this.down ? " ▼" : " ▲");
      button.onclick = () => {
        const down = number === this.column ? !this.down : isNumeric(number);
        Object.assign(this, { column: number, down });
        this.draw();
      };
      cell.append(button);
      head.append(cell);
    });
    const lines = found.slice(0, this.shown).map(({ one, cells }) => {
      const line = document.createElement("tr");
      cells.forEach((value, number) => {
        const cell = document.createElement(number ? "td" : "th");
        if (!number) {
          cell.scope = "row";
          const button = document.createElement("button");
          button.textContent = value;
          button.onclick = () => this.chosen(one);
          cell.append(button);
        } else {
          cell.textContent = value ?? "";
          if (typeof value === "number") cell.className = "number";
        }
        line.append(cell);
      });
      return line;
    });
    this.table.tHead.replaceChildren(head);
    this.table.tBodies[0].replaceChildren(...lines);
    this.more.hidden = found.length <= this.shown;
    this.status.textContent = this.count(Math.min(this.shown, found.length), found.length);
  }
}
