// The explicit list of case lists: one function a module, defined in the file of the module's name,
// called by all.cpp.
#pragma once

#include "builder.h"

namespace ring::exec {

void add_vector_ops(CaseList& list);          // A1
void add_exchange_halos(CaseList& list);      // A2
void add_init_array(CaseList& list);          // A3
void add_transpose(CaseList& list);           // A4
void add_reduce_sum(CaseList& list);          // A5
void add_transaction_monitor(CaseList& list); // A6
void add_directly_follows(CaseList& list);    // A7
void add_pattern_detection(CaseList& list);   // A8
void add_conformance(CaseList& list);         // A9
void add_accounting(CaseList& list);          // A10
void add_fdtd3d(CaseList& list);              // A11
void add_wave_tiles(CaseList& list);          // A12
void add_standing_wave(CaseList& list);       // A12
void add_tile_halos(CaseList& list);          // A13
void add_sparse(CaseList& list);              // A14
void add_philox(CaseList& list);              // A15
void add_checksums(CaseList& list);           // A16
void add_crypto(CaseList& list);              // A16
void add_game_of_life(CaseList& list);        // A17
void add_mandelbrot(CaseList& list);          // A17
void add_nbody(CaseList& list);               // A17
void add_bitonic_sort(CaseList& list);        // A17
void add_prefix_scan(CaseList& list);         // A17
void add_histogram(CaseList& list);           // A17
void add_matmul(CaseList& list);              // A17
void add_black_scholes(CaseList& list);       // A17
void add_convolution(CaseList& list);         // A17
void add_reductions(CaseList& list);          // A18
void add_grid_reduction(CaseList& list);      // A18
void add_actor_messages(CaseList& list);      // C1, C2, C3, C6
void add_actor_routes(CaseList& list);        // C4, C5, C8, C9
void add_actor_buffers(CaseList& list);       // C7
void add_actor_groups(CaseList& list);        // scopes of actors
void add_actor_priorities(CaseList& list);    // C9

// The language set, by group: see kernels/README.md.
void add_types(CaseList& list);
void add_aggregates(CaseList& list);
void add_abstractions(CaseList& list);
void add_control_flow(CaseList& list);
void add_library(CaseList& list);
void add_parallel(CaseList& list);

} // namespace ring::exec
