// A17. Gravity between all pairs of bodies, a tile of them at a time in shared memory.
#include <ring/kernel.h>

#include <cmath>

constexpr std::uint32_t kTile = 64;

struct Body {
  float x, y, z, mass;
};

struct Vector {
  float x = 0, y = 0, z = 0;

  Vector& operator+=(const Vector& v) {
    x += v.x;
    y += v.y;
    z += v.z;
    return *this;
  }
};

namespace {

/// Pull of `other` on `self` for unit gravity, softened so that a body does not pull itself.
Vector pull(const Body& self, const Body& other, float softening) {
  const float dx = other.x - self.x;
  const float dy = other.y - self.y;
  const float dz = other.z - self.z;
  const float squared = dx * dx + dy * dy + dz * dz + softening;
  const float strength = other.mass / (squared * std::sqrt(squared));
  return {dx * strength, dy * strength, dz * strength};
}

} // namespace

RING_GLOBAL(.block = {kTile})
void accelerations(ring::span<const Body> bodies, ring::span<Vector> result, float softening) {
  RING_SHARED Body tile[kTile];
  const auto i = ring::global_id().x;
  const auto t = ring::thread_id().x;
  const auto n = static_cast<std::uint32_t>(bodies.size());

  const Body self = i < n ? bodies[i] : Body{0, 0, 0, 0};
  Vector sum;
  for (std::uint32_t base = 0; base < n; base += kTile) {
    if (base + t < n) tile[t] = bodies[base + t];
    ring::barrier();
    for (std::uint32_t k = 0; k < kTile && base + k < n; ++k)
      sum += pull(self, tile[k], softening);
    ring::barrier(); // nobody refills the tile while a neighbour still reads it
  }
  if (i < n) result[i] = sum;
}

RING_GLOBAL(.block = {kTile})
void advance(ring::span<Body> bodies, ring::span<Vector> velocities,
             ring::span<const Vector> acceleration, float dt) {
  const auto i = ring::global_id().x;
  if (i >= bodies.size()) return;
  Vector& v = velocities[i];
  const Vector& a = acceleration[i];
  v += Vector{a.x * dt, a.y * dt, a.z * dt};
  Body& body = bodies[i];
  body.x += v.x * dt;
  body.y += v.y * dt;
  body.z += v.z * dt;
}
