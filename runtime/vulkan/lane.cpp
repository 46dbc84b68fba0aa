#include "vulkan/lane.h"

#include <algorithm>
#include <cstdint>
#include <thread>

namespace ring::runtime::vulkan {

/// A view of the lane's kernel, which stays when the kernel has ended and another runs.
class Lane::Kernel : public RunningKernel {
public:
  Kernel(std::shared_ptr<Lane> lane, std::shared_ptr<std::optional<Status>> outcome)
      : lane_(std::move(lane)), outcome_(std::move(outcome)) {}

  bool has_ended() override {
    const std::lock_guard lock(lane_->mutex_);
    lane_->look();
    return outcome_->has_value();
  }

  Status wait(std::chrono::milliseconds timeout) override {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point end = Clock::now() + timeout;
    while (!has_ended()) {
      if (Clock::now() >= end) return Error(ErrorCode::timeout, "the kernel has not ended");
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
    const std::lock_guard lock(lane_->mutex_);
    return **outcome_;
  }

private:
  std::shared_ptr<Lane> lane_;
  std::shared_ptr<std::optional<Status>> outcome_;
};

Result<std::shared_ptr<Lane>> Lane::create(std::shared_ptr<Context> context, bool is_own,
                                           std::uint32_t queue) {
  std::shared_ptr<Lane> lane(new Lane(std::move(context), is_own, queue));
  auto submitter = Submitter::create(*lane->context_, lane->queue_);
  if (!submitter) return submitter.error();
  lane->submitter_ = std::move(*submitter);
  return lane;
}

Result<std::shared_ptr<Lane>> Lane::on_queue(std::shared_ptr<Context> context,
                                             std::uint32_t queue) {
  return create(std::move(context), false, queue);
}

Result<std::shared_ptr<Lane>> Lane::on_own_device(const Context& context) {
  auto own = Context::create(context.info());
  if (!own) return own.error();
  return create(std::move(*own), true, 0);
}

Lane::~Lane() {
  look();
  if (!running_) return;
  if (running_->chain) {
    running_.reset();
    return;
  }
  context_->abandon();
  // Left where they are, as everything else of an abandoned context.
  static_cast<void>(new Running(std::move(*running_)));
  static_cast<void>(new std::shared_ptr<Context>(context_));
}

void Lane::look() {
  if (!running_) return;
  const std::optional<Status> ended = running_->chain
                                          ? running_->chain->poll()
                                          : submitter_->poll("kernel '" + running_->name + "': ");
  if (!ended) return;
  *running_->outcome = *ended;
  if (*ended)
    running_.reset();
  else
    running_->name += " (failed)"; // the device is lost, and what it had stays with it
}

std::string Lane::running() {
  const std::lock_guard lock(mutex_);
  look();
  return running_ ? running_->name : std::string();
}

Result<std::vector<const BufferMemory*>> Lane::buffers_of(const Launch& launch, Running& running) {
  std::vector<const BufferMemory*> buffers;
  for (const LaunchArg& arg : launch.args) {
    if (!arg.memory) continue;
    const auto& memory = static_cast<const BufferMemory&>(*arg.memory);
    if (is_own_) {
      auto imported = BufferMemory::import(*context_, memory);
      if (!imported) return imported.error();
      buffers.push_back(imported->get());
      running.imported.push_back(std::move(*imported));
    } else {
      buffers.push_back(&memory);
    }
  }
  return buffers;
}

Result<std::unique_ptr<RunningKernel>>
Lane::start(const Launch& launch, std::shared_ptr<const void> keep, StopSwitch stop) {
  const std::lock_guard lock(mutex_);
  if (Status s = check_grid(*context_, launch); !s) return s.error();
  const Result<const Pipeline*> pipeline = pipelines_.get(launch.module, launch.kernel);
  if (!pipeline) return pipeline.error();
  Running running;
  running.name = launch.kernel.name;
  running.keep = std::move(keep);
  running.outcome = std::make_shared<std::optional<Status>>();
  const auto buffers = buffers_of(launch, running);
  if (!buffers) return buffers.error();
  if (Status s = bindings_.bind(**pipeline, launch, *buffers); !s) return s.error();
  const auto record = [this](VkCommandBuffer commands) { bindings_.record(commands); };
  const std::string what = kernel_prefix(launch.kernel);
  if (stop) {
    const auto goes_on = [stop = std::move(stop)] { return stop(false); };
    auto chain = Chain::start(*context_, queue_, record, goes_on, what);
    if (!chain) return chain.error();
    running.chain = std::move(*chain);
  } else if (Status s = submitter_->start(record, what); !s) {
    return s.error();
  }
  running_ = std::move(running);
  return std::unique_ptr<RunningKernel>(
      std::make_unique<Kernel>(shared_from_this(), running_->outcome));
}

namespace {

/// How many persistent kernels a device runs at once.
struct Room {
  std::size_t lanes;
  std::string why;
};

Room room_of(const Context& context) {
  Room room{SIZE_MAX, ""};
  if (const std::uint32_t queues = context.queue_count(); queues > 1)
    room = {queues - 1, "has " + std::to_string(queues) + " queues"};
  // A software device's kernels take a processor each, and run() needs one too.
  if (context.info().kind == DeviceKind::cpu) {
    const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
    if (const std::size_t left = std::max<std::size_t>(processors - 1, 1); left < room.lanes)
      room = {left, "is software on " + std::to_string(processors) + " processors"};
  }
  return room;
}

} // namespace

Result<std::unique_ptr<RunningKernel>> Lanes::start(const std::shared_ptr<Context>& context,
                                                    const Launch& launch,
                                                    std::shared_ptr<const void> keep,
                                                    StopSwitch stop) {
  const std::lock_guard lock(mutex_);
  std::string running;
  for (const auto& lane : lanes_) {
    const std::string name = lane->running();
    if (name.empty()) return lane->start(launch, std::move(keep), std::move(stop));
    running += (running.empty() ? "'" : ", '") + name + "'";
  }
  const bool has_queues = context->queue_count() > 1;
  if (!has_queues && !context->shares_host_memory())
    return Error(ErrorCode::unsupported,
                 kernel_prefix(launch.kernel) + "device '" + context->info().name +
                     "' has one queue, which a persistent kernel would take from all others; use "
                     "Schedule::bounded");
  const Room room = room_of(*context);
  if (lanes_.size() >= room.lanes)
    return Error(ErrorCode::unsupported,
                 kernel_prefix(launch.kernel) + "device '" + context->info().name + "' " +
                     room.why + ", so it runs " + std::to_string(room.lanes) +
                     " persistent kernels at once, and " + running +
                     " run; terminate their actors first, or use Schedule::bounded");
  auto lane = has_queues ? Lane::on_queue(context, static_cast<std::uint32_t>(lanes_.size()) + 1)
                         : Lane::on_own_device(*context);
  if (!lane) return lane.error();
  lanes_.push_back(*lane);
  return (*lane)->start(launch, std::move(keep), std::move(stop));
}

} // namespace ring::runtime::vulkan
