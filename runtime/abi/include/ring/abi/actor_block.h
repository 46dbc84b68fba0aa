// The arena: how actors, their mailboxes and their crew lie in one array of 32-bit words that host
// and device share. An address is the index of a word in it; 0 is nobody's.
//
// Everything counts in wrapping 32-bit words, because SwiftShader and WGSL have no 64-bit atomics;
// the host widens. A word has one writer unless it says otherwise.
#pragma once

#include <cstdint>

namespace ring::abi {

/// Goes into the layout hash: a change of anything in this file counts it up.
inline constexpr std::uint32_t kProtocolVersion = 3;

/// Words of a cache line of 64 bytes: what different writers write does not share one.
inline constexpr std::uint32_t kLine = 16;

// --- Arena -----------------------------------------------------------------------------------

//  word  0       1         2           3          4                16
//        ├ magic ┼ version ┼ wall_high ┼ wall_low ┼ wall_high_copy ┤ (words of the host)
enum ArenaWord : std::uint32_t {
  kArenaMagic = 0,
  kArenaVersion = 1,
  /// The host's clock in µs since the epoch. Written in the order copy, low, high and read in the
  /// order high, low, copy, so that equal high words mean that the pair was not torn.
  kWallHigh = 2,
  kWallLow = 3,
  kWallHighCopy = 4,
  kArenaWords = kLine,
};
inline constexpr std::uint32_t kArenaMagicValue = 0x474E4952; // "RING"

// --- Crew: the actors of one launch ------------------------------------------------------------

//  line 0  what the host writes before the launch     line 1  the host     line 2  the kernel
//  then the table: the address of each slot's actor, 0 for none; then the ready bits, a word for
//  each 32 slots
enum CrewWord : std::uint32_t {
  kCrewSlots = 0,    // a multiple of 32
  kCrewTable = 1,    // address of the table
  kCrewReady = 2,    // address of the ready bits; set by whoever gives a slot work, cleared by who
                     // then looks at it
  kCrewHashLow = 3,  // of the layout that the host was compiled with
  kCrewHashHigh = 4, //
  kCrewStop = 16,    // host: 1 asks the persistent kernel to end
  kCrewStopped = 32, // kernel: 1 when it was told to end and has
  kCrewSeenLow = 33, // kernel: the hash of the layout that it was compiled with
  kCrewSeenHigh = 34,
  kCrewLease = 35, // kernel: a Lease; then where the next one goes on
  kCrewGroup = 36,
  kCrewTaken = 37, // ready bits of that group whose slots have not been run
  kCrewWords = 3 * kLine,
};

/// Of a persistent kernel that is launched again and again (step.h).
enum class Lease : std::uint32_t {
  over, // it has left, or there was none
  held, // a kernel runs
  lost, // a kernel ended in the middle of something
};

// --- Actor ---------------------------------------------------------------------------------------

enum ActorWord : std::uint32_t {
  // Line 0: the host, before the actor is created.
  kType = 0,         // 0 is the supervisor, then the module's actors from 1 on
  kState = 1,        // index into the states of its type
  kMailbox = 2,      // address of slot 0; with kHasPriorities, of the first of kPriorities rings
  kMailboxMask = 3,  // capacity - 1, of a ring
  kMailboxWords = 4, // words of a slot
  kReplies = 5,      // the ring to the host, likewise
  kRepliesMask = 6,
  kRepliesWords = 7,
  kOutbox = 8, // what could not be delivered at once, likewise
  kOutboxMask = 9,
  kOutboxWords = 10,
  kArguments = 11, // address of what `start` reads
  kCrew = 12,
  kSlot = 13,
  kOverflow = 14, // an Overflow
  kTraits = 15,   // ActorTrait bits

  // Line 1: the supervisor, and what only the actor itself reads of its host.
  kCommand = 16,  // (count << 8) | Command; the count tells one command from the next
  kMaxDrift = 17, // of the clock, ms
  // Its second half: the host, before the actor is created.
  kLaneStage = 24, // of a parallel actor: address of what its lane 0 sends (LaneWord); else 0

  // Lines 2 and 3: the actor.
  kApplied = 32, // the last command that it has obeyed
  kPhase = 33,   // a Phase
  kTaken = 34,   // with kHasPriorities: the ring that the last message was taken from
  kRepliesTail = 35,
  kOutboxHead = 36,
  kOutboxTail = 37,
  kClockLow = 38, // physical, µs
  kClockHigh = 39,
  kClockLogical = 40,
  kPending = 41,   // an event that is due: start or stop
  kStopping = 42,  // how it ends, a Stopping
  kIdleDue = 43,   // 1: a message was handled since the last idle event
  kWaitsFor = 44,  // who is full: an actor, itself for its ring to the host; 0: it does not wait
  kWaitsSeen = 45, // the sequence that was seen there and the one that was expected
  kWaitsExpected = 46,
  kBatch = 47, // of a parallel actor: messages that its lanes handle now
  kProcessed = 48,
  kSent = 49,      // replies included
  kDead = 50,      // dead letters
  kDropped = 51,   // lost: the outbox was full as well
  kLastError = 52, // an ActorError
  kErrorCount = 53,
  kLatencyLow = 54, // sum over the messages that were handled, from stamp to begin, µs
  kLatencyHigh = 55,
  kLatencyMin = 56, // starts at the largest value
  kLatencyMax = 57,
  kMaxDepth = 58,
  kMessageCount = 59, // gives ids to the messages that it sends
  kHead = 60,         // to 63: next position of each ring of the mailbox

  // Line 4: everybody who sends.
  kTail = 64, // to 67: next position of each ring of the mailbox, claimed by compare-exchange

  // Line 5: the host.
  kRejected = 80, // by try_send and by the policy
  kActorWords = 6 * kLine,
};

/// What one lane of a parallel actor sends while it handles a message: each lane has kLaneSends
/// slots as large as those of the outbox, and the areas of the lanes follow each other.
enum LaneWord : std::uint32_t {
  kLaneCount = 0, // of messages, those for which there was no slot included
  kLaneSlots = kLine,
};
inline constexpr std::uint32_t kLaneSends = 4;

/// What others have to know of an actor.
enum ActorTrait : std::uint32_t {
  kHearsUndelivered = 1, // it handles kUndelivered
  kHasPriorities = 2,    // its mailbox is a ring for each Priority, not one for all
};

/// What a handler's actor does next; the ids of messages begin at kFirstMessage.
enum Event : std::uint32_t { kNone = 0, kStart = 1, kEnd = 2, kIdle = 3, kFirstMessage = 16 };

/// The id of ring::Undelivered, as it follows from its name.
inline constexpr std::uint32_t kUndelivered = 0x18E74EF4;

/// How an actor ends; 0 while it lives.
enum Stopping : std::uint32_t {
  kHandlerStops = 1, // its handler asked for it: what is queued becomes dead letters
  kDrains,
  kBuries,
  kDiscards, // it never started: nothing of it runs
  kEnded,    // all but the delivery of its last messages
};

/// Created → launched → active ⇄ suspended; launched, active, suspended → terminating → terminated.
enum class Phase : std::uint32_t {
  created,
  launched,
  active,
  suspended,
  terminating,
  terminated,
};

/// A message to the supervisor: its type is the command, its one payload word the actor's address.
enum class Command : std::uint32_t {
  none,
  create,    // created → launched
  activate,  // created, launched or suspended → active; but for suspended the actor starts
  suspend,   // active → suspended
  drain,     // handles what is queued, then → terminated
  terminate, // what is queued becomes dead letters, then → terminated
  restart,   // a new state; what is queued stays
};
inline constexpr std::uint32_t kCommandWords = 1; // payload

/// What happens to a message for a mailbox that is full.
enum class Overflow : std::uint32_t {
  wait,        // the sender keeps it and waits
  reject,      // the sender is told; a device sender's becomes a dead letter
  dead_letter, // it becomes a dead letter
};

/// Of a message; higher ones are handled first by an actor that has priorities.
enum class Priority : std::uint32_t { low, normal, high, critical };
inline constexpr std::uint32_t kPriorities = 4;

enum class Reason : std::uint32_t { // of a dead letter
  none,
  unknown_type,
  too_large,
  bad_checksum,
  expired,
  full,
  closed,
  hops_exceeded,
  no_route,
  terminated, // it was queued as its actor ended
};

enum class ActorError : std::uint32_t { none, outbox_full, clock_skew, unknown_command };

// --- Message -------------------------------------------------------------------------------------

//  word  0          1      2       3       4        5             6             7
//        ├ sequence ┼ type ┼ bytes ┼ flags ┼ source ┼ destination ┼ correlation ┼ checksum ┤
//  word  8              9               10        11     12             13              14   16
//        ├ physical_low ┼ physical_high ┼ logical ┼ node ┼ deadline_low ┼ deadline_high ┼ id ┤
//        payload
enum MessageWord : std::uint32_t {
  /// 2p: free for position p; 2p + 1: holds the message of position p. With the factor of two a
  /// ring
  /// of one slot can tell the two apart.
  kSequence = 0,
  kMessageType = 1,
  kBytes = 2, // of the payload
  kFlags = 3,
  kSource = 4, // an actor, or kHost
  kDestination = 5,
  kCorrelation = 6, // 0: nobody waits for just this answer
  kChecksum = 7,    // CRC-32C of the payload's words, with kChecked
  kPhysicalLow = 8, // the sender's stamp
  kPhysicalHigh = 9,
  kLogical = 10,
  kNode = 11,
  kDeadlineLow = 12, // µs since the epoch; 0: none
  kDeadlineHigh = 13,
  kMessageId = 14,
  kPayload = 16,
};

enum MessageFlag : std::uint32_t {
  kReasonMask = 0xFF, // a Reason
  kIsDead = 1U << 8,
  kChecked = 1U << 9,  // the checksum counts
  kStaged = 1U << 10,  // lies in an outbox
  kQuiet = 1U << 11,   // its sender is not told if it is not delivered
  kInLane = 1U << 12,  // lies in what a lane sends
  kUnknown = 1U << 13, // in a mailbox: the lane that took it does not know its type
  kHopShift = 16,
  kHopMask = 0xFFU << kHopShift,
  kRingShift = 24, // which ring of a mailbox with priorities: 0 normal, 1 high, 2 critical, 3 low
  kRingMask = (kPriorities - 1) << kRingShift,
};

inline constexpr std::uint32_t kHost = 0;
inline constexpr std::uint32_t kNobody = 1; // the destination of a route that leads nowhere
inline constexpr std::uint32_t kMaxHops = 8;
inline constexpr std::uint32_t kMaxPayloadBytes = 65536;

} // namespace ring::abi
