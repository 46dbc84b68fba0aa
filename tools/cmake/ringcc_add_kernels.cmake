# ringcc_add_kernels(<target> SOURCES handler.cpp...
#   [TARGETS cuda spirv wgsl cpu]      what to make (default: all that the handlers allow)
#   [OPTIONS option...]                more options for ringcc, like --bounds=trap
#   [CUDA_ARCHITECTURES 75 90...]      machine code for these (default: CMAKE_CUDA_ARCHITECTURES, or 75)
#   [INCLUDE_DIRECTORIES folder...])   where handlers find their headers
#
# Makes <target>, a static library of handler files: link it, include "handler.ring.h", and give
# handler::kernel to ring::Runtime::run. Include folders and definitions that <target> gets later by
# target_include_directories, target_compile_definitions or target_link_libraries are ringcc's as well.
#
# The library <target>_handlers is the handlers as plain C++. Nothing builds it unless asked; it puts
# them into compile_commands.json, and tests may link it.
include_guard(GLOBAL)

option(RINGCC_CUDA_BINARIES "Compile CUDA kernels by nvcc where it is found; else NVRTC does as they run" ON)
set(_ringcc_cmake_dir ${CMAKE_CURRENT_LIST_DIR} CACHE INTERNAL "")

function(ringcc_add_kernels target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;TARGETS;OPTIONS;CUDA_ARCHITECTURES;INCLUDE_DIRECTORIES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "ringcc_add_kernels(${target}): what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "ringcc_add_kernels(${target}): there are no SOURCES")
  endif()
  foreach(name IN LISTS arg_TARGETS)
    if(NOT name MATCHES "^(cuda|spirv|wgsl|cpu)$")
      message(FATAL_ERROR "ringcc_add_kernels(${target}): there is no target '${name}'; "
                          "there are cuda, spirv, wgsl and cpu")
    endif()
  endforeach()

  set(root ${CMAKE_CURRENT_BINARY_DIR}/${target}.ringcc)
  file(MAKE_DIRECTORY ${root})
  add_library(${target} STATIC)
  target_include_directories(${target} PUBLIC ${root} PRIVATE ${arg_INCLUDE_DIRECTORIES})
  target_link_libraries(${target} PUBLIC ringcc::runtime ringcc::device)
  add_library(${target}_handlers OBJECT EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_link_libraries(${target}_handlers PRIVATE ringcc::device)
  target_include_directories(${target}_handlers PRIVATE $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
  target_compile_definitions(${target}_handlers PRIVATE $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)

  # Apart from the library, so that generators that know no byproducts (Make) make these files first.
  set(stamps "")
  set(binaries "")
  foreach(source IN LISTS arg_SOURCES)
    _ringcc_compile(${target} ${root} ${source})
    if(NOT arg_TARGETS OR "cuda" IN_LIST arg_TARGETS)
      _ringcc_cuda_binary(${target} ${root} ${source})
    endif()
  endforeach()
  add_custom_target(${target}_ringcc DEPENDS ${stamps})
  add_dependencies(${target} ${target}_ringcc)
  if(binaries)
    add_custom_target(${target}_nvcc DEPENDS ${binaries})
    add_dependencies(${target}_nvcc ${target}_ringcc)
    add_dependencies(${target} ${target}_nvcc)
  endif()
endfunction()

# Sets `module` to the name that ringcc gives to a handler file's artefacts.
function(_ringcc_module_name source)
  cmake_path(GET source STEM LAST_ONLY stem)
  string(REGEX REPLACE "[^A-Za-z0-9_]" "_" module "${stem}")
  string(REGEX REPLACE "^([0-9])" "_\\1" module "${module}")
  set(module ${module} PARENT_SCOPE)
endfunction()

# Runs ringcc on one handler file. Its products are written only if they change, so what is always new
# is a stamp: without it a build tool would run ringcc for ever after a change without consequences.
function(_ringcc_compile target root source)
  _ringcc_module_name(${source})
  set(suffixes ring.h ring.json embed.cpp rir)
  set(targets ${arg_TARGETS})
  if(NOT targets)
    set(targets cuda spirv wgsl cpu)
  endif()
  set(suffixes_cuda cu)
  set(suffixes_spirv spv core.spv)
  set(suffixes_wgsl wgsl ring.js) # of a module with actors
  set(suffixes_cpu cpu.cpp)
  foreach(name IN LISTS targets)
    list(APPEND suffixes ${suffixes_${name}})
  endforeach()
  set(files ${suffixes})
  list(TRANSFORM files PREPEND ${root}/${module}.)

  list(JOIN suffixes "," comma_suffixes)  # a list would be expanded into arguments

  set(options ${arg_OPTIONS})
  if(arg_TARGETS)
    list(JOIN arg_TARGETS "," joined)
    list(PREPEND options --target=${joined})
  endif()
  set(folders $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
  set(definitions $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)

  cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE absolute_source)
  # A path that is relative to the project's folder keeps the artefacts free of absolute paths.
  set(stamp ${root}/${module}.stamp)
  add_custom_command(OUTPUT ${stamp} BYPRODUCTS ${files}
    COMMAND ringcc::ringcc --out-dir=${root} -MD -MF ${root}/${module}.d -MT ${stamp} ${options}
            "$<$<BOOL:${folders}>:-I$<JOIN:${folders},;-I>>"
            "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},;-D>>" ${source}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${root} -DNAME=${module} -DSUFFIXES=${comma_suffixes}
            -P ${_ringcc_cmake_dir}/finish_kernels.cmake
    DEPENDS ${absolute_source} $<TARGET_FILE:ringcc::ringcc>
    DEPFILE ${root}/${module}.d
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "ringcc ${source}"
    COMMAND_EXPAND_LISTS VERBATIM)
  list(APPEND stamps ${stamp})
  set(stamps ${stamps} PARENT_SCOPE)

  target_sources(${target} PRIVATE ${root}/${module}.embed.cpp)
  if("cpu" IN_LIST targets)
    target_sources(${target} PRIVATE ${root}/${module}.cpu.cpp)
    if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
      # Signed integers wrap in ring's semantics, and strict floats round after each operation.
      set(flags -fwrapv)
      if(NOT "--fp=fast" IN_LIST arg_OPTIONS)
        list(APPEND flags -ffp-contract=off)
      endif()
      set_source_files_properties(${root}/${module}.cpu.cpp PROPERTIES COMPILE_OPTIONS "${flags}")
    endif()
  endif()
endfunction()

# Where nvcc is found, compiles NAME.cu and has NAME.embed.cpp hold the result.
function(_ringcc_cuda_binary target root source)
  if(NOT RINGCC_CUDA_BINARIES)
    return()
  endif()
  find_program(RINGCC_NVCC nvcc HINTS ENV CUDA_HOME ENV CUDA_PATH PATHS /usr/local/cuda PATH_SUFFIXES bin)
  mark_as_advanced(RINGCC_NVCC)
  if(NOT RINGCC_NVCC)
    return()
  endif()
  set(architectures ${arg_CUDA_ARCHITECTURES})
  if(NOT architectures)
    set(architectures ${CMAKE_CUDA_ARCHITECTURES})
  endif()
  if(NOT architectures)
    set(architectures 75)
  endif()
  set(flags "")
  foreach(architecture IN LISTS architectures)
    string(REGEX REPLACE "-(real|virtual)$" "" number "${architecture}")
    if(number MATCHES "^[0-9]+[af]?$")
      list(APPEND flags -gencode=arch=compute_${number},code=sm_${number})
      set(newest ${number})
    else()
      list(APPEND flags -arch=${number})  # all, all-major, native
    endif()
  endforeach()
  if(newest)
    # Devices that are newer than the last one compile this as they load it.
    list(APPEND flags -gencode=arch=compute_${newest},code=compute_${newest})
  endif()
  if(NOT "--fp=fast" IN_LIST arg_OPTIONS)
    list(APPEND flags -fmad=false)
  endif()

  _ringcc_module_name(${source})
  set(binary ${root}/${module}.fatbin.inc)
  add_custom_command(OUTPUT ${binary}
    COMMAND ${CMAKE_COMMAND} "-DNVCC=${RINGCC_NVCC}" "-DFLAGS=${flags}" -DINPUT=${root}/${module}.cu
            -DOUTPUT=${binary} -P ${_ringcc_cmake_dir}/compile_cuda.cmake
    DEPENDS ${root}/${module}.cu
    COMMENT "nvcc ${module}.cu"
    VERBATIM)
  list(APPEND binaries ${binary})
  set(binaries ${binaries} PARENT_SCOPE)
  set_source_files_properties(${root}/${module}.embed.cpp PROPERTIES
    OBJECT_DEPENDS ${binary}
    COMPILE_DEFINITIONS "RING_CUDA_FATBIN=\"${binary}\"")
endfunction()
