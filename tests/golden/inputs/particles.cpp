#include <ring/kernel.h>

struct Vec3 {
  float x, y, z;
};

struct Particle {
  Vec3 position;
  std::uint8_t kind;
  Vec3 velocity;
};

Vec3 operator+(const Vec3& a, const Vec3& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
Vec3 operator*(float s, const Vec3& v) { return {s * v.x, s * v.y, s * v.z}; }

RING_GLOBAL(.block = {64})
void advance(ring::span<Particle> particles, float dt) {
  const auto i = ring::global_id().x;
  if (i >= particles.size()) return;
  Particle& p = particles[i];
  if (p.kind != 0) p.position = p.position + dt * p.velocity;
}
