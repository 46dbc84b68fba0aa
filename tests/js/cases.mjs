// What a program in JavaScript does with the actors of tests/actors/kernels. A case gets a runtime, which is shut down
// after it, and the modules that it names.
import { equal, fail, near, rejects } from './check.mjs';

const range = (count, f = (i) => i) => Array.from({ length: count }, (_, i) => f(i));

async function stateless(rt, { echo }) {
  const [text, adder, vectors] = await rt.launchGroup([echo.repeat], [echo.add], [echo.add_vectors]);
  equal([text.name, adder.name, text.phase], ['echo', 'adder', 'active']);
  const hello = { bytes: range(13, (i) => 'hello, world!'.charCodeAt(i)), length: 13 };
  text.send('Text', hello);
  equal(await text.receive(), { type: 'Text', message: hello });
  equal(await adder.call('echo::Pair', { a: 2147483647, b: 1 }), { value: 2147483648n });
  const in_ = { a: range(20, (i) => i / 2), b: range(20, (i) => -i) };
  equal((await vectors.call('Vectors', in_)).sum, range(20, (i) => -i / 2));

  // Far more than the mailbox holds, in order.
  for (let i = 0; i < 3000; ++i) adder.send('Pair', { a: i, b: -2 * i });
  for (let i = 0; i < 3000; ++i) equal(await adder.receive('Sum'), { value: BigInt(-i) });
  const { processed, sent, dead, dropped, depth } = adder.stats;
  equal({ processed, sent, dead, dropped, depth }, { processed: 3001, sent: 3001, dead: 0, dropped: 0, depth: 0 });

  await rejects(() => adder.send('Text', hello), 'wrong_message', "'adder' receives no 'Text', but Pair");
  await rejects(() => adder.send('Pair', { a: 1 }), 'invalid_argument', 'Pair.b is missing');
  await rejects(adder.receive('Sum', { timeout: 20 }), 'timeout', "'adder' is active with 0 messages queued");
  await rejects(() => adder.receive('Text'), 'wrong_message', "'adder' sends no 'Text', but Sum");
}

async function answers(rt, { ledger: { Ledger } }) {
  const ledger = await rt.launch(Ledger);
  ledger.send('Deposit', { account: 7, amount: 10 });
  equal(await ledger.receive('Balance'), { account: 7, amount: 10 });
  // Answers find their callers, whatever else is under way.
  ledger.send('Deposit', { account: 9, amount: 1 });
  const calls = range(50, (i) => ledger.call('Deposit', { account: i, amount: i }));
  equal((await calls[7]).amount, 17);
  equal(await Promise.all(calls), range(50, (i) => ({ account: i, amount: i + (i === 7 ? 10 : i === 9 ? 1 : 0) })));
  equal(await ledger.receive('Balance'), { account: 9, amount: 1 });
  equal(await ledger.call('Withdraw', { account: 7, amount: 100 }), { account: 7 });
  equal(await ledger.call('Withdraw', { account: 7, amount: 17, }), { account: 7, amount: 0 });
  // By type, out of order.
  ledger.send('Withdraw', { account: 200, amount: 1 });
  ledger.send('Deposit', { account: 200, amount: 1 });
  equal((await ledger.receive('Balance')).amount, 1);
  equal(await ledger.receive(), { type: 'Refused', message: { account: 200 } });
  await rejects(ledger.call('Deposit', { account: 1, amount: 1 }, { deadline: -1 }), 'not_delivered', 'expired');
  equal((await ledger.call('Deposit', { account: 3, amount: 2 }, { checked: true, deadline: 60000 })).amount, 5);
}

async function life(rt, { ledger: { Ledger } }) {
  await rejects(rt.launch({}), 'invalid_argument');
  const a = await rt.launch(Ledger, { name: 'a', activate: false, mailbox: 3 });
  const b = await rt.launch(Ledger, { name: 'b' });
  equal([a.phase, b.phase, rt.actor('a') === a, a.mailbox.capacity], ['launched', 'active', true, 4]);
  await rejects(() => a.send('Deposit', { account: 1, amount: 1 }), 'not_active', "'a' is launched");
  await rejects(a.suspend(), 'illegal_state', 'launched', 'active');
  await rejects(rt.launch(Ledger, { name: 'a' }), 'name_taken', "named 'a' already");
  await a.activate();
  await b.call('Deposit', { account: 1, amount: 5 });
  equal((await a.call('Deposit', { account: 1, amount: 1 })).amount, 1, 'states are apart');

  await b.suspend();
  await rejects(() => b.send('Deposit', { account: 1, amount: 1 }), 'not_active', "'b' is suspended");
  await b.resume();
  equal((await b.call('Deposit', { account: 1, amount: 1 })).amount, 6, 'its state has waited');
  await b.restart();
  equal((await b.call('Deposit', { account: 1, amount: 2 })).amount, 2, 'its state is new');

  // What is queued: handled, or a dead letter.
  for (let i = 0; i < 3; ++i) a.send('Deposit', { account: 1, amount: 1 });
  await a.terminate();
  equal([a.phase, rt.actor('a')], ['terminated', undefined]);
  equal([(await a.receive('Balance')).amount, (await a.receive('Balance')).amount], [2, 3]);
  const drained = await rt.launch(Ledger, { name: 'drained', mailbox: 4 });
  const handled = range(50, () => drained.call('Deposit', { account: 1, amount: 1 }));
  await drained.terminate({ how: 'drain' });
  equal((await Promise.all(handled)).at(-1).amount, 50);
  const buried = range(200, () => b.call('Deposit', { account: 1, amount: 1 }));
  for (let i = 0; i < 200; ++i) b.send('Deposit', { account: 2, amount: i });
  await b.terminate({ how: 'dead_letter' });
  const ends = await Promise.allSettled(buried);
  const lost = ends.filter((end) => end.status === 'rejected').map((end) => end.reason);
  const letters = rt.takeDeadLetters();
  equal([...new Set(lost.map((error) => error.code))], ['not_delivered']);
  equal([...new Set([...lost.map((error) => error.letter), ...letters].map(({ reason }) => reason))], ['terminated']);
  equal(letters.at(-1).message, { account: 2, amount: 199 });
  equal(b.stats.processed + lost.length + letters.length, 3 + 400, 'each was handled or is a dead letter');
  await rejects(() => b.send('Deposit', { account: 1, amount: 1 }), 'not_active', 'terminated');
  await rejects(b.receive('Refused'), 'not_active', 'has ended');
  await rejects(b.terminate(), 'illegal_state', 'terminated');

  // Names and memory can be had again.
  const used = range(20, () => 0);
  for (const i of used.keys()) {
    const again = await rt.launch(Ledger, { name: 'a', mailbox: 4 });
    equal((await again.call('Deposit', { account: 1, amount: i })).amount, i);
    await again.terminate();
  }
  // Many at once.
  const many = await rt.launchGroup(...range(100, (i) => [Ledger, { name: `many ${i}`, mailbox: 2 }]));
  const replies = await Promise.all(many.map((each, i) => each.call('Deposit', { account: 0, amount: i })));
  equal(replies.map((reply) => reply.amount), range(100));
}

async function events(rt, { counter: { Counter, Idler } }) {
  const args = { first: 40, weights: [1, 2, 3] };
  await rejects(rt.launch(Counter), 'invalid_argument', "needs the argument 'first'");
  await rejects(rt.launch(Counter, { args: { ...args, last: 1 } }), 'invalid_argument', 'first, weights', 'last');
  await rejects(rt.launch(Counter, { args: [40, [1, 2]] }), 'invalid_argument', 'counter.weights', 'array of 3');
  const counter = await rt.launch(Counter, { args });
  counter.send('Add', { amount: 1 });
  equal(await counter.call('Ask', { unused: 0 }), { value: 42, starts: 1 });
  await counter.restart();
  equal(await counter.call('Ask', { unused: 0 }), { value: 40, starts: 1 });
  // It ends itself; who waits for more is told.
  counter.send('Stop', { unused: 0 });
  equal(await counter.receive('Goodbye'), { value: 40 });
  await rt.idle();
  equal(counter.phase, 'terminated');

  const idler = await rt.launch(Idler);
  for (let i = 0; i < 3; ++i) {
    equal((await idler.call('Ask', { unused: 0 })).value, i);
    await rt.idle();
  }
  const again = await rt.launch(Counter, { args: [1, [0, 1, 0]] });
  const waiting = rejects(again.receive('Count'), 'not_active', 'has ended');
  const unanswered = rejects(again.call('Add', { amount: 1 }), 'not_active', 'has ended');
  await again.terminate();
  await Promise.all([waiting, unanswered]);
}

async function routes(rt, { ping_pong: { Ping, Pong } }) {
  await rejects(rt.launch(Ping, { routes: { pong: 'nobody' } }), 'unknown_actor', "no actor named 'nobody'");
  await rejects(rt.launch(Ping, { routes: { pung: 'ping' } }), 'invalid_argument', "no route 'pung'");
  await rejects(rt.launch(Ping, { routes: { out: 'ping' } }), 'wrong_message', "'ping' does not receive Done");
  const [ping] = await rt.launchGroup([Ping, { routes: { pong: 'pong', out: 'host' } }], [Pong]);
  for (const rounds of [1, 500]) {
    ping.send('Play', { rounds });
    equal(await ping.receive('Done'), { hits: rounds, clock_went_back: 0 });
  }
  const alone = await rt.launch(Ping, { name: 'alone' });
  alone.send('Play', { rounds: 1 });
  await rt.idle();
  equal(rt.takeDeadLetters(), [{ reason: 'no_route', type: 'Ball', message: { left: 1 }, actor: 'alone' }]);
}

async function fullMailboxes(rt, { numbers: { Source, Sink, Asker, reflect } }) {
  const burst = (i, count = 8) => ({ producer: 1, first: i * count, count });
  // A sender that is faster than its receiver: nothing is lost, and order is kept.
  const [source, sink] = await rt.launchGroup([Source, { routes: { next: 'sink' } }], [Sink]);
  for (let i = 0; i < 20; ++i) source.send('Burst', burst(i));
  await rt.idle();
  equal(await sink.call('Ask', { unused: 0 }), { count: 160, out_of_order: 0, sum: BigInt((159 * 160) / 2) });
  equal(sink.stats.maxDepth <= 4, true);

  // While its receiver sleeps it waits, and says so.
  await sink.suspend();
  source.send('Burst', burst(0));
  await rejects(source.receive('Number', { timeout: 300 }), 'timeout', "room in the mailbox of 'sink'");
  await sink.resume();
  await rt.idle();
  equal((await sink.call('Ask', { unused: 0 })).count, 168);

  const policies = await rt.launchGroup(
    [reflect, { name: 'rejects', overflow: 'reject' }], [reflect, { name: 'buries', overflow: 'dead_letter' }]);
  const number = (i) => ({ producer: 0, number: i });
  for (const each of policies) for (let i = 0; i < 4; ++i) each.send('Number', number(i));
  await rejects(() => policies[0].send('Number', number(4)), 'mailbox_full', "'rejects' is full");
  equal(policies[0].trySend('Number', number(4)), false);
  policies[1].send('Number', number(4));
  equal(rt.takeDeadLetters(), [{ reason: 'full', type: 'Number', message: number(4), actor: 'buries' }]);
  for (const each of policies) for (let i = 0; i < 4; ++i) equal(await each.receive('Number'), number(i));
  equal(policies.map((each) => each.stats.rejected), [2, 1]);
  equal(policies[0].trySend('Number', number(5)), true);
  equal(await policies[0].receive('Number'), number(5));

  // A receiver that ends while it is sent to: each message was handled or is a dead letter.
  const [sender, brief] = await rt.launchGroup(
    [Source, { name: 'sender', routes: { next: 'brief' } }], [Sink, { name: 'brief' }]);
  for (let i = 0; i < 20; ++i) sender.send('Burst', burst(i));
  await brief.terminate({ how: 'dead_letter' });
  await rt.idle();
  const letters = rt.takeDeadLetters();
  equal(brief.stats.processed + letters.length, 160);
  equal(letters.filter(({ reason }) => !['terminated', 'closed'].includes(reason)), []);

  // Two with mailboxes of one ask each other.
  const askers = await rt.launchGroup(
    [Asker, { name: 'left', routes: { other: 'right', out: 'host' } }],
    [Asker, { name: 'right', routes: { other: 'left', out: 'host' } }]);
  for (const each of askers) each.send('Go', { questions: 25 });
  for (const each of askers) equal(await each.receive('Finished'), { answers: 25 });
}

/// An actor that handles ring::Undelivered learns what became of its messages; the host does not.
async function undelivered(rt, { undelivered: { Customer, Shop } }) {
  const routes = { shop: 'shop', out: 'host' };
  const [shop, customer] = await rt.launchGroup([Shop, { mailbox: 2, routes: { out: 'host' } }], [Customer, { routes }]);
  const alone = await rt.launch(Customer, { name: 'alone', routes: { out: 'host' } });
  alone.send('Buy', { first: 0, count: 2 });
  for (let i = 0; i < 2; ++i) equal((await alone.receive('Failed')).reason, 8); // no_route
  customer.send('Buy', { first: 0, count: 1 });
  equal(await shop.receive('Failed'), { what: 2, reason: 1, correlation: 0, went_to_shop: 0 }); // unknown_type
  await shop.suspend();
  customer.send('Buy', { first: 1, count: 5 });
  await rt.idle();
  await shop.terminate({ how: 'dead_letter' });
  for (let i = 0; i < 5; ++i) {
    const { what, reason, went_to_shop } = await customer.receive('Failed');
    equal([what, [6, 9].includes(reason), went_to_shop], [1, true, 1]); // closed or terminated
  }
  equal(rt.takeDeadLetters(), []);
}

async function priorities(rt, { priorities: { Desk, Counter, Clerk } }) {
  const [desk, counter, clerk] = await rt.launchGroup([Desk, { routes: { out: 'host' } }],
    [Counter, { routes: { out: 'host' } }], [Clerk, { routes: { next: 'desk' } }]);
  const names = ['low', 'normal', 'high', 'critical'];
  const done = async (count) => {
    const numbers = [];
    while (numbers.length < count) numbers.push((await desk.receive('Done')).number);
    return numbers;
  };
  // What is sent in one go is there before the first is handled: more than there is room for is not.
  for (let i = 0; i < 12; ++i) desk.send('Job', { number: i }, { priority: names[i % 4] });
  equal(await done(12), [3, 7, 11, 2, 6, 10, 1, 5, 9, 0, 4, 8]);
  equal([desk.stats.maxDepth, desk.stats.depth], [12, 0]);
  for (let i = 0; i < 12; ++i) desk.send('Job', { number: 4 * i }, { priority: 'low' }); // 8 and 4
  desk.send('Job', { number: 3 }, { priority: 'critical' }); // does not wait behind those
  equal(await done(13), [3, ...range(12, (i) => 4 * i)]);
  // Each has a ring of its own.
  const small = await rt.launch(Desk, { name: 'small', mailbox: 2, overflow: 'reject', routes: { out: 'host' } });
  const taken = range(4, () => 0);
  for (let i = 0; i < 12; ++i) taken[i % 4] += small.trySend('Job', { number: i }, { priority: names[i % 4] }) ? 1 : 0;
  equal([taken, small.stats.rejected], [[2, 2, 2, 2], 4]);
  await rejects(() => small.send('Job', { number: 0 }, { priority: 'low' }), 'mailbox_full', "'small'");
  await small.terminate({ how: 'dead_letter' });
  equal(rt.takeDeadLetters().map(({ message }) => message.number), [3, 7, 2, 6, 1, 5, 0, 4].slice(small.stats.processed));
  // Between actors; what is above the highest counts as that.
  clerk.send('Post', { count: 15 });
  equal(await done(15), [3, 4, 8, 9, 13, 14, 2, 7, 12, 1, 6, 11, 0, 5, 10]);
  await rejects(() => counter.send('Job', { number: 0 }, { priority: 'high' }), 'invalid_argument',
    "'counter' has no priorities", '.priorities = true');
  counter.send('Job', { number: 9 }, { priority: 'normal' });
  equal((await counter.receive('Done')).number, 9);
  await rejects(() => desk.send('Job', { number: 0 }, { priority: 'urgent' }), 'invalid_argument', 'critical', 'urgent');
  await rejects(() => desk.trySend('Job', { number: 0 }, { priority: 'toString' }), 'invalid_argument', 'critical');
}

async function chain(rt, { pipeline: { Ingest, Filter, Aggregate, Alerts } }) {
  const smallest = 40n << 29n;
  const [ingest, , , alerts] = await rt.launchGroup(
    [Ingest, { routes: { next: 'filter' } }],
    [Filter, { routes: { next: 'aggregate' }, args: { smallest } }],
    [Aggregate, { routes: { next: 'alert' } }],
    [Alerts, { routes: { out: 'host' } }]);
  const totals = range(8, (key) => ({ key, events: 0, amount: 0n, number: key }));
  for (let number = 0; number < 200; ++number) {
    const event = { number, key: (number * 7) % 11, amount: (BigInt(number) << 29n) + BigInt(number) };
    ingest.send('Event', event);
    if (event.amount < smallest) continue;
    totals[event.key % 8].events += 1;
    totals[event.key % 8].amount += event.amount;
  }
  equal(await ingest.call('Flush', { unused: 0 }), { events: 200, out_of_order: 0 });
  for (const total of totals) equal(await alerts.receive('Alert'), total);
}

async function buffers(rt, { pagerank: { PageRank } }) {
  const vertices = 24;
  const edges = range(vertices, (v) => [v * 5 + 1, v * 7 + 3, v * v].map((u) => u % vertices)); // of u to v
  const outDegree = new Uint32Array(vertices);
  for (const u of edges.flat()) ++outDegree[u];
  const row = Uint32Array.from(range(vertices + 1, (v) => 3 * v));
  const initial = new Float32Array(vertices).fill(1 / vertices);
  const actor = await rt.launch(PageRank, {
    args: { row, column: Uint32Array.from(edges.flat()), out_degree: outDegree, rank: initial,
      next: new Float32Array(vertices), damping: 0.85 },
  });
  equal((await actor.call('Step', { count: 5 })).steps, 5);
  const { steps, change } = await actor.call('Step', { count: 7 });
  equal([steps, change > 0 && change < 0.1], [12, true]);
  let rank = [...initial];
  for (let step = 0; step < 12; ++step) {
    rank = edges.map((from) => 0.15 / vertices + 0.85 * from.reduce((sum, u) => sum + rank[u] / outDegree[u], 0));
  }
  const got = await actor.download('rank');
  equal(got instanceof Float32Array, true);
  rank.forEach((value, v) => near(got[v], value, 1e-6, `vertex ${v}`));
  await rejects(rt.launch(PageRank, { name: 'other', args: [row, row, row, initial, initial, 0.5] }),
    'invalid_argument', "'column' is bound already");
}

// A block that shares a message, a serial actor beside it, and lanes with a message each.
async function scopes(rt, { teams, crowd }) {
  const [adder, clerk] = await rt.launchGroup([teams.Adder, { args: { bias: 10 } }], [teams.Clerk]);
  const values = range(100);
  for (let turn = 1; turn <= 3; ++turn)
    equal(await adder.call('Numbers', { count: 100, values }), { sum: 4960, lanes: 64, messages: turn });
  equal(await clerk.call('Ask', { tag: 5 }), { sum: 6, lanes: 1, messages: 0 });

  const [histogram, collector] = await rt.launchGroup(
    [crowd.Histogram, { routes: { large: 'collector' } }], [crowd.Collector, { name: 'collector' }]);
  const samples = range(300, (i) => (i * 7) % 1200);
  for (const value of samples) histogram.send('Sample', { value });
  const bins = (list) => range(8, (bin) => list.filter((value) => value % 8 === bin).length);
  for (const value of samples.filter((each) => each % 2 === 0))
    equal(await histogram.receive('Bin'), { bin: value % 8, value }); // in the order of the messages
  equal(await collector.call('Report', {}), { bins: bins(samples.filter((value) => value >= 1000)) });
  await histogram.terminate();
  equal(await histogram.receive('Counts'), { bins: bins(samples) });
}

async function twoModules(rt, { echo, ledger }) {
  const [adder, bank] = await rt.launchGroup([echo.add], [ledger.Ledger]);
  const both = await Promise.all([
    adder.call('Pair', { a: 1, b: 2 }), bank.call('Deposit', { account: 1, amount: 3 })]);
  equal(both, [{ value: 3n }, { account: 1, amount: 3 }]);
  await rt.shutdown();
  await rt.shutdown();
  await rejects(() => adder.send('Pair', { a: 1, b: 2 }), 'shut_down', 'shut down');
  await rejects(rt.launch(echo.add), 'shut_down', 'shut down');
  if (bank.phase !== 'terminated') fail('shutdown() left an actor behind');
}

async function otherLayouts(rt, { echo }) {
  const module = { ...echo.add.module, layoutHash: [1, 2] };
  await rejects(rt.launch({ ...echo.add, module }), 'layout_mismatch', "'echo' has other layouts");
  await rejects(rt.launch(echo.add), 'layout_mismatch'); // nothing runs on it any more
}

/// name: [modules, case]
export const cases = {
  stateless: [['echo'], stateless],
  answers: [['ledger'], answers],
  life: [['ledger'], life],
  events: [['counter'], events],
  routes: [['ping_pong'], routes],
  full_mailboxes: [['numbers'], fullMailboxes],
  undelivered: [['undelivered'], undelivered],
  priorities: [['priorities'], priorities],
  chain: [['pipeline'], chain],
  scopes: [['teams', 'crowd'], scopes],
  buffers: [['pagerank'], buffers],
  other_layouts: [['echo'], otherLayouts],
  two_modules: [['echo', 'ledger'], twoModules],
};

/// Runs one case on a device; `load` gives the module of a name. Returns what went wrong, or nothing.
export async function runCase(name, gpu, load) {
  const adapter = await gpu?.requestAdapter();
  if (!adapter) return 'no WebGPU adapter';
  const device = await adapter.requestDevice({ requiredLimits: {
    maxStorageBuffersPerShaderStage: adapter.limits.maxStorageBuffersPerShaderStage } });
  const [names, body] = cases[name];
  const modules = {};
  for (const each of names) modules[each] = await load(each);
  const rt = await modules[names[0]].Runtime.create(device);
  try {
    await body(rt, modules);
    await rt.shutdown();
    return undefined;
  } catch (error) {
    return error.stack ?? String(error);
  }
}
