// The actors of one module: their table in the arena, the buffers of their states and spans, and the kernel
// `<module>_bounded` that runs a slice of each. Slot 0 is the supervisor's.

const kShaderStageCompute = 0x4; // GPUShaderStage
const kSupervisorMailbox = 64;

class Crew {
  constructor(arena, module, slots) {
    Object.assign(this, { arena, module, device: arena.device, codec: new Codec(module.structs) });
    this.slots = Math.ceil((slots + 1) / 32) * 32;
    this.actors = []; // by slot - 1; undefined where one has ended
    this.states = new Map(); // by parameter: { buffer, size, capacity, used, freed }
    this.spans = new Map(); // by parameter: { buffer, type, source }
    this.at = arena.allocate(ringAbi.kCrewWords);
    this.table = arena.allocate(this.slots);
    this.ready = arena.allocate(this.slots / 32);
    arena.set(this.at + ringAbi.kCrewSlots, this.slots);
    arena.set(this.at + ringAbi.kCrewTable, this.table);
    arena.set(this.at + ringAbi.kCrewReady, this.ready);
    arena.set(this.at + ringAbi.kCrewHashLow, module.layoutHash[0]);
    arena.set(this.at + ringAbi.kCrewHashHigh, module.layoutHash[1]);
    this.#addSupervisor();
  }

  #addSupervisor() {
    const { arena } = this;
    const at = arena.allocate(ringAbi.kActorWords);
    this.supervisor = {
      at,
      mailbox: Ring.create(arena, kSupervisorMailbox, slotWordsFor(4 * ringAbi.kCommandWords),
        { head: at + ringAbi.kHead, tail: at + ringAbi.kTail }),
    };
    const { mailbox } = this.supervisor;
    arena.set(at + ringAbi.kMailbox, mailbox.slots);
    arena.set(at + ringAbi.kMailboxMask, mailbox.capacity - 1);
    arena.set(at + ringAbi.kMailboxWords, mailbox.slotWords);
    arena.set(at + ringAbi.kCrew, this.at);
    arena.set(this.table, at);
  }

  async compile() {
    const { device, module } = this;
    const { kernel } = module;
    const buffers = kernel.params.filter((param) => param.kind === 'span');
    const bound = buffers.length + (kernel.paramsSize ? 1 : 0);
    const most = device.limits.maxStorageBuffersPerShaderStage;
    if (bound > most) {
      throw new RingError('unsupported', `the actors of '${module.name}' bind ${bound} storage buffers and this ` +
        `device allows ${most}: request a larger maxStorageBuffersPerShaderStage`);
    }
    device.pushErrorScope('validation');
    const shader = device.createShaderModule({ label: module.name, code: module.wgsl });
    const entries = buffers.map((param, binding) => ({
      binding, visibility: kShaderStageCompute,
      buffer: { type: param.access === 'read' ? 'read-only-storage' : 'storage' },
    }));
    if (kernel.paramsSize)
      entries.push({ binding: buffers.length, visibility: kShaderStageCompute, buffer: { type: 'read-only-storage' } });
    this.layout = device.createBindGroupLayout({ label: module.name, entries });
    this.pipeline = device.createComputePipeline({
      label: kernel.name,
      layout: device.createPipelineLayout({ bindGroupLayouts: [this.layout] }),
      compute: { module: shader, entryPoint: kernel.name },
    });
    const error = await device.popErrorScope();
    if (error) throw new RingError('compile_failed', `${module.name}: ${error.message}`);
    this.params = this.#createBuffer('params', Math.max(kernel.paramsSize, 4));
    if (kernel.hasTrap) this.trap = this.#createBuffer('ring_trap', 4 * ringAbi.kTrapWords);
  }

  #createBuffer(label, size) {
    return this.device.createBuffer({
      label, size: Math.max(Math.ceil(size / 4) * 4, 4),
      usage: kBufferUsage.storage | kBufferUsage.copySource | kBufferUsage.copyTarget,
    });
  }

  /// A slot of the table for an actor at that address.
  add(actor) {
    let index = this.actors.indexOf(undefined);
    if (index < 0) index = this.actors.length;
    if (index + 1 >= this.slots) {
      throw new RingError('invalid_argument', `'${this.module.name}' has ${index} actors, as many as it may: ` +
        'say `actors` to Runtime.create');
    }
    this.actors[index] = actor;
    this.arena.set(this.table + index + 1, actor.at);
    return index + 1;
  }
  remove(slot) {
    this.actors[slot - 1] = undefined;
    this.arena.set(this.table + slot, 0);
  }

  /// The index of a new actor's state in the span of its type's states.
  addState(facts) {
    if (facts.statesParam < 0) return 0;
    let states = this.states.get(facts.statesParam);
    if (!states) {
      states = { size: facts.stateSize, capacity: 1, used: 0, freed: [] };
      states.buffer = this.#createBuffer(`${facts.name} states`, states.size);
      this.states.set(facts.statesParam, states);
    }
    if (states.freed.length > 0) return states.freed.pop();
    if (states.used === states.capacity) {
      states.capacity *= 2;
      const larger = this.#createBuffer(`${facts.name} states`, states.size * states.capacity);
      copyBuffer(this.device, states.buffer, larger);
      states.buffer = larger;
    }
    return states.used++;
  }
  removeState(facts, index) {
    this.states.get(facts.statesParam)?.freed.push(index);
  }

  /// All actors of a type share the buffers of its spans: the kernel has one parameter for each.
  bindSpan(argument, source) {
    const bound = this.spans.get(argument.param);
    if (source === undefined && bound) return;
    if (bound && bound.source !== source) {
      throw new RingError('invalid_argument',
        `'${argument.name}' is bound already: actors of one type share their spans`);
    }
    if (bound) return;
    this.spans.set(argument.param, { buffer: this.#bufferOf(argument, source), type: argument.type, source });
  }

  #bufferOf(argument, source) {
    if (typeof GPUBuffer !== 'undefined' && source instanceof GPUBuffer) return source;
    if (!ArrayBuffer.isView(source)) throw wrong(argument.name, 'a GPUBuffer or a typed array', source);
    if (source.byteLength % argument.size !== 0) {
      throw new RingError('invalid_argument',
        `'${argument.name}' has ${source.byteLength} bytes, no multiple of an element's ${argument.size}`);
    }
    const buffer = this.#createBuffer(argument.name, source.byteLength);
    const bytes = new Uint8Array(Math.ceil(source.byteLength / 4) * 4);
    bytes.set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
    this.device.queue.writeBuffer(buffer, 0, bytes);
    return Object.assign(buffer, { ringBytes: source.byteLength });
  }

  get usedSlots() {
    return this.actors.length + 1;
  }

  #bufferFor(param, index) {
    if (param.name === 'words') return this.arena.buffer;
    if (param.name === 'ring_trap') return this.trap;
    const held = this.states.get(index) ?? this.spans.get(index);
    if (held) return held.buffer;
    // No actor of that type lives, but the kernel's layout has the binding.
    this.spare ??= new Map();
    if (!this.spare.has(index)) this.spare.set(index, this.#createBuffer(param.name, param.size));
    return this.spare.get(index);
  }

  /// The block of parameters: the number of elements of each span, and the values.
  #writeParams(buffers, budget) {
    const block = new DataView(new ArrayBuffer(this.params.size));
    const values = { crew: this.at, first: 0, count: this.usedSlots, budget };
    this.module.kernel.params.forEach((param, i) => {
      const buffer = buffers.get(i);
      block.setUint32(param.offset,
        buffer ? Math.floor((buffer.ringBytes ?? buffer.size) / param.size) : values[param.name], true);
    });
    this.device.queue.writeBuffer(this.params, 0, block.buffer);
  }

  /// A slice of every actor.
  encode(encoder, budget) {
    const { kernel } = this.module;
    const buffers = new Map();
    kernel.params.forEach((param, i) => {
      if (param.kind === 'span') buffers.set(i, this.#bufferFor(param, i));
    });
    this.#writeParams(buffers, budget);
    const bound = [...buffers.values()];
    if (kernel.paramsSize) bound.push(this.params);
    if (!this.bound || this.bound.some((buffer, i) => buffer !== bound[i])) {
      this.bound = bound;
      this.group = this.device.createBindGroup({
        layout: this.layout, entries: bound.map((buffer, binding) => ({ binding, resource: { buffer } })),
      });
    }
    const pass = encoder.beginComputePass({ label: kernel.name });
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.group);
    pass.dispatchWorkgroups(Math.min(this.usedSlots, this.device.limits.maxComputeWorkgroupsPerDimension));
    pass.end();
  }

  /// What the host must see again after a slice: the table's ready bits, and of each actor its words and its replies.
  *regions() {
    yield [this.at, this.at + ringAbi.kCrewWords];
    yield [this.ready, this.ready + this.slots / 32];
    yield [this.supervisor.at, this.supervisor.at + ringAbi.kActorWords];
    for (const actor of this.actors) {
      if (!actor) continue;
      yield [actor.at, actor.at + ringAbi.kRejected]; // from there on they are the host's
      yield [actor.replies.slots, actor.replies.slots + actor.replies.words];
    }
  }

  clearReady() {
    for (let i = 0; i < this.slots / 32; ++i) this.arena.set(this.ready + i, 0);
  }
  hasReady() {
    return this.arena.words.subarray(this.ready, this.ready + this.slots / 32).some((bits) => bits !== 0);
  }

  /// The kernel and this module must have been made together.
  checkHash() {
    const seen = [this.arena.get(this.at + ringAbi.kCrewSeenLow), this.arena.get(this.at + ringAbi.kCrewSeenHigh)];
    const { layoutHash } = this.module;
    if (seen.every((word) => word === 0) || seen.every((word, i) => word === layoutHash[i])) return;
    throw new RingError('layout_mismatch',
      `the kernel of '${this.module.name}' has other layouts than its description`);
  }

  /// Compiled with --bounds=trap: whether the kernel was stopped, and where.
  async checkTrap() {
    if (!this.trap) return;
    const [state, line, index, , size] = new Uint32Array(await bytesOf(this.device, this.trap));
    if (state === 0) return;
    throw new RingError('out_of_bounds',
      `${this.module.source}:${line}: index ${index} is outside of a span of ${size} elements`);
  }

  destroy() {
    this.params?.destroy();
    this.trap?.destroy();
    for (const { buffer } of this.states.values()) buffer.destroy();
    for (const { buffer, source } of this.spans.values()) if (buffer !== source) buffer.destroy();
    for (const buffer of this.spare?.values() ?? []) buffer.destroy();
  }
}
