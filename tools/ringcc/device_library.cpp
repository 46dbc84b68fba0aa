// The device library as one translation unit; lowered when ringcc is built.
#include <ring/library/library.h>
#include <ring/protocol/group.h>
