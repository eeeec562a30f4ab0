// What the real packages make of each case. A line in is a list of questions, a line out the list of their answers.
import yaml1 from "yaml1";
import yaml2 from "yaml2";

const packages = { Yaml1: yaml1, Yaml2: yaml2 };

// JSON has no word for these.
const told = (value) => JSON.stringify(value, (_, inner) =>
  typeof inner === "number" && !Number.isFinite(inner) ? { $number: String(inner) } : inner);

function answer({ dialect, write, read, edit }) {
  const yaml = packages[dialect];
  if (read !== undefined) {
    return { value: yaml.parse(read) };
  }
  if (edit !== undefined) {
    const value = yaml.parse(edit.text);
    for (const { path, to } of edit.changes) {
      const holder = path.slice(0, -1).reduce((at, key) => at[key], value);
      holder[path.at(-1)] = to;
    }
    return { text: yaml.stringify(value) };
  }
  // As a file holds it: 2.x and 1.x can tear surrogate pairs apart, of which UTF-8 keeps nothing.
  const text = Buffer.from(yaml.stringify(write), "utf8").toString("utf8");
  // What the package itself reads of what it wrote.
  let back;
  try {
    back = { value: yaml.parse(text) };
  } catch (error) {
    back = { error: String(error.message) };
  }
  return { text, back };
}

function answers(line) {
  return JSON.parse(line).map((question) => {
    try {
      return answer(question);
    } catch (error) {
      return { error: String(error.message) };
    }
  });
}

// By hand, as node:readline ends lines at U+2028, too.
let pending = "";
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) {
  const lines = (pending + chunk).split("\n");
  pending = lines.pop();
  for (const line of lines) process.stdout.write(told(answers(line)) + "\n");
}
