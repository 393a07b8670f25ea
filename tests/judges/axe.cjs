// SPDX-License-Identifier: GPL-3.0-or-later
// axe.cjs PAGE…: what axe-core finds in pages, a line each; how many rules each of them keeps. Fails when there is
// anything. A page is not drawn here: tests/cli/test_interchange.py looks at contrasts.
"use strict";

const fs = require("fs");
const { JSDOM, VirtualConsole } = require("jsdom");
const { source } = require("axe-core");

// What a document without a screen cannot tell.
const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: false } };

async function judge(path) {
  const options = { runScripts: "outside-only", pretendToBeVisual: true, virtualConsole: new VirtualConsole() };
  const { window } = new JSDOM(fs.readFileSync(path, "utf8"), options);
  window.eval(source);
  const { passes, violations } = await window.axe.run(window.document, { rules });
  for (const { id, help, nodes } of violations)
    for (const { html } of nodes)
      console.log(`${path}: ${id}: ${help}: ${html.slice(0, 200)}`);
  console.log(`${path}: ${passes.length} rules kept`);
  return violations.length === 0 && passes.length > 0;
}

(async () => {
  let good = true;
  for (const path of process.argv.slice(2))
    good = (await judge(path)) && good;
  process.exitCode = good ? 0 : 1;
})();
