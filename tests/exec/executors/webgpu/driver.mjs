// A process that answers requests, one JSON object a line, until its standard input ends:
//
//   node driver.mjs dawn | chromium          deno run -A --unstable-webgpu driver.mjs wgpu
//
// The requests are those of webgpu_host.mjs with an `id`, which the answer repeats. The first line it writes says that
// it is ready, or why it cannot be. With files as further arguments it compiles these instead, prints what the compiler
// says, and exits with 0, 1, or 77 where the device lacks a feature that a file enables.
import { createInterface } from 'node:readline';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { WebGpuHost } from './webgpu_host.mjs';

const kBrowserArguments = [
  '--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--disable-background-networking',
  '--no-first-run', '--disable-component-update', '--disable-sync', '--disable-quic',
];
const kPage = `<!doctype html><title>ringcc</title><script type="module">
  import { WebGpuHost } from './webgpu_host.mjs';
  globalThis.ready = WebGpuHost.open(navigator.gpu);
</script>`;

async function openDawn() {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const host = await WebGpuHost.open(gpu);
  // Dawn's devices do not keep their instance alive, so this object must: collected, it takes the process with it.
  return { gpu, handle: (request) => host.handle(request), close: () => {} };
}

async function openWgpu() {
  const host = await WebGpuHost.open(navigator.gpu);
  return { handle: (request) => host.handle(request), close: () => {} };
}

/// A real browser. Its page is answered from here, so that no request leaves the machine; it is called localhost
/// because WebGPU wants a secure context.
async function openChromium() {
  const { chromium } = await import('playwright-core');
  const executablePath = process.env.RINGCC_CHROMIUM || '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, headless: true, args: kBrowserArguments });
  const page = await browser.newPage();
  const source = await readFile(new URL('./webgpu_host.mjs', import.meta.url), 'utf8');
  await page.route('**/*', (route) =>
    route.request().url().endsWith('.mjs')
      ? route.fulfill({ contentType: 'text/javascript', body: source })
      : route.fulfill({ contentType: 'text/html', body: kPage }));
  await page.goto('http://localhost/');
  await page.waitForFunction(() => globalThis.ready);
  await page.evaluate(async () => { globalThis.host = await globalThis.ready; });
  return {
    handle: (request) => page.evaluate((r) => globalThis.host.handle(r), request),
    close: () => browser.close(),
  };
}

const kOpeners = { dawn: openDawn, wgpu: openWgpu, chromium: openChromium };
const answer = (object) => new Promise((done) => process.stdout.write(JSON.stringify(object) + '\n', done));

function open(kind) {
  if (!kOpeners[kind]) throw new Error(`usage: driver.mjs ${Object.keys(kOpeners).join(' | ')} [file.wgsl…]`);
  return kOpeners[kind]();
}

async function compile(kind, files) {
  const host = await open(kind);
  const { features } = await host.handle({ op: 'hello' });
  let status = 0;
  for (const file of files) {
    const wgsl = await readFile(file, 'utf8');
    const lacking = [...wgsl.matchAll(/^enable (.*);/gm)].flatMap((m) => m[1].split(/\s*,\s*/))
      .map((extension) => (extension === 'f16' ? 'shader-f16' : extension))
      .filter((feature) => !features.includes(feature));
    if (lacking.length > 0) {
      console.log(`${file}: ${kind} lacks ${lacking.join(', ')}`);
      status ||= 77;
      continue;
    }
    const result = await host.handle({ op: 'load', module: file.replace(/\.wgsl$/, ''), wgsl });
    for (const message of result.messages ?? []) console.log(message);
    if (!result.ok) {
      if (!result.messages?.length) console.log(result.error);
      status = 1;
    }
  }
  await host.close();
  return status;
}

async function serve(kind) {
  let host;
  try {
    host = await open(kind);
    await answer({ id: 0, ...(await host.handle({ op: 'hello' })) });
  } catch (error) {
    await answer({ id: 0, ok: false, error: String(error?.message ?? error) });
    return 1;
  }
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    const reply = await host.handle(request).catch((error) => ({ ok: false, error: String(error) }));
    await answer({ id: request.id, ...reply });
  }
  await host.close();
  return 0;
}

const [kind, ...files] = process.argv.slice(2);
process.exit(await (files.length > 0 ? compile(kind, files) : serve(kind)));
