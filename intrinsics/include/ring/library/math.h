// <cmath> for targets that lack a function or promise too little of it. Every row of the table
// whose spelling is "library" has its function here: ring::library::<row>, for float and for
// double.
//
// Errors (tests/unit/intrinsics/math_test.cpp holds each to its bound): rounding.h, fmod.h and
// fma.h are exact; the rest is within 2 ulp for most and 4 ulp at worst. Float functions use no
// double.
#pragma once

#include "ring/library/error_function.h"
#include "ring/library/exponential.h"
#include "ring/library/fma.h"
#include "ring/library/fmod.h"
#include "ring/library/logarithm.h"
#include "ring/library/power.h"
#include "ring/library/roots.h"
#include "ring/library/rounding.h"
#include "ring/library/trigonometric.h"
