// What the exec suite's kernels include, compiled once: parsing the standard headers anew for each
// mutation would take most of the time. A header that is not here is only slower.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <ring/kernel.h>
#include <type_traits>
#include <utility>
