// Runs kernels on any WebGPU: the one file that Dawn in node, wgpu in Deno and a page in Chromium share. It answers
// requests, plain JSON objects, and nothing in it depends on where it runs:
//
//   const host = await WebGpuHost.open(navigator.gpu);
//   await host.handle({ op: 'load', module: 'saxpy', wgsl });   // -> { ok, messages }
//   await host.handle({ op: 'run', module: 'saxpy', buffers: [{ bytes: base64, element: 4 }, …], launches: [
//     { kernel: 'saxpy', blocks: [4, 1, 1], bindings: [{ buffer: 0, access: 'read' }, …], params: base64 }] });
//
// Layouts are explicit, because `layout: 'auto'` drops bindings that a kernel never touches.

const kOptionalFeatures = ['subgroups', 'shader-f16'];
const kScopes = ['validation', 'out-of-memory', 'internal'];

export class WebGpuHost {
  static async open(gpu) {
    const adapter = await gpu?.requestAdapter();
    if (!adapter) throw new Error('no WebGPU adapter');
    const host = new WebGpuHost();
    host.adapter = adapter;
    host.device = await requestDevice(adapter);
    host.modules = new Map();
    host.device.lost.then((info) => { host.lost = info.message || info.reason; });
    return host;
  }

  async handle(request) {
    try {
      if (this.lost) throw new Error(`device lost: ${this.lost}`);
      switch (request.op) {
        case 'hello': return this.describe();
        case 'load': return await this.load(request.module, request.wgsl);
        case 'run': return await this.run(request);
        default: throw new Error(`unknown request '${request.op}'`);
      }
    } catch (error) {
      return { ok: false, error: String(error?.message ?? error) };
    }
  }

  describe() {
    const info = this.adapter.info ?? {};
    return {
      ok: true,
      adapter: info.description || info.device || info.vendor || 'unnamed',
      features: [...this.device.features].sort(),
      maxStorageBuffers: this.device.limits.maxStorageBuffersPerShaderStage,
      maxInvocations: this.device.limits.maxComputeInvocationsPerWorkgroup,
    };
  }

  /// Compiles a module and reports all that the compiler has to say about it.
  async load(name, wgsl) {
    let module, info;
    const error = await this.failureOf(async () => {
      module = this.device.createShaderModule({ code: wgsl, label: name });
      info = await module.getCompilationInfo();
    });
    const messages = (info?.messages ?? []).map(
      (m) => `${name}.wgsl:${m.lineNum}:${m.linePos}: ${m.type}: ${m.message}`);
    const hasError = error || (info?.messages ?? []).some((m) => m.type === 'error');
    if (hasError) return { ok: false, error: messages.join('\n') || error, messages };
    this.modules.set(name, { module, pipelines: new Map() });
    return { ok: true, messages };
  }

  async pipeline(moduleName, kernel, accesses) {
    const entry = this.modules.get(moduleName);
    if (!entry) throw new Error(`module '${moduleName}' is not loaded`);
    const key = `${kernel} ${accesses}`;
    if (!entry.pipelines.has(key)) {
      const layout = this.device.createBindGroupLayout({
        label: kernel,
        entries: accesses.map((access, binding) => ({
          binding,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
        })),
      });
      const pipeline = await this.device.createComputePipelineAsync({
        label: kernel,
        layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module: entry.module, entryPoint: kernel },
      });
      entry.pipelines.set(key, { layout, pipeline });
    }
    return entry.pipelines.get(key);
  }

  /// Runs the launches in order over the buffers. Returns the buffers that a launch may have written, null for others.
  async run({ module, buffers, launches }) {
    const owned = [];
    let result;
    const error = await this.failureOf(async () => {
      const memory = buffers.map(({ bytes, element }) => this.upload(bytes, element, owned));
      const encoder = this.device.createCommandEncoder();
      const written = new Set();
      for (const launch of launches) {
        await this.encode(encoder, module, launch, memory, owned);
        for (const b of launch.bindings) if (b.access !== 'read') written.add(b.buffer);
      }
      const staging = memory.map((buffer, i) => (written.has(i) ? this.stage(encoder, buffer, owned) : null));
      this.device.queue.submit([encoder.finish()]);
      result = await Promise.all(staging.map((buffer, i) => buffer && readBack(buffer, byteLength(buffers[i].bytes))));
    }).finally(() => owned.forEach((buffer) => buffer.destroy()));
    return error ? { ok: false, error } : { ok: true, buffers: result };
  }

  async encode(encoder, module, { kernel, blocks, bindings, params }, memory, owned) {
    const accesses = bindings.map((b) => b.access);
    const bound = bindings.map((b) => memory[b.buffer]);
    if (params) {
      accesses.push('read');
      bound.push(this.upload(params, 4, owned));
    }
    const { layout, pipeline } = await this.pipeline(module, kernel, accesses);
    const group = this.device.createBindGroup({
      layout, entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const pass = encoder.beginComputePass({ label: kernel });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(...blocks);
    pass.end();
  }

  /// Storage is a multiple of 4 bytes, and WebGPU wants room for one element even where the span is empty.
  upload(base64, element, owned) {
    const bytes = fromBase64(base64);
    const buffer = this.device.createBuffer({
      size: (Math.max(bytes.length, element) + 3) & ~3,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
      mappedAtCreation: true,
    });
    new Uint8Array(buffer.getMappedRange()).set(bytes);
    buffer.unmap();
    owned.push(buffer);
    return buffer;
  }

  stage(encoder, buffer, owned) {
    const staging = this.device.createBuffer({
      size: buffer.size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
    owned.push(staging);
    return staging;
  }

  /// Runs `work` inside error scopes of every kind. Returns what went wrong, or nothing.
  async failureOf(work) {
    for (const scope of kScopes) this.device.pushErrorScope(scope);
    let thrown;
    try {
      await work();
    } catch (error) {
      thrown = String(error?.message ?? error);
    }
    const errors = [];
    for (const scope of [...kScopes].reverse()) {
      const error = await this.device.popErrorScope();
      if (error) errors.push(`${scope} error: ${error.message}`);
    }
    if (thrown) errors.push(thrown);
    return errors.join('\n') || undefined;
  }
}

/// With all that the adapter can do: kernels may use more than the default limits.
async function requestDevice(adapter) {
  const requiredFeatures = kOptionalFeatures.filter((feature) => adapter.features.has(feature));
  const requiredLimits = {};
  for (const name in adapter.limits) {
    const value = adapter.limits[name];
    if (typeof value === 'number' && !/subgroup/i.test(name)) requiredLimits[name] = value;
  }
  return adapter.requestDevice({ requiredFeatures, requiredLimits });
}

async function readBack(buffer, size) {
  await buffer.mapAsync(GPUMapMode.READ);
  const base64 = toBase64(new Uint8Array(buffer.getMappedRange()).subarray(0, size));
  buffer.unmap();
  return base64;
}

// Node and Deno have Buffer, a page has atob and btoa.
function fromBase64(base64) {
  if (typeof Buffer !== 'undefined') return Buffer.from(base64, 'base64');
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

function toBase64(bytes) {
  if (typeof Buffer !== 'undefined') return Buffer.from(bytes).toString('base64');
  let text = '';
  const kChunk = 0x8000; // as many arguments as a call takes for certain
  for (let i = 0; i < bytes.length; i += kChunk) text += String.fromCharCode(...bytes.subarray(i, i + kChunk));
  return btoa(text);
}

function byteLength(base64) {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
