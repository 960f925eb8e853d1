// Prints what graphology makes of a GEXF or JSON file: node graphology.js MODULES FILE
const [modules, file] = process.argv.slice(2);
const Graph = require(`${modules}/graphology`);
const text = require("fs").readFileSync(file, "utf8");
const graph = file.endsWith(".json")
  ? Graph.from(JSON.parse(text))
  : require(`${modules}/graphology-gexf`).parse(Graph, text);
console.log(JSON.stringify({
  type: graph.type,
  multi: graph.multi,
  nodes: graph.mapNodes((key, attributes) => [key, attributes]),
  edges: graph.mapEdges((key, attributes, source, target, a, b, undirected) =>
    [source, target, undirected, attributes]),
}));
