// The state of the page in its address, so that a link shows the same.

/** State as it stands after « # »: only what is not usual. */
export function written(state, usual) {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    const text = Array.isArray(value) ? value.join("~") : String(value);
    const common = Array.isArray(usual[name]) ? usual[name].join("~") : String(usual[name]);
    if (text !== common) found.set(name, text);
  }
  return found.toString();
}

/** The state of an address; what is missing or makes no sense is usual. */
export function read(hash, usual) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = {};
  for (const [name, value] of Object.entries(usual)) {
    const text = given.get(name);
    if (text === null) state[name] = value;
    else if (Array.isArray(value)) state[name] = text === "" ? [] : text.split("~");
    else if (typeof value === "number") state[name] = Number.isFinite(Number(text)) ? Number(text) : value;
    else if (typeof value === "boolean") state[name] = text === "true";
    else state[name] = text;
  }
  return state;
}
