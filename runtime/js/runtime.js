// Actors on a WebGPU device, in Node, Deno and a page alike. WGSL has no endless loops, so actors run in slices: as
// long as there is something to do, the runtime dispatches the kernel, reads back what the host must see, and goes on.
//
//   import { Runtime, Ledger } from './bank.ring.js';
//
//   const adapter = await navigator.gpu.requestAdapter();
//   const rt = await Runtime.create(await adapter.requestDevice());
//   const ledger = await rt.launch(Ledger, { name: 'ledger', routes: { next: 'audit' }, args: { rate: 0.5 } });
//   ledger.send('Deposit', { account: 7, amount: 10 });
//   const balance = await ledger.receive('Balance');
//   await rt.shutdown();

const kArenaWords = 1 << 16; // to begin with; it grows
const kActors = 255; // of one module
const kBudget = 64; // messages of one actor in one slice
const kProgressWords = ['kApplied', 'kPhase', 'kPending', 'kStopping', 'kRepliesTail', 'kOutboxHead',
  'kOutboxTail', 'kIdleDue'];
const kHostName = 'host'; // what a route to this program is bound to

export class Runtime {
  #arena;
  #crews = new Map(); // by module: the promise of its Crew
  #ready = []; // the crews that are compiled
  #clock = new Clock();
  #calls = new Map(); // by correlation: who waits for the answer
  #letters = [];
  #conditions = []; // of until()
  #options;
  #lastCorrelation = 0;
  #lastMessage = 0;
  #signature = 0;
  #hasProgress = false;
  #pumping;
  #failure;
  #isShutDown = false;

  /// options: actors (most of one module), budget (messages of an actor in one slice), arenaWords.
  static async create(device, options = {}) {
    return new Runtime(device, options);
  }

  constructor(device, options = {}) {
    if (!device?.limits) throw new RingError('invalid_argument', 'Runtime.create() takes a GPUDevice');
    this.device = device;
    this.#options = { actors: kActors, budget: kBudget, arenaWords: kArenaWords, ...options };
    this.#arena = new Arena(device, this.#options.arenaWords);
    device.lost.then((info) => this.#fail(new RingError('device_lost', info.message || info.reason)));
  }

  /// Starts an actor. options: name (that other actors' routes and this runtime know it by), routes { field: name },
  /// args { field: value } or [value, …] in order of declaration, mailbox, replies and outbox (messages), overflow
  /// ('wait', 'reject', 'dead_letter'), activate (false: launched, until activate()), maxDrift (ms that the clock of a
  /// sender may be ahead). A route is bound to an actor or to 'host', which receives on this handle.
  async launch(actor, options = {}) {
    const [launched] = await this.launchGroup([actor, options]);
    return launched;
  }

  /// Starts several at once, so that their routes may name each other: launchGroup([Ping, {…}], [Pong, {…}]).
  async launchGroup(...launches) {
    this.requireWhole();
    const crews = [];
    for (const [actor] of launches) crews.push(await this.#crewOf(actor));
    this.#checkNames(launches);
    const launched = launches.map(([actor, options = {}], i) => this.#place(actor, options, crews[i]));
    launches.forEach(([, options = {}], i) => this.#bindRoutes(launched[i], options.routes ?? {}));
    await Promise.all(launched.flatMap((each, i) => [
      each.command('create'), ...(launches[i][1]?.activate === false ? [] : [each.command('activate')])]));
    return launched;
  }

  /// The live actor of that name, or undefined.
  actor(name) {
    return this.#actors().find((each) => each.name === name);
  }

  /// Waits until no actor has anything to do.
  async idle() {
    while (this.#pumping) await this.#pumping;
    this.requireWhole();
  }

  /// What could not be handled and nobody called for, since the last time: [{ reason, type, message, actor }].
  takeDeadLetters() {
    return this.#letters.splice(0);
  }

  /// Ends all actors and gives back the device's memory. The device itself is the caller's.
  async shutdown() {
    if (this.#isShutDown) return;
    this.#isShutDown = true;
    if (!this.#failure) {
      await Promise.all(this.#actors().map((each) => each.end()));
      await this.idle();
    }
    this.#fail(new RingError('shut_down', 'the runtime was shut down'));
    for (const crew of this.#ready) crew.destroy();
    this.#arena.destroy();
  }

  // --- of LaunchedActor --------------------------------------------------------------------------

  requireWhole() {
    if (this.#failure) throw this.#failure;
  }
  nextMessageId() {
    return (this.#lastMessage = (this.#lastMessage + 1) >>> 0);
  }
  nextCorrelation() {
    do this.#lastCorrelation = (this.#lastCorrelation + 1) >>> 0;
    while (this.#lastCorrelation === 0 || this.#calls.has(this.#lastCorrelation));
    return this.#lastCorrelation;
  }
  actorAt(address) {
    return this.#actors().find((each) => each.at === address);
  }
  nameOf(address) {
    return this.actorAt(address)?.name ?? `actor at ${address}`;
  }

  /// The promise of the answer with that correlation.
  expect(target, correlation, timeout, explain) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#calls.delete(correlation);
        reject(new RingError('timeout', explain()));
      }, timeout);
      this.#calls.set(correlation, { target, resolve, reject, timer });
    });
  }
  /// Whether somebody waited for it.
  settle(correlation, how) {
    const call = this.#calls.get(correlation);
    if (!call) return false;
    this.#calls.delete(correlation);
    clearTimeout(call.timer);
    how(call);
    return true;
  }
  /// The actor will answer none of the calls to it any more.
  giveUp(target, error) {
    for (const [correlation, call] of [...this.#calls])
      if (call.target === target) this.settle(correlation, ({ reject }) => reject(error));
  }
  /// A dead letter: the error of the call that it answers, or one of takeDeadLetters().
  bury({ correlation, ...letter }) {
    const { actor, reason, type } = letter;
    const error = new RingError('not_delivered', `'${type}' of '${actor}' was not delivered: ${reason}`, { letter });
    if (!this.settle(correlation, ({ reject }) => reject(error))) this.#letters.push(letter);
  }

  /// Waits for something that a slice brings about.
  until(condition, timeout, explain) {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const entry = { condition, resolve, reject };
      entry.timer = setTimeout(() => {
        this.#conditions.splice(this.#conditions.indexOf(entry), 1);
        reject(new RingError('timeout', explain()));
      }, timeout);
      this.#conditions.push(entry);
    });
  }

  wake() {
    if (!this.#failure) this.#pumping ??= this.#pump();
  }

  // --- launching ---------------------------------------------------------------------------------

  #actors() {
    return this.#ready.flatMap((crew) => crew.actors.filter((each) => each));
  }

  #crewOf(actor) {
    if (!actor?.module?.wgsl) throw wrong('the actor', 'one of a NAME.ring.js', actor);
    const { module } = actor;
    if (!this.#crews.has(module)) {
      const make = async () => {
        const crew = new Crew(this.#arena, module, this.#options.actors);
        await crew.compile();
        this.#ready.push(crew);
        return crew;
      };
      this.#crews.set(module, make());
    }
    return this.#crews.get(module);
  }

  /// Names are free, and each route leads to an actor that handles what may be sent along it.
  #checkNames(launches) {
    const receivers = new Map(this.#actors().map((each) => [each.name, each.facts]));
    receivers.set(kHostName, undefined);
    for (const [actor, options = {}] of launches) {
      const name = options.name ?? actor.facts.name;
      if (receivers.has(name)) throw new RingError('name_taken', `there is an actor named '${name}' already`);
      receivers.set(name, actor.facts);
    }
    for (const [actor, options = {}] of launches) {
      const name = options.name ?? actor.facts.name;
      for (const [route, target] of Object.entries(options.routes ?? {})) {
        const argument = actor.facts.arguments.find((each) => each.kind === 'route' && each.name === route);
        if (!argument) throw new RingError('invalid_argument', `'${name}' has no route '${route}'`);
        if (target === kHostName) continue;
        const receiver = receivers.get(target);
        if (!receiver)
          throw new RingError('unknown_actor', `route '${route}' of '${name}': there is no actor named '${target}'`);
        const refused = argument.messages.find((id) => !receiver.receives.includes(id));
        if (refused === undefined) continue;
        throw new RingError('wrong_message',
          `route '${route}' of '${name}': '${target}' does not receive ${actor.module.messages[refused].struct}`);
      }
    }
  }

  /// Everything is checked before the arena is touched.
  #place(actor, options, crew) {
    const { facts } = actor;
    const values = argumentValues(facts, options.args ?? {});
    const words = new Uint32Array(Math.max(facts.argumentsSize / 4, 1));
    const view = new DataView(words.buffer);
    for (const argument of facts.arguments) {
      const path = `${facts.name}.${argument.name}`;
      const value = values.get(argument.name);
      if (argument.kind === 'value') crew.codec.write(view, argument.offset, argument.type, value, path);
      if (argument.kind === 'span') crew.bindSpan(argument, value);
    }
    const launched = new LaunchedActor(this, crew, facts, options);
    this.#arena.words.set(words, launched.arguments);
    this.#arena.touch(launched.arguments, launched.arguments + words.length);
    return launched;
  }

  #bindRoutes(launched, routes) {
    for (const argument of launched.facts.arguments) {
      if (argument.kind !== 'route') continue;
      const target = routes[argument.name];
      this.#arena.set(launched.arguments + argument.offset / 4, this.#addressOf(target));
    }
  }

  #addressOf(target) {
    if (target === undefined) return ringAbi.kNobody; // what is sent there becomes a dead letter
    return target === kHostName ? ringAbi.kHost : this.actor(target).at;
  }

  // --- running -----------------------------------------------------------------------------------

  async #pump() {
    try {
      await null; // what is sent in one go travels in one go
      do await this.#round(); while (this.#hasWork());
    } catch (error) {
      this.#fail(error instanceof RingError ? error
        : new RingError('device_lost', String(error?.message ?? error), { cause: error }));
    } finally {
      this.#pumping = undefined;
    }
  }

  /// One slice of every actor.
  async #round() {
    const { device } = this;
    const arena = this.#arena;
    const crews = [...this.#ready];
    let moved = 0;
    for (const each of this.#actors()) moved += each.push(this.#clock);
    moved += this.#postCommands();
    this.#writeWallClock();
    for (const crew of crews) crew.clearReady();

    device.pushErrorScope('validation');
    arena.upload();
    const encoder = device.createCommandEncoder();
    for (const crew of crews) crew.encode(encoder, this.#options.budget);
    const arrived = arena.download(encoder, crews.flatMap((crew) => [...crew.regions()]));
    device.queue.submit([encoder.finish()]);
    const failure = device.popErrorScope();
    await arrived();
    const error = await failure;
    if (error) throw new RingError('device_lost', error.message);

    for (const crew of crews) {
      crew.checkHash();
      await crew.checkTrap();
    }
    for (const each of this.#actors()) moved += each.pop(this.#clock);
    const signature = this.#progressSignature();
    this.#hasProgress = moved > 0 || signature !== this.#signature;
    this.#signature = signature;
    this.#settleCommands();
    await this.#retire(this.#actors().filter((each) => each.phase === 'terminated'));
    this.#settleConditions();
  }

  async #retire(ended) {
    const filled = ended.filter((each) => each.mailbox.depth > 0);
    if (filled.length > 0) {
      const encoder = this.device.createCommandEncoder();
      const arrived = this.#arena.download(encoder,
        filled.map(({ mailbox }) => [mailbox.slots, mailbox.slots + mailbox.words]));
      this.device.queue.submit([encoder.finish()]);
      await arrived();
    }
    for (const each of filled) each.buryRest();
    for (const each of ended) each.retire();
  }

  /// Whether another slice would find something to do. An actor that waits for room asks to be run again each time, so
  /// readiness alone counts only while something moves.
  #hasWork() {
    if (this.#failure) return false;
    const actors = this.#actors();
    if (actors.some((each) => each.canPush || each.canObey)) return true;
    return this.#hasProgress && this.#ready.some((crew) => crew.hasReady());
  }

  /// The supervisor hands on one command of an actor at a time: the next follows when it has been obeyed.
  #postCommands() {
    let count = 0;
    for (const each of this.#actors()) {
      if (!each.canObey) continue;
      const [next] = each.commands;
      const message = { id: next.command, size: 4, payload: [each.at] };
      const { supervisor } = each.crew;
      if (!supervisor.mailbox.push((slot) => fillSlot(this.#arena, slot, supervisor.at, message, this.#clock, this)))
        continue;
      next.expected = ((each.word('kCommand') >>> 8) + 1) & 0xffffff;
      ++count;
    }
    return count;
  }
  #settleCommands() {
    for (const each of this.#actors()) {
      const [next] = each.commands;
      if (next?.expected === undefined || each.word('kApplied') >>> 8 !== next.expected) continue;
      each.commands.shift();
      next.resolve();
    }
  }
  #settleConditions() {
    const met = this.#conditions.filter((entry) => entry.condition());
    this.#conditions = this.#conditions.filter((entry) => !met.includes(entry));
    for (const { resolve, timer } of met) {
      clearTimeout(timer);
      resolve();
    }
  }

  #writeWallClock() {
    const wall = Clock.wall();
    this.#arena.set(ringAbi.kWallHigh, highWord(wall));
    this.#arena.set(ringAbi.kWallLow, lowWord(wall));
    this.#arena.set(ringAbi.kWallHighCopy, highWord(wall));
  }

  /// Changes whenever an actor has done something.
  #progressSignature() {
    let hash = 0x811c9dc5; // FNV-1a over words
    const add = (word) => { hash = Math.imul(hash ^ word, 0x01000193); };
    for (const crew of this.#ready) {
      add(this.#arena.get(crew.supervisor.at + ringAbi.kHead));
      for (const each of crew.actors) {
        if (!each) continue;
        for (const word of kProgressWords) add(each.word(word));
        for (const { head, tail } of each.mailbox.rings) {
          add(this.#arena.get(head));
          add(this.#arena.get(tail));
        }
      }
    }
    return hash;
  }

  #fail(error) {
    if (this.#failure) return;
    this.#failure = error;
    for (const correlation of [...this.#calls.keys()]) this.settle(correlation, ({ reject }) => reject(error));
    for (const { reject, timer } of this.#conditions.splice(0)) {
      clearTimeout(timer);
      reject(error);
    }
    for (const each of this.#actors()) each.fail(error);
  }
}

/// By field: from an object, or from an array in the order of declaration, routes left out.
function argumentValues(facts, given) {
  const wanted = facts.arguments.filter((each) => each.kind !== 'route');
  const entries = Array.isArray(given) ? given.map((value, i) => [wanted[i]?.name, value]) : Object.entries(given);
  const values = new Map(entries);
  const names = wanted.map((each) => each.name);
  const unknown = [...values.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined || values.size > wanted.length) {
    throw new RingError('invalid_argument',
      `'${facts.name}' takes ${names.join(', ') || 'no arguments'}, not ${unknown ?? `${values.size} of them`}`);
  }
  const missing = wanted.find((each) => each.kind === 'value' && !values.has(each.name));
  if (missing) throw new RingError('invalid_argument', `'${facts.name}' needs the argument '${missing.name}'`);
  return values;
}
