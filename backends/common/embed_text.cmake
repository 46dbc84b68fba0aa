# Turns a text file into C++ source that defines it as a std::string_view, so that a prelude is a real
# header that editors and compilers read, and ringcc still is one binary.
#
#   ring_embed_text(<target> <file> <namespace::kVariable>)
#
# Also the script that does it, run at build time: cmake -DINPUT= -DOUTPUT= -DVARIABLE= -P this file.

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  file(READ ${INPUT} bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(REGEX MATCH "^(.*)::([^:]*)$" matched "${VARIABLE}")
  file(WRITE ${OUTPUT} "#include <string_view>

namespace ${CMAKE_MATCH_1} {
namespace {
constexpr char kBytes[] = {
${bytes}
};
} // namespace
extern const std::string_view ${CMAKE_MATCH_2};
const std::string_view ${CMAKE_MATCH_2}{kBytes, sizeof(kBytes)};
} // namespace ${CMAKE_MATCH_1}
")
  return()
endif()

set(RING_EMBED_TEXT_SCRIPT ${CMAKE_CURRENT_LIST_FILE} CACHE INTERNAL "")

function(ring_embed_text target file variable)
  get_filename_component(input ${file} ABSOLUTE)
  get_filename_component(name ${file} NAME)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.embedded.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DOUTPUT=${output} -DVARIABLE=${variable}
            -P ${RING_EMBED_TEXT_SCRIPT}
    DEPENDS ${input} ${RING_EMBED_TEXT_SCRIPT}
    COMMENT "Embedding ${name}"
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
