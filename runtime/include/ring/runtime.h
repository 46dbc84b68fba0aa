// The host side of ringcc: buffers and kernel launches on CUDA, Vulkan or the CPU. Drivers are
// loaded as the program starts, so a binary needs none of them to link or to run.
//
//   #include <ring/runtime.h>
//   #include "saxpy.ring.h"
//
//   auto rt = ring::Runtime::create();
//   auto x = rt.upload<float>(host_x), y = rt.upload<float>(host_y);
//   rt.run(saxpy::saxpy, {.threads = y.size()}, x, y, 2.0f);
//   std::vector<float> out = y.download();
#pragma once

#include <ring/actor.h>
#include <ring/buffer.h>
#include <ring/device_info.h>
#include <ring/kernel_handle.h>
#include <ring/module_image.h>
#include <ring/raw_arg.h>
#include <ring/result.h>
#include <ring/run_options.h>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ring {

namespace runtime {
class ActorSystem;
} // namespace runtime

struct RuntimeOptions {
  Backend backend = Backend::automatic;
  DeviceChoice device = {};
  /// Threads of the CPU backend; 0: one for each that the machine runs at once.
  unsigned cpu_threads = 0;
  /// Bytes that all actors share for mailboxes; 0: 16 MiB, or more if the first launch needs more.
  std::size_t actor_memory = 0;
};

/// A device that is open. Any thread may call any member; launches on one Runtime follow each
/// other. run() returns when the kernel has ended and its writes can be downloaded.
class Runtime {
public:
  static Runtime create(const RuntimeOptions& options = {}) { return try_create(options).value(); }
  static Result<Runtime> try_create(const RuntimeOptions& options = {});

  Runtime(Runtime&&) noexcept;
  Runtime& operator=(Runtime&&) noexcept;
  ~Runtime();

  const DeviceInfo& device() const;

  /// Elements whose bytes are all zero: `alloc<float>(n)`, `alloc<float>({nx, ny})`; n may be 0.
  template <class T> Buffer<T> alloc(const Extents& extents) {
    return try_alloc<T>(extents).value();
  }
  template <class T> Result<Buffer<T>> try_alloc(const Extents& extents) {
    Result<RawBuffer> raw = try_alloc_raw(extents.count(), sizeof(T));
    if (!raw) return raw.error();
    return Buffer<T>(std::move(*raw), extents);
  }

  /// A new buffer with the elements of a range of known size, converted to T. With extents their
  /// product must be that size.
  template <class T, std::ranges::sized_range Range>
  Buffer<T> upload(Range&& range, Extents extents = {}) {
    return try_upload<T>(std::forward<Range>(range), extents).value();
  }
  template <class T> Buffer<T> upload(std::initializer_list<T> values, Extents extents = {}) {
    return try_upload<T>(values, extents).value();
  }
  template <class T, std::ranges::sized_range Range>
  Result<Buffer<T>> try_upload(Range&& range, Extents extents = {}) {
    const std::size_t count = std::ranges::size(range);
    if (!extents.given) extents = count;
    if (extents.count() != count) return wrong_extents(count, extents);
    Result<Buffer<T>> buffer = try_alloc<T>(extents);
    if (!buffer) return buffer;
    if (Status s = buffer->try_upload(std::forward<Range>(range)); !s) return s.error();
    return buffer;
  }

  /// Runs a kernel. Arguments are checked as the program is compiled: a Buffer<T> for a span<T> or
  /// span<const T>, a number for a number, a struct for that struct.
  template <class... Params, class... Args>
  void run(const Kernel<Params...>& kernel, const RunOptions& options, Args&&... args) {
    try_run(kernel, options, std::forward<Args>(args)...).value();
  }
  template <class... Params, class... Args>
  Status try_run(const Kernel<Params...>& kernel, const RunOptions& options, Args&&... args) {
    static_assert(sizeof...(Args) == sizeof...(Params),
                  "ring: the number of arguments is not the number of the kernel's parameters");
    if constexpr (sizeof...(Args) == sizeof...(Params))
      return run_checked(kernel, options, std::index_sequence_for<Args...>{},
                         std::forward<Args>(args)...);
  }

  /// The untyped form: sizes and kinds are checked against the image.
  void run_raw(const ModuleImage& module, const KernelImage& kernel, const RunOptions& options,
               std::span<const RawArg> args) {
    try_run_raw(module, kernel, options, args).value();
  }
  Status try_run_raw(const ModuleImage& module, const KernelImage& kernel,
                     const RunOptions& options, std::span<const RawArg> args);

  /// Launches an actor with the values and buffers of its RING_PARAM() fields, in the order of
  /// declaration; buffers are shared with the caller. The actor lives until it is terminated or the
  /// Runtime is shut down, with or without a handle.
  template <class... Received, class... Replied, class... Params, class... Args>
  ActorHandle<Receives<Received...>, Replies<Replied...>>
  launch(const Actor<Receives<Received...>, Replies<Replied...>, Params...>& actor,
         const LaunchOptions& options = {}, Args&&... args) {
    return try_launch(actor, options, std::forward<Args>(args)...).value();
  }
  template <class... Received, class... Replied, class... Params, class... Args>
  Result<ActorHandle<Receives<Received...>, Replies<Replied...>>>
  try_launch(const Actor<Receives<Received...>, Replies<Replied...>, Params...>& actor,
             const LaunchOptions& options = {}, Args&&... args) {
    auto group = try_launch_group(Launch(actor, options, std::forward<Args>(args)...));
    if (!group) return group.error();
    return std::get<0>(std::move(*group));
  }

  /// Launches all of them or none; their routes may name each other.
  template <class... Launches> auto launch_group(Launches&&... launches) {
    return try_launch_group(std::forward<Launches>(launches)...).value();
  }
  template <class... Launches> auto try_launch_group(Launches&&... launches) {
    return launch_prepared(PreparedLaunch<std::remove_cvref_t<Launches>>(launches)...);
  }
  /// As many as there are in the vector, of one kind.
  template <class Each> auto launch_group(std::vector<Each> launches) {
    std::vector<PreparedLaunch<Each>> prepared(launches.begin(), launches.end());
    std::vector<RawLaunch> raw;
    for (auto& each : prepared) {
      raw.push_back(each.raw());
      if (each.misfit() < raw.back().args.size()) throw does_not_fit(raw.back(), each.misfit());
    }
    std::vector<typename PreparedLaunch<Each>::Handle> handles;
    for (RawActorHandle& handle : try_launch_raw(raw).value())
      handles.push_back(PreparedLaunch<Each>::typed(std::move(handle)));
    return handles;
  }
  Result<std::vector<RawActorHandle>> try_launch_raw(std::span<const RawLaunch> launches);

  /// The living actor of that name: Error{unknown_actor} if there is none.
  RawActorHandle find(std::string_view name) { return try_find(name).value(); }
  Result<RawActorHandle> try_find(std::string_view name);
  /// Those that live, by name.
  std::vector<ActorInfo> list();

  /// Ends all actors; what is queued becomes dead letters. Buffers and run() go on working. Calling
  /// it again does nothing. Error{timeout} names what does not end; it is not waited for any more.
  /// The destructor does the same and tells nobody.
  void shutdown(std::chrono::microseconds timeout = std::chrono::seconds(10)) {
    try_shutdown(timeout).value();
  }
  Status try_shutdown(std::chrono::microseconds timeout = std::chrono::seconds(10));

  RawBuffer alloc_raw(std::size_t size_bytes) { return try_alloc_raw(size_bytes, 1).value(); }
  Result<RawBuffer> try_alloc_raw(std::size_t count, std::size_t element_bytes);

private:
  Runtime(std::shared_ptr<runtime::Device> device, std::size_t actor_memory);
  static Error wrong_extents(std::size_t count, const Extents& extents);
  static Error does_not_fit(const KernelImage& kernel, std::size_t index);
  static Error does_not_fit(const RawLaunch& launch, std::size_t index);

  template <class... Params, std::size_t... Index, class... Args>
  Status run_checked(const Kernel<Params...>& kernel, const RunOptions& options,
                     std::index_sequence<Index...>, Args&&... args) {
    static_assert((CheckArgument<Index, Params, Args>::value && ...));
    if constexpr ((ParamBinding<Params>::template accepts<Args>() && ...)) {
      std::size_t wrong = sizeof...(Args);
      ((ParamBinding<Params>::fits(args) ? 0 : (wrong = Index)), ...);
      if (wrong != sizeof...(Args)) return does_not_fit(*kernel.kernel, wrong);
      const std::tuple<typename ParamBinding<Params>::Held...> held{
          ParamBinding<Params>::hold(args)...};
      const std::array<RawArg, sizeof...(Args)> raw{
          ParamBinding<Params>::raw(std::get<Index>(held))...};
      return try_run_raw(*kernel.module, *kernel.kernel, options, raw);
    }
  }

  template <class... Prepared>
  Result<std::tuple<typename Prepared::Handle...>> launch_prepared(Prepared&&... prepared) {
    std::optional<Error> misfit;
    const auto check = [&](const auto& each, const RawLaunch& launch) {
      if (!misfit && each.misfit() < launch.args.size())
        misfit = does_not_fit(launch, each.misfit());
    };
    const std::array<RawLaunch, sizeof...(Prepared)> raw{prepared.raw()...};
    std::size_t number = 0;
    (check(prepared, raw[number++]), ...);
    if (misfit) return *misfit;
    Result<std::vector<RawActorHandle>> handles = try_launch_raw(raw);
    if (!handles) return handles.error();
    auto take = [next = handles->begin()]() mutable { return std::move(*next++); };
    // The elements of a braced list are evaluated in order.
    return std::tuple<typename Prepared::Handle...>{Prepared::typed(take())...};
  }

  std::shared_ptr<runtime::Device> device_;
  std::shared_ptr<runtime::ActorSystem> actors_;
};

} // namespace ring
