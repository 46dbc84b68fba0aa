# After ringcc: cmake -DFOLDER= -DNAME= -DSUFFIXES=ring.h,cu,... -P finish_kernels.cmake
#
# Makes an empty file of each artefact that a module has not (a target can do none of its kernels),
# because a build tool takes a product that is not there for one to be made again; and the stamp.
string(REPLACE "," ";" SUFFIXES "${SUFFIXES}")
foreach(suffix IN LISTS SUFFIXES)
  set(file "${FOLDER}/${NAME}.${suffix}")
  if(NOT EXISTS "${file}")
    file(WRITE "${file}" "")
  endif()
endforeach()
file(TOUCH "${FOLDER}/${NAME}.stamp")
