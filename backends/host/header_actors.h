// The part of NAME.ring.h that is about actors.
#pragma once

#include "backends/common/source_writer.h"
#include "backends/host/actor_facts.h"
#include "backends/host/host_types.h"
#include "backends/host/image_names.h"

#include <string>
#include <vector>

namespace ring::backends::host {

/// ring::MessageType<…> of each message, for namespace scope outside of all namespaces.
void specialize_messages(SourceWriter& out, const HostTypes& types,
                         const std::vector<ActorFacts>& actors);
/// The handles, for the module's namespace.
void declare_actors(SourceWriter& out, const HostTypes& types, const ImageNames& names,
                    const std::vector<ActorFacts>& actors);

/// `ring::span<const float>`: how a handle names a span of elements of that type.
std::string span_of(const HostTypes& types, ir::TypePtr element, bool is_writable);

} // namespace ring::backends::host
