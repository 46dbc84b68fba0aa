// References and pointers: into spans, into locals, into members; arithmetic, differences, returned
// and chosen ones.
#include <ring/kernel.h>

struct Node {
  std::int32_t value;
  std::int32_t children[2];
};

namespace {

void swap(std::int32_t& a, std::int32_t& b) {
  const std::int32_t old = a;
  a = b;
  b = old;
}

std::int32_t& larger(std::int32_t& a, std::int32_t& b) { return a < b ? b : a; }

const std::int32_t* find(const std::int32_t* begin, const std::int32_t* end, std::int32_t value) {
  while (begin != end && *begin != value)
    ++begin;
  return begin;
}

std::int32_t* first_child(Node& node) { return &node.children[0]; }

void divide(std::int32_t a, std::int32_t b, std::int32_t* quotient, std::int32_t* remainder) {
  *quotient = a / b;
  if (remainder != nullptr) *remainder = a % b;
}

} // namespace

/// Walks a run of each thread's own in the span with pointers alone.
RING_GLOBAL(.block = {32})
void walk_span(ring::span<std::int32_t> values, std::uint32_t run) {
  const std::size_t start = std::size_t{ring::global_id().x} * run;
  if (start + run > values.size()) return;

  std::int32_t* const begin = &values[start];
  std::int32_t* const end = begin + run;
  std::int32_t sum = 0;
  for (const std::int32_t* p = begin; p < end; ++p)
    sum += *p;

  std::int32_t* low = begin;
  std::int32_t* high = end - 1;
  while (low < high)
    swap(*low++, *high--);

  const std::int32_t* found = find(begin, end, 7);
  begin[0] = sum;
  if (run > 1) begin[1] = static_cast<std::int32_t>(found - begin);
  if (run > 2) *(end - 1) += values.data()[start];
}

RING_GLOBAL(.block = {32})
void local_references(ring::span<const std::int32_t> in, ring::span<std::int32_t> out) {
  const auto i = ring::global_id().x;
  if (2 * i + 2 > in.size()) return;
  std::int32_t a = in[2 * i];
  std::int32_t b = in[2 * i + 1];

  larger(a, b) -= 1000; // a reference that is chosen as the kernel runs
  std::int32_t& chosen = (a & 1) != 0 ? a : b;
  chosen += 5;

  std::int32_t pair[2] = {a, b};
  std::int32_t* p = pair;
  swap(p[0], p[1]);
  *++p *= 3;

  std::int32_t quotient = 0, remainder = -1;
  divide(pair[0], 17, &quotient, &remainder);
  divide(pair[1], 13, &quotient, nullptr);

  out[4 * i] = pair[0];
  out[4 * i + 1] = pair[1];
  out[4 * i + 2] = quotient;
  out[4 * i + 3] = remainder;
}

/// Pointers to structs in a span and to their members.
RING_GLOBAL(.block = {32})
void link_nodes(ring::span<Node> nodes, ring::span<std::int32_t> depths) {
  const auto i = ring::global_id().x;
  if (i >= nodes.size()) return;

  const Node* node = &nodes[i];
  std::int32_t depth = 0;
  while (node->children[0] >= 0 && depth < 64) {
    node = nodes.data() + node->children[0];
    ++depth;
  }
  depths[i] = depth * 1000 + node->value;

  Node local = nodes[i];
  std::int32_t* child = first_child(local);
  child[0] += 2;
  *(child + 1) = -local.value;
  depths[i] += local.children[0] + local.children[1];
}

/// Spans of spans: passing them by value and by reference, parts of parts, conversion to const.
namespace {

std::int32_t ends(ring::span<const std::int32_t> part) {
  if (part.empty()) return -1;
  return part[0] - part[part.size() - 1];
}

void add_to_all(const ring::span<std::int32_t>& part, std::int32_t amount) {
  for (std::int32_t& value : part)
    value += amount;
}

} // namespace

RING_GLOBAL(.block = {32})
void parts(ring::span<std::int32_t> values, ring::span<std::int32_t> out) {
  const std::size_t i = ring::global_id().x;
  if (10 * i + 10 > values.size()) return;
  const auto mine = values.subspan(10 * i, 10);
  auto middle = mine.subspan(2, 6);
  add_to_all(middle, static_cast<std::int32_t>(i));
  out[2 * i] = ends(middle);
  middle = middle.subspan(5, 0);
  out[2 * i + 1] = ends(middle) + static_cast<std::int32_t>(middle.size());
}
