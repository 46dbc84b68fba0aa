#include "vulkan/chain.h"

namespace ring::runtime::vulkan {
namespace {

/// A software driver begins a launch in some microseconds; a thread may wait longer for its turn.
constexpr int kLaunches = 64; // of one submission
constexpr std::chrono::milliseconds kPatience{100};

} // namespace

Chain::Chain(Context& context, Record record, std::function<bool()> goes_on, std::string what)
    : context_(context), record_(std::move(record)), goes_on_(std::move(goes_on)),
      what_(std::move(what)) {}

Result<std::unique_ptr<Chain>> Chain::start(Context& context, VkQueue queue, Record record,
                                            std::function<bool()> goes_on, std::string what) {
  std::unique_ptr<Chain> chain(
      new Chain(context, std::move(record), std::move(goes_on), std::move(what)));
  for (std::unique_ptr<Submitter>& submitter : chain->submitters_) {
    auto made = Submitter::create(context, queue);
    if (!made) return made.error();
    submitter = std::move(*made);
  }
  if (Status s = chain->submit(*chain->submitters_[0]); !s) return s.error();
  chain->feeder_ = std::thread([self = chain.get()] {
    Status ended = self->feed();
    const std::lock_guard lock(self->mutex_);
    self->outcome_ = std::move(ended);
  });
  return chain;
}

Chain::~Chain() {
  quit_ = true;
  if (feeder_.joinable()) feeder_.join();
}

std::optional<Status> Chain::poll() {
  const std::lock_guard lock(mutex_);
  return outcome_;
}

Status Chain::submit(Submitter& submitter) {
  const auto record_all = [this](VkCommandBuffer commands) {
    // What one launch leaves the next finds.
    VkMemoryBarrier barrier{};
    barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER;
    barrier.srcAccessMask = VK_ACCESS_SHADER_WRITE_BIT;
    barrier.dstAccessMask = VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_SHADER_WRITE_BIT;
    for (int i = 0; i < kLaunches; ++i) {
      record_(commands);
      context_.api().CmdPipelineBarrier(commands, VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT,
                                        VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT, 0, 1, &barrier, 0,
                                        nullptr, 0, nullptr);
    }
  };
  return submitter.start(record_all, what_);
}

/// Keeps two submissions queued; returns when both have ended.
Status Chain::feed() {
  bool runs[2] = {true, false};
  for (int next = 1;; next ^= 1) {
    Submitter& submitter = *submitters_[next];
    if (runs[next]) {
      std::optional<Status> ended;
      while (!(ended = submitter.poll(what_, kPatience)))
        continue; // a kernel that has to leave does
      runs[next] = false;
      if (!*ended) return *ended;
    }
    if (!quit_ && goes_on_()) {
      if (Status s = submit(submitter); !s) return s;
      runs[next] = true;
    } else if (!runs[next ^ 1]) {
      return Success{};
    }
  }
}

} // namespace ring::runtime::vulkan
