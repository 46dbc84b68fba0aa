// One launched actor: what Runtime.launch() gives.
//
//   ledger.send('Deposit', { account: 7, amount: 10 });
//   const balance = await ledger.receive('Balance', { timeout: 1000 });
//   const answer = await ledger.call('Deposit', { account: 7, amount: 5 });
//   await ledger.suspend(); await ledger.resume(); await ledger.terminate();

const kCounters = { processed: 'kProcessed', sent: 'kSent', dead: 'kDead', dropped: 'kDropped' };
const kDefaultTimeout = 60000; // ms
const kMaxDrift = 60000; // ms
const kOutbox = 64; // messages
const kUndeliveredWords = 4; // of ring::Undelivered

class LaunchedActor {
  #runtime;
  #waiters = []; // of receive()
  #inbox = []; // replies that nobody has asked for yet
  #counters = {}; // the device counts in 32 bits

  constructor(runtime, crew, facts, options) {
    this.#runtime = runtime;
    Object.assign(this, { crew, facts, name: options.name ?? facts.name, queued: [], commands: [] });
    const { arena } = crew;
    const at = (this.at = arena.allocate(ringAbi.kActorWords)); // never freed: a stale route finds it terminated
    const sizeOf = (ids) => Math.max(0, ...ids.map((id) => crew.module.messages[id].size));
    // What the host may get of it; a route may lead there, too.
    this.sends = [...facts.replies, ...facts.arguments.flatMap((argument) => argument.messages ?? [])];
    // The host's ring and the outbox take what is received as well: dead letters, messages passed on; and answers to
    // those whose messages are not handled.
    const outWords = slotWordsFor(Math.max(sizeOf([...facts.receives, ...this.sends]), 4 * kUndeliveredWords));
    const capacity = powerOfTwo(options.mailbox ?? facts.mailbox);
    this.mailbox = new Mailbox(arena, at, capacity, slotWordsFor(sizeOf(facts.receives)), facts.priorities);
    this.replies = Ring.create(arena, powerOfTwo(options.replies ?? capacity), outWords, {});
    // A parallel actor takes as many messages at once as its outbox has room for answers to.
    const lanes = facts.scope === 'parallel' ? facts.lanes : 0;
    this.outbox = Ring.create(arena, powerOfTwo(options.outbox ?? Math.max(kOutbox, 2 * lanes)), outWords, {});
    this.stage = lanes === 0 ? null : new LaneStage(arena, lanes, outWords);
    this.argumentWords = Math.max(facts.argumentsSize / 4, 1);
    this.arguments = arena.allocate(this.argumentWords);
    this.repliesHead = 0;
    this.state = crew.addState(facts);
    this.slot = crew.add(this);
    const words = {
      kType: facts.type, kState: this.state, kMailbox: this.mailbox.slots, kMailboxMask: capacity - 1,
      kMailboxWords: this.mailbox.slotWords, kReplies: this.replies.slots, kRepliesMask: this.replies.capacity - 1,
      kRepliesWords: outWords, kOutbox: this.outbox.slots, kOutboxMask: this.outbox.capacity - 1,
      kOutboxWords: outWords,
      kArguments: this.arguments, kCrew: crew.at, kSlot: this.slot, kOverflow: overflowOf(options.overflow),
      kTraits: (facts.receives.includes(ringAbi.kUndelivered) ? ringAbi.kHearsUndelivered : 0)
        | (facts.priorities ? ringAbi.kHasPriorities : 0),
      kMaxDrift: options.maxDrift ?? kMaxDrift, kLatencyMin: 0xffffffff, kLaneStage: this.stage?.at ?? 0,
    };
    for (const [word, value] of Object.entries(words)) arena.set(at + ringAbi[word], value);
    for (const counter of Object.keys(kCounters)) this.#counters[counter] = 0;
  }

  word(name) {
    return this.crew.arena.get(this.at + ringAbi[name]);
  }

  get phase() {
    return ringAbi.phases[this.word('kPhase')];
  }

  /// Counters since the launch.
  get stats() {
    return {
      ...this.#counters,
      rejected: this.word('kRejected'),
      depth: this.mailbox.depth + this.queued.length,
      maxDepth: this.word('kMaxDepth'),
      errorCount: this.word('kErrorCount'),
      lastError: ringAbi.errors[this.word('kLastError')],
      latency: { // µs, from the stamp of a message to its handler
        total: wideNumber(this.word('kLatencyLow'), this.word('kLatencyHigh')),
        min: this.word('kLatencyMin'), max: this.word('kLatencyMax'),
      },
    };
  }

  /// Queues a message. It travels with the others when the device runs next, as soon as there is room in the mailbox.
  /// With overflow 'reject' a full mailbox is an error instead, with 'dead_letter' a dead letter. options: deadline (ms
  /// from now on, after which it is a dead letter), checked (with a CRC-32C, which the receiver checks), priority ('low',
  /// 'normal', 'high', 'critical': higher ones are handled first by an actor that is declared with .priorities = true,
  /// and another takes normal ones only).
  send(type, message, options = {}) {
    this.#enqueue(type, message, 0, options);
  }

  /// Whether the mailbox had room for it; without, the message is still the caller's.
  trySend(type, message, options = {}) {
    this.#requireActive();
    if (this.#isFull(this.#ringFor(options.priority))) {
      this.#reject();
      return false;
    }
    this.#enqueue(type, message, 0, options);
    return true;
  }

  /// Sends a message and waits for the answer to just this one; a dead letter is an error 'not_delivered'.
  call(type, message, { timeout = kDefaultTimeout, ...options } = {}) {
    const correlation = this.#runtime.nextCorrelation();
    const answer = this.#runtime.expect(this, correlation, timeout,
      () => `no answer to '${type}' in ${timeout} ms: ${this.describe()}`);
    try {
      this.#enqueue(type, message, correlation, options);
    } catch (error) {
      this.#runtime.settle(correlation, ({ reject }) => reject(error));
    }
    return answer.then((reply) => reply.message);
  }

  /// The next reply that nobody called for, of that type if one is given: then the message, else { type, message }.
  receive(type, { timeout = kDefaultTimeout } = {}) {
    this.#runtime.requireWhole();
    const id = type === undefined ? undefined : this.#idOf(type, this.sends, 'sends');
    const found = this.#inbox.findIndex((reply) => id === undefined || reply.id === id);
    if (found >= 0) return Promise.resolve(shown(this.#inbox.splice(found, 1)[0], id));
    if (this.isGone) return Promise.reject(this.#ended());
    return new Promise((resolve, reject) => {
      const waiter = { id, resolve, reject };
      waiter.timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(new RingError('timeout', `no ${type ?? 'reply'} in ${timeout} ms: ${this.describe()}`));
      }, timeout);
      this.#waiters.push(waiter);
    });
  }

  async suspend() {
    await this.#step('suspend', ['active']);
  }
  async resume() {
    await this.#step('activate', ['suspended']);
  }
  /// After a launch with { activate: false }.
  async activate() {
    await this.#step('activate', ['launched']);
  }
  /// A new state, as launched; what is queued stays.
  async restart() {
    await this.#step('restart', ['launched', 'active', 'suspended']);
  }
  /// Ends the actor. What is queued is handled first, or becomes dead letters with { how: 'dead_letter' }. Replies that
  /// nobody took yet can still be received.
  async terminate({ how = 'drain', timeout = kDefaultTimeout } = {}) {
    if (!['drain', 'dead_letter'].includes(how)) throw wrong('how', "'drain' or 'dead_letter'", how);
    await this.#step(how === 'drain' ? 'drain' : 'terminate', ['launched', 'active', 'suspended']);
    await this.#untilGone(timeout);
  }

  /// The elements of a span that was given as an argument: a typed array, or bytes where they are no numbers.
  async download(argumentName) {
    const argument = this.facts.arguments.find((each) => each.name === argumentName && each.kind === 'span');
    if (!argument) throw new RingError('invalid_argument', `'${this.name}' has no span '${argumentName}'`);
    await this.#runtime.idle();
    const { buffer } = this.crew.spans.get(argument.param);
    const bytes = (await bytesOf(this.crew.device, buffer)).slice(0, buffer.ringBytes ?? buffer.size);
    const Numbers = kNumberArrays[argument.type];
    return Numbers ? new Numbers(bytes) : new Uint8Array(bytes);
  }

  /// However it stands with the actor now.
  async end() {
    if (['launched', 'active', 'suspended'].includes(this.phase)) return this.terminate({ how: 'dead_letter' });
    return this.#untilGone(kDefaultTimeout);
  }
  #untilGone(timeout) {
    return this.#runtime.until(() => this.isGone, timeout, () => `did not end in ${timeout} ms: ${this.describe()}`);
  }

  #ended() {
    return new RingError('not_active', `'${this.name}' has ended`);
  }

  #requireActive() {
    this.#runtime.requireWhole();
    if (this.phase !== 'active') throw new RingError('not_active', `'${this.name}' is ${this.phase}, not active`);
  }
  /// The index of the mailbox's ring that takes a message of that priority.
  #ringFor(priority = 'normal') {
    if (!Object.hasOwn(ringAbi.priorities, priority))
      throw wrong('priority', Object.keys(ringAbi.priorities).join(', '), priority);
    const ring = (ringAbi.priorities[priority] + ringAbi.kPriorities - 1) % ringAbi.kPriorities; // normal's is 0
    if (ring === 0 || this.facts.priorities) return ring;
    throw new RingError('invalid_argument', `'${this.name}' has no priorities, and this message's is '${priority}': ` +
      'declare it with .priorities = true, or send it as normal');
  }
  #isFull(ring) {
    const queued = this.queued.filter((each) => each.ring === ring).length;
    return this.mailbox.rings[ring].depth + queued >= this.mailbox.capacity;
  }
  #reject() {
    this.crew.arena.set(this.at + ringAbi.kRejected, (this.word('kRejected') + 1) >>> 0);
  }

  #enqueue(type, message, correlation, { deadline, checked = false, priority }) {
    this.#requireActive();
    const ring = this.#ringFor(priority);
    const id = this.#idOf(type, this.facts.receives, 'receives');
    const { size, struct } = this.crew.module.messages[id];
    const payload = new Uint32Array(Math.ceil(size / 4));
    this.crew.codec.write(new DataView(payload.buffer), 0, { struct }, message, struct);
    const overflow = this.word('kOverflow');
    if (overflow !== ringAbi.overflows.wait && this.#isFull(ring)) {
      this.#reject();
      if (overflow === ringAbi.overflows.reject)
        throw new RingError('mailbox_full', `the mailbox of '${this.name}' is full`);
      return this.#runtime.bury({ reason: 'full', type: struct, message, correlation, actor: this.name });
    }
    const until = deadline === undefined ? 0 : Clock.wall() + Math.round(deadline * 1000);
    this.queued.push({ id, size, payload, correlation, deadline: until, checked, ring, type: struct, message });
    this.#runtime.wake();
  }

  /// Moves queued messages into the mailbox, as many as there is room for.
  push(clock) {
    const { arena } = this.crew;
    const before = this.queued.length;
    const full = new Set(); // rings: what comes behind for the same one waits as well
    this.queued = this.queued.filter((message) => {
      if (full.has(message.ring)) return true;
      const isTaken = this.mailbox.rings[message.ring].push(
        (slot) => fillSlot(arena, slot, this.at, message, clock, this.#runtime));
      if (!isTaken) full.add(message.ring);
      return !isTaken;
    });
    return before - this.queued.length;
  }

  /// Takes what the actor has sent to the host.
  pop(clock) {
    const { arena } = this.crew;
    let count = 0;
    for (;; ++count) {
      const slot = this.replies.slot(this.repliesHead);
      if (arena.get(slot + ringAbi.kSequence) !== (2 * this.repliesHead + 1) >>> 0) break;
      this.#take(slot, clock);
      arena.set(slot + ringAbi.kSequence, (2 * (this.repliesHead + this.replies.capacity)) >>> 0);
      this.repliesHead = (this.repliesHead + 1) >>> 0;
    }
    for (const [counter, word] of Object.entries(kCounters)) {
      const before = this.#counters[counter];
      this.#counters[counter] = before + ((this.word(word) - before) >>> 0);
    }
    return count;
  }

  /// Tells the actor that sent the message in that slot, if it asked for that.
  #tellSender(slot) {
    const word = (name) => this.crew.arena.get(slot + ringAbi[name]);
    const [source, type, correlation] = [word('kSource'), word('kMessageType'), word('kCorrelation')];
    const sender = this.#runtime.actorAt(source);
    if (!sender || sender.isGone || !(sender.word('kTraits') & ringAbi.kHearsUndelivered)
      || (word('kFlags') & ringAbi.kQuiet)) return false;
    const message = { type, reason: reasonNamed('terminated'), correlation, destination: this.at };
    sender.queued.push({
      id: ringAbi.kUndelivered, size: 4 * kUndeliveredWords, payload: Uint32Array.from(Object.values(message)),
      correlation, source: this.at, isQuiet: true, ring: 0, type: 'Undelivered', message,
    });
    return true;
  }

  /// Of an id that is none of the module's, as a stale route may bring it, the struct is that id.
  #decode(slot) {
    const { arena, module, codec } = this.crew;
    const word = (name) => arena.get(slot + ringAbi[name]);
    const id = word('kMessageType');
    const known = module.messages[id];
    return {
      id, struct: known?.struct ?? id, correlation: word('kCorrelation'), flags: word('kFlags'),
      physical: wideNumber(word('kPhysicalLow'), word('kPhysicalHigh')), logical: word('kLogical'),
      message: known && codec.read(arena.view, 4 * (slot + ringAbi.kPayload), { struct: known.struct }),
    };
  }

  #take(slot, clock) {
    const { id, struct, message, correlation, flags, physical, logical } = this.#decode(slot);
    clock.update(physical, logical);
    if (flags & ringAbi.kIsDead) {
      const reason = ringAbi.reasons[flags & ringAbi.kReasonMask];
      return this.#runtime.bury({ reason, type: struct, message, correlation, actor: this.name });
    }
    const reply = { id, type: struct, message };
    if (correlation && this.#runtime.settle(correlation, ({ resolve }) => resolve(reply))) return;
    const waiting = this.#waiters.findIndex((waiter) => waiter.id === undefined || waiter.id === id);
    if (waiting < 0) return this.#inbox.push(reply);
    const [waiter] = this.#waiters.splice(waiting, 1);
    clearTimeout(waiter.timer);
    waiter.resolve(shown(reply, waiter.id));
  }

  /// What was put into the mailbox after the actor had looked for the last time. The words are those of the device.
  buryRest() {
    for (const slot of this.mailbox.filledSlots()) {
      if (this.#tellSender(slot)) continue;
      const { struct, message, correlation } = this.#decode(slot);
      this.#runtime.bury({ reason: 'terminated', type: struct, message, correlation, actor: this.name });
    }
  }

  /// The actor has ended and all that it sent has been taken. Its handle still gives those replies.
  retire() {
    const { arena } = this.crew;
    this.isGone = true;
    for (const ring of [this.mailbox, this.replies, this.outbox]) arena.free(ring.slots, ring.words);
    if (this.stage) arena.free(this.stage.at, this.stage.words);
    arena.free(this.arguments, this.argumentWords);
    this.crew.removeState(this.facts, this.state);
    this.crew.remove(this.slot);
    for (const { type, message, correlation } of this.queued.splice(0))
      this.#runtime.bury({ reason: 'terminated', type, message, correlation, actor: this.name });
    // Without a route nobody else can have the message that was to be answered.
    if (!this.facts.arguments.some((argument) => argument.kind === 'route')) this.#runtime.giveUp(this, this.#ended());
    this.fail(this.#ended());
  }

  /// Whether a command may go to the supervisor now. What is queued here is handled before a drain ends the actor.
  get canObey() {
    const [next] = this.commands;
    if (!next || next.expected !== undefined) return false;
    return next.command !== ringAbi.commands.drain || this.queued.length === 0 || this.phase !== 'active';
  }
  get canPush() {
    return this.queued.some(({ ring }) => this.mailbox.rings[ring].depth < this.mailbox.capacity);
  }

  fail(error) {
    for (const { timer, reject } of this.#waiters.splice(0)) {
      clearTimeout(timer);
      reject(error);
    }
    for (const { correlation } of this.queued.splice(0))
      this.#runtime.settle(correlation, ({ reject }) => reject(error));
    for (const { reject } of this.commands.splice(0)) reject(error);
  }

  #step(command, from) {
    this.#runtime.requireWhole();
    if (!from.includes(this.phase))
      throw new RingError('illegal_state', `'${this.name}' is ${this.phase}: ${command} needs ${from.join(' or ')}`);
    return this.command(command);
  }
  /// The promise of its being obeyed.
  command(command) {
    return new Promise((resolve, reject) => {
      this.commands.push({ command: ringAbi.commands[command], resolve, reject });
      this.#runtime.wake();
    });
  }

  #idOf(type, ids, verb) {
    const { messages } = this.crew.module;
    const id = ids.find((each) => messages[each].struct === type || messages[each].cppName === type);
    if (id !== undefined) return id;
    const known = ids.map((each) => messages[each].struct).join(', ');
    throw new RingError('wrong_message', `'${this.name}' ${verb} no '${type}', but ${known || 'nothing'}`);
  }

  /// For the message of a timeout: what it does, and whom it waits for.
  describe() {
    const waitsFor = this.word('kWaitsFor');
    const { depth } = this.stats;
    const text = `'${this.name}' is ${this.phase} with ${depth} messages queued`;
    if (!waitsFor) return text;
    const whom = waitsFor === this.at ? 'the host to take its replies'
      : `room in the mailbox of '${this.#runtime.nameOf(waitsFor)}'`;
    return `${text} and waits for ${whom}`;
  }
}

function overflowOf(policy = 'wait') {
  if (!(policy in ringAbi.overflows)) throw wrong('overflow', Object.keys(ringAbi.overflows).join(', '), policy);
  return ringAbi.overflows[policy];
}

function reasonNamed(name) {
  return Number(Object.keys(ringAbi.reasons).find((value) => ringAbi.reasons[value] === name));
}

function shown(reply, id) {
  return id === undefined ? { type: reply.type, message: reply.message } : reply.message;
}

function fillSlot(arena, slot, destination, message, clock, runtime) {
  const { id, size, payload, correlation = 0, deadline = 0, checked = false, source = ringAbi.kHost,
    isQuiet = false, ring = 0 } = message;
  clock.tick();
  const words = {
    kMessageType: id, kBytes: size,
    kFlags: (checked ? ringAbi.kChecked : 0) | (isQuiet ? ringAbi.kQuiet : 0) | (ring << ringAbi.kRingShift),
    kSource: source, kDestination: destination,
    kCorrelation: correlation, kChecksum: checked ? checksum(payload) : 0, kPhysicalLow: lowWord(clock.physical),
    kPhysicalHigh: highWord(clock.physical), kLogical: clock.logical, kNode: ringAbi.kHost,
    kDeadlineLow: lowWord(deadline), kDeadlineHigh: highWord(deadline), kMessageId: runtime.nextMessageId(),
  };
  for (const [word, value] of Object.entries(words)) arena.words[slot + ringAbi[word]] = value;
  arena.words.set(payload, slot + ringAbi.kPayload);
}

/// CRC-32C of the words, as protocol/checksum.h has it.
function checksum(words) {
  let crc = 0xffffffff;
  for (const word of words) {
    crc ^= word;
    for (let bit = 0; bit < 32; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return ~crc >>> 0;
}
