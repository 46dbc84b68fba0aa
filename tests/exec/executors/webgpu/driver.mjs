// A process that answers requests, one JSON object a line, until its standard input ends:
//
//   node driver.mjs dawn | chromium          deno run -A --unstable-webgpu driver.mjs wgpu
//
// The requests are those of webgpu_host.mjs with an `id`, which the answer repeats. The first line it writes says that
// it is ready, or why it cannot be.
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

async function serve(kind) {
  let host;
  try {
    if (!kOpeners[kind]) throw new Error(`usage: driver.mjs ${Object.keys(kOpeners).join(' | ')}`);
    host = await kOpeners[kind]();
    await answer({ id: 0, ...(await host.handle({ op: 'hello' })) });
  } catch (error) {
    await answer({ id: 0, ok: false, error: String(error?.message ?? error) });
    process.exit(1);
  }
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    const reply = await host.handle(request).catch((error) => ({ ok: false, error: String(error) }));
    await answer({ id: request.id, ...reply });
  }
  await host.close();
  process.exit(0);
}

await serve(process.argv[2]);
