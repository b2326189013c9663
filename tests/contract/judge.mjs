// Prism for every file of the specification, in one process: a mock that judges requests, and a proxy that
// judges answers. Says on one line where they listen and what they know, and ends when its input does.
//
//     node judge.mjs FOLDER UPSTREAM OVERLAPS
//
// OVERLAPS, in JSON: [["GET /v2/orders/{order_id}", "consignments"], …], properties whose forms are no alternatives,
// whatever the specification says. They are judged as any of the forms.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Module, { createRequire } from 'node:module';

// Prism tells what it finds in a header, and cuts that off after 8 kB: of a long list most would be lost. What is
// found of one item again and again is told once.
const telling = join('@stoplight', 'prism-http-server', 'dist', 'server.js');
const written = 'JSON.stringify(validationErrors)';
globalThis.eachOnce = (findings) => {
  const place = (parts) => (parts ?? []).map((part) => (/^\d+$/.test(part) ? '*' : part));
  const told = (finding) => finding.message.replaceAll(/\b\d+\b(?=\.|\s)/g, '*');
  const kinds = findings.map((finding) => [JSON.stringify([finding.severity, place(finding.location), told(finding)]), finding]);
  return [...new Map(kinds.reverse()).values()];
};
const loadAsItIs = Module._extensions['.js'];
Module._extensions['.js'] = (module, file) => {
  if (!file.endsWith(telling)) return loadAsItIs(module, file);
  const source = readFileSync(file, 'utf8');
  if (!source.includes(written)) throw new Error(`${file} tells what it finds in another way than before`);
  module._compile(source.replace(written, `JSON.stringify(eachOnce(validationErrors))`), file);
};

// The parts that Prism's command line is made of, put together as it does: by itself it would start a process
// for each file and each way of judging, some 80 of them.
const prism = createRequire(createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json'));
const { createServer } = prism('@stoplight/prism-http-server');
const { getHttpOperationsFromSpec } = prism('@stoplight/prism-http');
const { createLogger } = prism('@stoplight/prism-core');

const [folder, upstream, list] = process.argv.slice(2);
const overlaps = JSON.parse(list);
const met = new Set();
const logger = createLogger('contract', { level: 'silent' });

const files = readdirSync(folder, { recursive: true })
  .filter((name) => /\.ya?ml$/.test(name))
  .sort();

// A request is judged as it would be sent, so a proxy hands on what it finds wrong: the sandbox has to refuse it.
const rules = { validateRequest: true, validateResponse: true, checkSecurity: true, errors: false };
const mock = { ...rules, isProxy: false, mock: { dynamic: false } };
const proxy = (version) => ({ ...rules, isProxy: true, upstream: new URL(`${upstream}/${version}`), mock: { dynamic: false } });

const listen = (operations, config) =>
  createServer(operations, { cors: false, config, components: { logger } }).listen(0, '127.0.0.1');

// Makes `oneOf` of a property `anyOf`, wherever it stands in an operation, and says how often it was.
const loosen = (part, property, seen = new Set()) => {
  if (part === null || typeof part !== 'object' || seen.has(part)) return 0;
  seen.add(part);
  const own = part.properties?.[property];
  let times = 0;
  if (own?.oneOf) {
    own.anyOf = own.oneOf;
    delete own.oneOf;
    times += 1;
  }
  return Object.values(part).reduce((sum, inner) => sum + loosen(inner, property, seen), times);
};

const told = [];
for (const file of files) {
  const operations = await getHttpOperationsFromSpec(join(folder, file));
  const server = operations[0]?.servers?.[0]?.url ?? '';
  const version = /\/stores\/[^/]+\/(v[23])\/?$/.exec(server)?.[1];
  // Another host's.
  if (!version) continue;
  for (const operation of operations) {
    const name = `${operation.method.toUpperCase()} /${version}${operation.path}`;
    for (const [about, property] of overlaps) {
      if (about === name && loosen(operation, property) > 0) met.add(`${about} ${property}`);
    }
  }
  told.push({
    file: file.replaceAll('\\', '/'),
    mock: await listen(operations, mock),
    proxy: await listen(operations, proxy(version)),
    operations: operations.map(({ method, path, responses }) => [
      method.toUpperCase(),
      `/${version}${path}`,
      responses.map(({ code }) => code),
    ]),
  });
}
for (const [about, property] of overlaps) {
  if (!met.has(`${about} ${property}`)) {
    throw new Error(`the specification has no forms of \`${property}\` in ${about}: take it out of the list of overlaps`);
  }
}
console.log(JSON.stringify(told));

process.stdin.on('end', () => process.exit(0)).resume();
