#include "all.h"

#include "lists.h"

namespace ring::exec {

std::vector<CaseEntry> all_cases() {
  CaseList list;
  add_vector_ops(list);
  add_exchange_halos(list);
  add_init_array(list);
  add_transpose(list);
  add_reduce_sum(list);
  add_transaction_monitor(list);
  add_directly_follows(list);
  add_pattern_detection(list);
  add_conformance(list);
  add_accounting(list);
  add_fdtd3d(list);
  add_wave_tiles(list);
  add_standing_wave(list);
  add_tile_halos(list);
  add_sparse(list);
  add_philox(list);
  add_checksums(list);
  add_crypto(list);
  add_game_of_life(list);
  add_mandelbrot(list);
  add_nbody(list);
  add_bitonic_sort(list);
  add_prefix_scan(list);
  add_histogram(list);
  add_matmul(list);
  add_black_scholes(list);
  add_convolution(list);
  add_reductions(list);
  add_grid_reduction(list);
  add_types(list);
  add_aggregates(list);
  add_abstractions(list);
  add_control_flow(list);
  add_library(list);
  add_parallel(list);
  add_actor_messages(list);
  add_actor_routes(list);
  add_actor_buffers(list);
  add_actor_groups(list);
  add_actor_priorities(list);
  return std::move(list).take();
}

} // namespace ring::exec
