# cmake -DNVCC= -DFLAGS= -DINPUT=NAME.cu -DOUTPUT=NAME.fatbin.inc -P compile_cuda.cmake
#
# Compiles to a CUDA binary and writes it as comma-separated bytes, which NAME.embed.cpp includes.
file(SIZE "${INPUT}" size)
if(size EQUAL 0)
  # No kernel of the module can run on CUDA, so nothing ever loads this; an array needs an element.
  file(WRITE "${OUTPUT}" "0\n")
  return()
endif()
string(REGEX REPLACE "\\.inc$" "" binary "${OUTPUT}")
execute_process(COMMAND "${NVCC}" -fatbin ${FLAGS} -o "${binary}" "${INPUT}" RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "nvcc cannot compile ${INPUT} (${status})")
endif()
file(READ "${binary}" bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE "${OUTPUT}" "${bytes}\n")
