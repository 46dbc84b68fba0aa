# Is all that ringcc emitted for a module accepted by a tool? Run as
#
#   cmake -DTOOL=nvcc -DPROGRAM=/path/to/nvcc -DFOLDER=dir -DNAME=saxpy [-DINCLUDES=a;b] -P accept.cmake
#
# A tool that is not there is a failure when RINGCC_REQUIRE_ALL_EXECUTORS=1 and else a skip, which ctest knows by the
# word SKIPPED at the beginning of a line.
cmake_minimum_required(VERSION 3.25)
set(warnings -std=c++20 -Wall -Wextra -Werror)

function(skip reason)
  message("SKIPPED: ${reason}")
endfunction()

# run(what command...)
function(run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    string(REPLACE ";" " " command "${ARGN}")
    message(FATAL_ERROR "${what} is refused (${status}):\n${output}\n${command}")
  endif()
endfunction()

# made(target result): is there an artefact for the target of that name in NAME.ring.json? If not, each kernel must say
# why.
function(made target result)
  file(READ ${FOLDER}/${NAME}.ring.json json)
  string(JSON file ERROR_VARIABLE missing GET "${json}" artefacts ${target})
  set(${result} TRUE PARENT_SCOPE)
  if(NOT missing)
    return()
  endif()
  set(${result} FALSE PARENT_SCOPE)
  string(JSON count LENGTH "${json}" kernels)
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON kind TYPE "${json}" kernels ${i} targets ${target})
    if(NOT kind STREQUAL "STRING")
      message(FATAL_ERROR "no ${target} was made of ${NAME}, and kernel ${i} does not say why")
    endif()
  endforeach()
endfunction()

# Machine code for Turing, Hopper and Blackwell in one go; ptxas runs for each.
function(accept_nvcc)
  set(codes "")
  foreach(arch 75 90 100)
    list(APPEND codes -gencode arch=compute_${arch},code=sm_${arch})
  endforeach()
  run("${NAME}.cu" ${PROGRAM} -fatbin ${codes} -Werror all-warnings -o ${FOLDER}/${NAME}.compiled.fatbin
    ${FOLDER}/${NAME}.cu)
endfunction()

function(accept_nvrtc)
  run("${NAME}.cu" ${PROGRAM} ${FOLDER}/${NAME}.ring.json)
endfunction()

# Under every Vulkan environment that takes the module's version of SPIR-V.
function(accept_spirv_val)
  file(READ ${FOLDER}/${NAME}.ring.json json)
  foreach(profile full core)
    made(spirv_${profile} is_made)
    if(NOT is_made)
      continue()
    endif()
    string(JSON file GET "${json}" artefacts spirv_${profile})
    file(READ ${FOLDER}/${file} header OFFSET 4 LIMIT 4 HEX)
    string(SUBSTRING "${header}" 2 2 minor)
    foreach(env_and_minor vulkan1.1:03 vulkan1.1spv1.4:04 vulkan1.2:05 vulkan1.3:06)
      string(REPLACE ":" ";" pair ${env_and_minor})
      list(GET pair 0 env)
      list(GET pair 1 newest)
      if(minor LESS_EQUAL newest)
        run("${file} for ${env}" ${PROGRAM} --target-env ${env} --scalar-block-layout ${FOLDER}/${file})
      endif()
    endforeach()
  endforeach()
endfunction()

# The CPU code, the embedded module, and the header, which must stand alone and be included twice without harm.
function(accept_cxx)
  set(includes "")
  foreach(folder ${INCLUDES} ${FOLDER})
    list(APPEND includes -I${folder})
  endforeach()
  set(user ${FOLDER}/${NAME}.header_user.cpp)
  file(WRITE ${user} "#include \"${NAME}.ring.h\"\n#include \"${NAME}.ring.h\"\n")
  # Optimization is what some warnings, such as those of values that are not initialized, come from.
  foreach(file ${NAME}.cpu.cpp ${NAME}.embed.cpp ${NAME}.header_user.cpp)
    run("${file}" ${PROGRAM} ${warnings} -O1 ${includes} -c ${FOLDER}/${file} -o ${FOLDER}/${NAME}.compiled.o)
  endforeach()
  file(REMOVE ${FOLDER}/${NAME}.compiled.o)
endfunction()

# PROGRAM is the command line up to the file.
function(accept_wgsl)
  made(wgsl is_made)
  if(NOT is_made)
    return()
  endif()
  execute_process(COMMAND ${PROGRAM} ${FOLDER}/${NAME}.wgsl RESULT_VARIABLE status
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(status EQUAL 77)
    skip("${output}")
  elseif(NOT status EQUAL 0)
    message(FATAL_ERROR "${NAME}.wgsl is refused (${status}):\n${output}")
  endif()
endfunction()

list(GET PROGRAM 0 executable)
if(NOT EXISTS ${executable})
  if("$ENV{RINGCC_REQUIRE_ALL_EXECUTORS}" STREQUAL "1")
    message(FATAL_ERROR "${TOOL} is required and was not found when the build was configured")
  endif()
  skip("${TOOL} was not found when the build was configured")
elseif(TOOL STREQUAL "dawn" OR TOOL STREQUAL "wgpu")
  accept_wgsl()
elseif(TOOL STREQUAL "gcc" OR TOOL STREQUAL "clang")
  accept_cxx()
else()
  string(REPLACE "-" "_" function ${TOOL})
  cmake_language(CALL accept_${function})
endif()
