# The README shows what is: cmake -DSOURCE= -DRINGCC= -P readme.cmake
#
# Between `<!-- file: PATH -->` and `<!-- /file -->` must be that file, and between `<!-- ir: PATH -->` and
# `<!-- /ir -->` what `ringcc --emit=ir` prints for it. With RINGCC_ACCEPT=1 they are put there.
cmake_minimum_required(VERSION 3.25)
file(READ ${SOURCE}/README.md text)
set(wanted "${text}")

# show(kind path language content): replaces what the block holds.
function(show kind path language content)
  set(begin "<!-- ${kind}: ${path} -->\n```${language}\n")
  set(end "```\n<!-- /${kind} -->")
  string(FIND "${wanted}" "${begin}" from)
  if(from EQUAL -1)
    message(FATAL_ERROR "README.md has no block '${kind}: ${path}'")
  endif()
  string(LENGTH "${begin}" length)
  math(EXPR from "${from} + ${length}")
  string(SUBSTRING "${wanted}" 0 ${from} head)
  string(SUBSTRING "${wanted}" ${from} -1 tail)
  string(FIND "${tail}" "${end}" to)
  string(SUBSTRING "${tail}" ${to} -1 tail)
  set(wanted "${head}${content}${tail}" PARENT_SCOPE)
endfunction()

set(example examples/saxpy)
file(READ ${SOURCE}/${example}/saxpy.cpp handler)
show(file ${example}/saxpy.cpp cpp "${handler}")
# Without the lines of the test, which a user has no need of.
file(READ ${SOURCE}/${example}/CMakeLists.txt project)
string(REGEX REPLACE "\nenable_testing.*" "" project "${project}")
show(file ${example}/CMakeLists.txt cmake "${project}")
file(READ ${SOURCE}/examples/hello_actor/hello_actor.cpp handler)
show(file examples/hello_actor/hello_actor.cpp cpp "${handler}")
execute_process(COMMAND ${RINGCC} --emit=ir saxpy.cpp WORKING_DIRECTORY ${SOURCE}/${example}
  OUTPUT_VARIABLE dump COMMAND_ERROR_IS_FATAL ANY)
show(ir ${example}/saxpy.cpp "" "${dump}")

if(NOT wanted STREQUAL text)
  if(NOT "$ENV{RINGCC_ACCEPT}" STREQUAL "1")
    message(FATAL_ERROR "README.md does not show what is; ./tools/dev accept puts it right")
  endif()
  file(WRITE ${SOURCE}/README.md "${wanted}")
endif()
