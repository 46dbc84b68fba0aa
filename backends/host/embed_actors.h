// The part of NAME.embed.cpp that describes actors.
#pragma once

#include "backends/common/source_writer.h"
#include "backends/host/actor_facts.h"

#include <string>
#include <vector>

namespace ring::backends::host {

/// The arrays that the actors' images refer to, for an unnamed namespace.
void define_actor_lists(SourceWriter& out, const std::vector<ActorFacts>& actors);
/// The array of images itself, under the name that the header declares.
void define_actors(SourceWriter& out, const std::string& name,
                   const std::vector<ActorFacts>& actors);

} // namespace ring::backends::host
