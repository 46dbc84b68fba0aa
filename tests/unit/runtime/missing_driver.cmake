# The test of a driver that is not there: skipped under its name, or a failure where every executor is
# required.   cmake -DDRIVER=lavapipe -P missing_driver.cmake
if("$ENV{RINGCC_REQUIRE_ALL_EXECUTORS}" STREQUAL "1")
  message(FATAL_ERROR "${DRIVER} is required and was not found when the build was configured")
endif()
message("skipped: ${DRIVER} is not installed")
