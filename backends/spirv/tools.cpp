#include "backends/spirv/tools.h"

#include <spirv-tools/libspirv.hpp>
#include <spirv-tools/optimizer.hpp>

namespace ring::backends::spirv {
namespace {

spv_target_env target_env(SpirvEnvironment environment) {
  switch (environment) {
  case SpirvEnvironment::vulkan1_1:
    return SPV_ENV_VULKAN_1_1;
  case SpirvEnvironment::vulkan1_1_spirv1_4:
    return SPV_ENV_VULKAN_1_1_SPIRV_1_4;
  case SpirvEnvironment::vulkan1_2:
    return SPV_ENV_VULKAN_1_2;
  case SpirvEnvironment::vulkan1_3:
    return SPV_ENV_VULKAN_1_3;
  }
  return SPV_ENV_VULKAN_1_2;
}

} // namespace

std::uint32_t version_word(SpirvEnvironment environment) {
  switch (environment) {
  case SpirvEnvironment::vulkan1_1:
    return 0x00010300;
  case SpirvEnvironment::vulkan1_1_spirv1_4:
    return 0x00010400;
  case SpirvEnvironment::vulkan1_2:
    return 0x00010500;
  case SpirvEnvironment::vulkan1_3:
    return 0x00010600;
  }
  return 0x00010500;
}

std::string validate(const std::vector<std::uint32_t>& words, SpirvEnvironment environment) {
  spvtools::SpirvTools tools(target_env(environment));
  std::string message;
  tools.SetMessageConsumer(
      [&](spv_message_level_t, const char*, const spv_position_t& place, const char* text) {
        message += (message.empty() ? "" : "; ") + std::string(text) + " (word " +
                   std::to_string(place.index) + ")";
      });
  spvtools::ValidatorOptions options;
  options.SetScalarBlockLayout(true);
  if (tools.Validate(words.data(), words.size(), options)) return {};
  return message.empty() ? "invalid, without a message" : message;
}

std::vector<std::uint32_t> optimize(const std::vector<std::uint32_t>& words,
                                    SpirvEnvironment environment) {
  spvtools::Optimizer optimizer(target_env(environment));
  optimizer.RegisterPerformancePasses();
  spvtools::ValidatorOptions validator;
  validator.SetScalarBlockLayout(true);
  spvtools::OptimizerOptions options;
  options.set_validator_options(validator);
  options.set_run_validator(true);
  std::vector<std::uint32_t> optimized;
  if (!optimizer.Run(words.data(), words.size(), &optimized, options)) return words;
  return validate(optimized, environment).empty() ? optimized : words;
}

std::string disassemble(const std::vector<std::uint32_t>& words) {
  spvtools::SpirvTools tools(SPV_ENV_UNIVERSAL_1_6);
  std::string text;
  tools.Disassemble(words, &text,
                    SPV_BINARY_TO_TEXT_OPTION_FRIENDLY_NAMES | SPV_BINARY_TO_TEXT_OPTION_INDENT);
  return text;
}

} // namespace ring::backends::spirv
