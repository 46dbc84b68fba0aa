// Runs cases of cases.mjs on a WebGPU, and ends with 1 if one fails:
//
//   node run.mjs dawn | chromium FOLDER [CASE…]      deno run -A --unstable-webgpu run.mjs wgpu FOLDER [CASE…]
//
// FOLDER holds what ringcc --emit=js made of tests/actors/kernels.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { cases, runCase } from './cases.mjs';

const [kind, folder, ...chosen] = process.argv.slice(2);
// Dawn and the driver of Chromium are installed beside the executors that the exec suite has of them.
const require = createRequire(new URL('../exec/executors/webgpu/', import.meta.url));
const loadHere = (name) => import(pathToFileURL(path.resolve(folder, `${name}.ring.js`)).href);

async function openDawn() {
  const { create, globals } = await import(pathToFileURL(require.resolve('webgpu')).href);
  Object.assign(globalThis, globals);
  const gpu = create([]);
  return { run: (name) => runCase(name, gpu, loadHere), close: () => gpu }; // held: its devices do not hold it
}

async function openWgpu() {
  return { run: (name) => runCase(name, navigator.gpu, loadHere), close: () => {} };
}

/// A page that imports the modules as a page does, without a bundler. Its requests are answered from here; it is called
/// localhost because WebGPU wants a secure context.
async function openChromium() {
  const { chromium } = require('playwright-core');
  const browser = await chromium.launch({
    executablePath: process.env.RINGCC_CHROMIUM || '/usr/bin/chromium', headless: true,
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader',
      '--disable-background-networking', '--no-first-run',
      '--disable-component-update', '--disable-sync', '--disable-quic'],
  });
  const page = await browser.newPage();
  await page.route('**/*', async (route) => {
    const file = path.basename(new URL(route.request().url()).pathname);
    if (!file) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>ringcc</title>' });
    const from = file.endsWith('.ring.js') ? path.resolve(folder, file) : new URL(file, import.meta.url);
    const body = await readFile(from, 'utf8').catch(() => undefined);
    return body === undefined ? route.abort() : route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto('http://localhost/');
  const run = (name) => page.evaluate(async (each) => {
    const { runCase } = await import('/cases.mjs');
    return runCase(each, navigator.gpu, (module) => import(`/${module}.ring.js`));
  }, name);
  return { run, close: () => browser.close() };
}

const openers = { dawn: openDawn, wgpu: openWgpu, chromium: openChromium };
const unknown = chosen.find((name) => !cases[name]);
if (!openers[kind] || !folder || unknown) {
  console.error(`usage: run.mjs ${Object.keys(openers).join(' | ')} FOLDER [${Object.keys(cases).join(' | ')}…]`);
  process.exit(2);
}
const host = await openers[kind]();
let failures = 0;
for (const name of chosen.length > 0 ? chosen : Object.keys(cases)) {
  const begin = performance.now();
  const failure = await host.run(name);
  if (failure) ++failures;
  console.log(`${failure ? 'FAILED' : 'passed'} ${name} (${Math.round(performance.now() - begin)} ms)`);
  if (failure) console.log(failure);
}
await host.close();
process.exit(failures > 0 ? 1 : 0);
