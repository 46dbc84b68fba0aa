# How the artefacts of a module become what executors load: NAME.cpu.so and NAME.shim.so beside NAME.ring.json.
set(exec_cuda_shim_dir ${CMAKE_CURRENT_LIST_DIR}/executors/cuda_shim)

# exec_add_libraries(NAME FOLDER DEPENDS): FOLDER has, or DEPENDS (files) makes it have, the artefacts of module NAME.
# Adds the targets exec_cpu_NAME and exec_shim_NAME.
function(exec_add_libraries name folder depends)
  set_source_files_properties(${folder}/${name}.cpu.cpp PROPERTIES GENERATED ON OBJECT_DEPENDS "${depends}")
  add_library(exec_cpu_${name} MODULE ${folder}/${name}.cpu.cpp)
  target_link_libraries(exec_cpu_${name} PRIVATE ring_abi)
  exec_finish_library(${name} cpu ${folder})
  exec_add_shim_library(${name} ${folder} "${depends}")
endfunction()

# Only the library made of NAME.cu.
function(exec_add_shim_library name folder depends)
  set(entry ${folder}/${name}.shim.cpp)
  add_custom_command(OUTPUT ${entry}
    COMMAND ${CMAKE_COMMAND} -DJSON=${folder}/${name}.ring.json -DOUTPUT=${entry}
            -P ${exec_cuda_shim_dir}/make_entry.cmake
    DEPENDS ${depends} ${exec_cuda_shim_dir}/make_entry.cmake
    VERBATIM)
  add_library(exec_shim_${name} MODULE ${entry})
  set(header ${exec_cuda_shim_dir}/cuda_shim.h)
  set_source_files_properties(${entry} PROPERTIES OBJECT_DEPENDS "${depends};${header}")
  target_compile_options(exec_shim_${name} PRIVATE -iquote ${exec_cuda_shim_dir} -include ${header} -w)
  target_link_libraries(exec_shim_${name} PRIVATE exec_cuda_shim_engine)
  # Kernels have C names, and some are also names of old functions of the C library: take our own.
  target_link_options(exec_shim_${name} PRIVATE -Wl,-Bsymbolic)
  exec_finish_library(${name} shim ${folder})
endfunction()

function(exec_finish_library name kind folder)
  # The handlers are compiled as --fp=strict: one rounding for each operation.
  target_compile_options(exec_${kind}_${name} PRIVATE -ffp-contract=off)
  set_target_properties(exec_${kind}_${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name}.${kind} SUFFIX .so LIBRARY_OUTPUT_DIRECTORY ${folder})
endfunction()

# exec_add_module(SOURCE ROOT): compiles a handler file by ringcc into ROOT/<stem>/ and adds its libraries. The target
# exec_module_<stem> makes it all.
function(exec_add_module source root)
  cmake_path(GET source STEM name)
  set(folder ${root}/${name})
  set(stamp ${folder}/${name}.stamp)
  set(files "")
  foreach(suffix ring.h ring.json embed.cpp cu spv core.spv wgsl cpu.cpp rir)
    list(APPEND files ${folder}/${name}.${suffix})
  endforeach()
  add_custom_command(OUTPUT ${stamp} BYPRODUCTS ${files}
    COMMAND ringcc --out-dir=${folder} -MD -MF ${folder}/${name}.d -MT ${stamp} ${source}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ringcc ${source}
    DEPFILE ${folder}/${name}.d
    COMMENT "ringcc ${name}.cpp"
    VERBATIM)
  file(MAKE_DIRECTORY ${folder})
  set_property(GLOBAL APPEND PROPERTY RINGCC_ARTEFACT_FOLDERS ${folder})  # for the suite "compile"
  exec_add_libraries(${name} ${folder} ${stamp})
  add_custom_target(exec_module_${name} DEPENDS ${stamp})
  add_dependencies(exec_cpu_${name} exec_module_${name})
  add_dependencies(exec_shim_${name} exec_module_${name})
endfunction()
